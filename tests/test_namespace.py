"""The namespace: its names and signatures, how fast it loads, and what it does not load."""

import importlib
import inspect
import os
import pickle
import re
import subprocess
import sys
from typing import Any

import numpy
import pytest

import raptors_xp as xp
from raptors_xp._core import numpy_names

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
# The signatures of the standard 2025.12, and what has them.
SIGNATURES = {
    "(x, /)": "abs acos acosh asin asinh atan atanh bitwise_invert ceil conj cos cosh exp expm1 floor imag isfinite "
    "isinf isnan log log1p log2 log10 logical_not negative positive real reciprocal sign signbit "
    "sin sinh square sqrt tan tanh trunc linalg.det linalg.eigh linalg.eigvalsh linalg.eig linalg.eigvals "
    "linalg.inv linalg.matrix_transpose linalg.slogdet linalg.svdvals matrix_transpose nonzero unique_all "
    "unique_counts unique_inverse unique_values",
    "(x1, x2, /)": "add atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor copysign "
    "divide equal floor_divide greater greater_equal hypot less less_equal logaddexp logical_and logical_or "
    "logical_xor maximum minimum multiply nextafter not_equal pow remainder subtract linalg.matmul "
    "linalg.outer linalg.solve matmul",
    "(x, /, *, axis=None, keepdims=False)": "argmax argmin count_nonzero max min",
    "(x, /, *, n=None, axis=-1, norm='backward')": "fft.fft fft.ifft fft.rfft fft.irfft fft.hfft fft.ihfft",
    "()": "__array_namespace_info__ info.capabilities info.default_device info.devices array.__dlpack_device__",
    "(x, /, *, s=None, axes=None, norm='backward')": "fft.fftn fft.ifftn fft.rfftn fft.irfftn",
    "(shape, *, dtype=None, device=None)": "empty ones zeros",
    "(x, /, *, decimals=0)": "round",  # from here on with NumPy's options too
    "(x, /, *, axis=None, keepdims=False, out=None)": "all any",
    "(x, dtype, /, *, copy=True, device=None, order='K', casting='unsafe', subok=True)": "astype",
    "(x, /, *, axis=None, keepdims=False, dtype=None)": "mean",
    "(x, /, *, dtype=None, device=None, shape=None)": "empty_like ones_like zeros_like",
    "(x, /, fill_value, *, dtype=None, device=None, shape=None)": "full_like",
    "(x, /, *, axis=None, correction=0.0, keepdims=False, dtype=None, ddof=None)": "std var",
    "(x1, x2, /, *, axis=-1)": "linalg.cross linalg.vecdot vecdot",
    "(arrays, /, *, axis=0)": "concat stack",
    "(n, /, *, d=1.0, dtype=None, device=None)": "fft.fftfreq fft.rfftfreq",
    "(type, /)": "finfo iinfo",
    "(x, /, *, axes=None)": "fft.fftshift fft.ifftshift",
    "(x, /, *, axis=-1, descending=False, stable=True)": "argsort sort",
    "(x, /, *, axis=None, dtype=None, include_initial=False)": "cumulative_prod cumulative_sum",
    "(x, /, *, axis=None, dtype=None, keepdims=False)": "prod sum",
    "(x, /, *, k=0)": "tril triu",
    "(x, /, *, rtol=None)": "linalg.matrix_rank linalg.pinv",
    "(x, /, axis)": "expand_dims",
    "(x, /, axis=None)": "squeeze",
    "(x1, x2, /, *, axes=2)": "linalg.tensordot tensordot",
    "(*, device=None)": "info.default_dtypes",
    "(*, device=None, kind=None)": "info.dtypes",
    "(*arrays)": "broadcast_arrays",
    "(*arrays, indexing='xy')": "meshgrid",
    "(*arrays_and_dtypes)": "result_type",
    "(*shapes)": "broadcast_shapes",
    "(condition, x1=None, x2=None, /)": "where",
    "(dtype, kind)": "isdtype",
    "(from_, to, /)": "can_cast",
    "(n_rows, n_cols=None, /, *, k=0, dtype=None, device=None)": "eye",
    "(obj, /, *, dtype=None, device=None, copy=None)": "asarray",
    "(*, api_version=None)": "array.__array_namespace__",
    "(*, stream=None, max_version=None, dl_device=None, copy=None)": "array.__dlpack__",
    "(device, /, *, stream=None)": "array.to_device",
    "(shape, fill_value, *, dtype=None, device=None)": "full",
    "(start, /, stop=None, step=1, *, dtype=None, device=None)": "arange",
    "(start, stop, /, num, *, dtype=None, device=None, endpoint=True)": "linspace",
    "(x, /, n=1, axis=-1, prepend=None, append=None)": "diff",
    "(x, /, *, axis=0)": "unstack",
    "(x, /, *, axis=None)": "flip",
    "(x, /, *, axis=None, keepdims=False, ord=2)": "linalg.vector_norm",
    "(x, /, *, device=None, copy=None)": "from_dlpack",
    "(x, /, *, full_matrices=True)": "linalg.svd",
    "(x, /, *, keepdims=False, ord='fro')": "linalg.matrix_norm",
    "(x, /, *, mode='reduced')": "linalg.qr",
    "(x, /, *, offset=0)": "linalg.diagonal",
    "(x, /, *, offset=0, dtype=None)": "linalg.trace",
    "(x, /, *, upper=False)": "linalg.cholesky",
    "(x, /, axes)": "permute_dims",
    "(x, /, min=None, max=None)": "clip",
    "(x, /, shape)": "broadcast_to",
    "(x, /, shape, *, copy=None, order='C')": "reshape",
    "(x, /, shift, *, axis=None)": "roll",
    "(x, indices, /, *, axis=-1)": "take_along_axis",
    "(x, indices, /, *, axis=None)": "take",
    "(x, n, /)": "linalg.matrix_power",
    "(x, repeats, /, *, axis=None)": "repeat",
    "(x, repetitions, /)": "tile",
    "(x, source, destination, /)": "moveaxis",
    "(x1, x2, /, *, invert=False)": "isin",
    "(x1, x2, /, *, side='left', sorter=None)": "searchsorted",
}
EVERY = [(signature, name) for signature, names in SIGNATURES.items() for name in names.split()]
FUNCTIONS = [name for name in NAMES if callable(getattr(xp, name))]


