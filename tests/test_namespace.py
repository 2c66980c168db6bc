"""The namespace: its names and signatures, how fast it loads, and what it does not load."""

import inspect
import os
import subprocess
import sys

import pytest

import raptors_xp as xp

CHAPTERS = {
    "constants": "e inf nan newaxis pi",
    "creation": "arange asarray empty empty_like eye from_dlpack full full_like linspace meshgrid ones ones_like tril "
    "triu zeros zeros_like",
    "data types": "astype can_cast finfo iinfo isdtype result_type",
    "dtypes": "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128",
    "elementwise": "abs acos acosh add asin asinh atan atan2 atanh bitwise_and bitwise_invert bitwise_left_shift "
    "bitwise_or bitwise_right_shift bitwise_xor ceil conj copysign cos cosh divide equal exp expm1 "
    "floor floor_divide greater greater_equal hypot imag isfinite isinf isnan less less_equal log log10 "
    "log1p log2 logaddexp logical_and logical_not logical_or logical_xor maximum minimum multiply "
    "negative nextafter not_equal positive pow real reciprocal remainder round sign signbit sin sinh "
    "sqrt square subtract tan tanh trunc",
    "indexing": "take take_along_axis",
    "extensions": "fft linalg",
    "linear algebra": "matmul matrix_transpose tensordot vecdot",
    "manipulation": "broadcast_arrays broadcast_shapes broadcast_to concat expand_dims flip moveaxis permute_dims "
    "repeat reshape roll squeeze stack tile unstack",
    "searching": "where",
    "statistics": "max mean min prod sum",
    "utility": "all any",
}
NAMES = [name for names in CHAPTERS.values() for name in names.split()]
FUNCTIONS = [name for name in NAMES if callable(getattr(xp, name))]


@pytest.mark.parametrize("name", [*NAMES, "__array_namespace_info__", "__array_api_version__", "__version__", "Array"])
def test_names(name: str) -> None:
    assert hasattr(xp, name)
    assert name in xp.__all__


def test_all_holds_nothing_else_than_names() -> None:
    assert sorted(set(xp.__all__)) == sorted(xp.__all__)
    for name in xp.__all__:
        assert hasattr(xp, name)


def test_versions() -> None:
    assert xp.__array_api_version__ == "2025.12"
    assert xp.__version__.count(".") == 2


@pytest.mark.parametrize("name", FUNCTIONS)
def test_signatures_can_be_read(name: str) -> None:
    assert inspect.signature(getattr(xp, name)).parameters


def test_signatures_have_the_names_that_libraries_look_for() -> None:
    assert "axis" in inspect.signature(xp.sum).parameters
    assert inspect.signature(xp.sum).parameters["x"].kind is inspect.Parameter.POSITIONAL_ONLY
    assert list(inspect.signature(xp.full).parameters) == ["shape", "fill_value", "dtype", "device"]
    assert inspect.signature(xp.linspace).parameters["endpoint"].default is True


def run(code: str, *options: str) -> str:
    paths = os.pathsep.join([os.path.dirname(os.path.dirname(xp.__file__)), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, *options, "-c", code],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


def test_import_loads_nothing_heavy() -> None:
    code = "import sys; before = set(sys.modules); import raptors_xp; print(*(set(sys.modules) - before))"
    loaded = run(code, "-S").split()
    for name in ("numpy", "dataclasses", "enum", "inspect", "ctypes", "pathlib", "pickle", "logging", "threading"):
        if name != "enum":  # typing brings re and enum
            assert name not in loaded


def test_work_without_numpy_does_not_load_it() -> None:
    code = (
        "import sys, raptors_xp as xp; x = xp.asarray([1., 2.]); y = x + x; repr(y); str(y); xp.sum(y); y[0]; "
        "x == 'a'; xp.zeros(3, dtype=xp.int8); print('numpy' in sys.modules)"
    )
    assert run(code).strip() == "False"


# What makes an import slow: `python -m raptors_xp bench --import-time` takes the time.
HEAVY = ["asyncio", "ctypes", "dataclasses", "decimal", "email", "inspect", "json", "logging", "pathlib", "random"]
HEAVY += ["numpy", "subprocess", "tempfile", "unittest", "urllib"]


def test_importing_loads_no_heavy_module() -> None:
    before = set(run("import sys; print(*sys.modules)").split())
    after = set(run("import sys, raptors_xp; print(*sys.modules)").split())
    assert not {name.split(".")[0] for name in after - before} & set(HEAVY)
    assert len([name for name in after - before if not name.startswith("raptors_xp")]) < 40