@pytest.mark.parametrize("name", [*NAMES, "__array_namespace_info__", "__array_api_version__", "__version__", "Array"])
def test_names(name: str) -> None:
    assert hasattr(xp, name)
    assert name in xp.__all__


def test_all_holds_nothing_else_than_names() -> None:
    assert sorted(set(xp.__all__)) == sorted(xp.__all__)
    for name in xp.__all__:
        assert hasattr(xp, name)


@pytest.mark.parametrize("module", [xp, xp.linalg, xp.fft], ids=lambda module: module.__name__)
def test_a_namespace_shows_its_names_and_nothing_else(module: Any) -> None:
    assert sorted(dir(module)) == sorted(module.__all__)
    assert [name for name in vars(module) if not name.startswith("_") and name not in module.__all__] == []


def test_public_things_call_themselves_by_their_public_names() -> None:
    for module in (xp, xp.linalg, xp.fft):
        for name in module.__all__:
            each = getattr(module, name)
            if callable(each):
                assert getattr(sys.modules[each.__module__], name) is each, name
                assert each.__module__ in ("raptors_xp", module.__name__)
                assert pickle.loads(pickle.dumps(each)) is each
    assert repr(xp.Array) == "<class 'raptors_xp.Array'>"


def test_an_array_shows_what_is_documented() -> None:
    shown = dir(xp.ones(1))
    assert [name for name in shown if name.startswith("_") and not name.endswith("__")] == []
    for name in shown:
        if not name.startswith("_"):
            assert inspect.getdoc(getattr(xp.Array, name)), name
    assert {"shape", "dtype", "T", "sum", "tolist", "__add__", "__dlpack__"} <= set(shown)
    assert not {"make", "like", "flags", "put"} & set(shown)


# NumPy had these, or people expect it to have them.
FORMER_NAMES = {"complex", "float", "float_", "in1d", "int", "permute", "product", "row_stack"}
OF_NUMPY = [
    (module, name, remedy) for module, names in numpy_names._FUNCTIONS.items() for name, remedy in names.items()
]


@pytest.mark.parametrize(("module", "name", "remedy"), OF_NUMPY)
def test_names_of_numpy_say_what_to_write(module: str, name: str, remedy: str) -> None:
    ours = sys.modules[module]
    assert not hasattr(ours, name)
    with pytest.raises(AttributeError, match="which is NumPy's name; use ") as caught:
        getattr(ours, name)
    assert str(caught.value).endswith(f"use {remedy}")
    numpys = importlib.import_module(module.replace("raptors_xp", "numpy"))
    assert hasattr(numpys, name) or name in FORMER_NAMES
    assert named_functions(remedy, ours)


def named_functions(remedy: str, module: Any) -> bool:
    """True if all that a remedy names is there."""
    words = [remedy] if remedy.isidentifier() else re.findall(r"(?<![.\w])([a-z_0-9]+(?:\.[a-z_]+)?)\(", remedy)
    for word in words:
        library, _, part = word.rpartition(".")
        owner = {"numpy": numpy, "pickle": pickle}.get(library, module)
        part = word if owner is module else part
        while "." in part:
            first, part = part.split(".", 1)
            owner = getattr(owner, first)
        if not hasattr(owner, part) and word not in ("list", "memoryview", "bytes"):
            return False
    return True


@pytest.mark.parametrize("name", numpy_names.METHODS)
def test_methods_of_numpy_say_what_to_write(name: str) -> None:
    x = xp.ones(3)
    assert not hasattr(x, name)
    assert not hasattr(xp.Array, name)
    assert hasattr(numpy.ndarray, name) or name == "ptp"  # which NumPy 2 has not any more
    remedy = numpy_names.METHODS[name]
    with pytest.raises(AttributeError, match=f"has no attribute '{name}', which is NumPy's name; use ") as caught:
        getattr(x, name)
    assert str(caught.value).endswith(f"use {remedy}")
    assert named_functions(remedy, xp)


def test_other_names_are_plainly_missing() -> None:
    for owner in (xp, xp.linalg, xp.fft, xp.ones(1)):
        with pytest.raises(AttributeError, match=r"has no attribute 'nonsense'$"):
            _ = owner.nonsense


def test_versions() -> None:
    assert xp.__array_api_version__ == "2025.12"
    assert xp.__version__.count(".") == 2


@pytest.mark.parametrize("name", FUNCTIONS)
def test_signatures_can_be_read(name: str) -> None:
    assert inspect.signature(getattr(xp, name)).parameters


def named(name: str) -> Any:
    """The function or method of that name in a table of signatures."""
    owner, _, own = name.rpartition(".")
    owners = {"": xp, "info": xp.__array_namespace_info__(), "array": xp.ones(1), "linalg": xp.linalg, "fft": xp.fft}
    return getattr(owners[owner], own)


@pytest.mark.parametrize(("signature", "name"), EVERY)
def test_signatures_are_the_standards(signature: str, name: str) -> None:
    found = inspect.signature(named(name))
    parameters = [each.replace(annotation=inspect.Parameter.empty) for each in found.parameters.values()]
    assert str(found.replace(parameters=parameters, return_annotation=inspect.Signature.empty)) == signature


@pytest.mark.parametrize(("signature", "name"), EVERY)
def test_parameters_are_only_what_they_are(signature: str, name: str) -> None:
    function = named(name)
    parameters = list(inspect.signature(function).parameters.values())
    required = [each for each in parameters if each.default is each.empty and "VAR" not in each.kind.name]
    with pytest.raises(TypeError, match=r"keyword|argument"):
        function(*[None] * len(required), nonsense=1)
    for position, each in enumerate(parameters):
        if each.kind is each.POSITIONAL_ONLY:
            rest = {other.name: None for other in parameters[position:] if other in required} | {each.name: None}
            with pytest.raises(TypeError, match=rf"{function.__name__}\(\).*positional|invalid keyword argument"):
                function(*[None] * position, **rest)
        elif each.kind is each.KEYWORD_ONLY and "*," in signature:
            with pytest.raises(TypeError, match=rf"{function.__name__}\(\).*(positional|at most)"):
                function(*[None] * (position + 1))


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
        "x == 'a'; xp.zeros(3, dtype='int8'); xp.zeros(3, dtype=int); print('numpy' in sys.modules)"
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
