"""What the namespace says of itself, and the constants."""

import math
from typing import Any

import numpy as np
import pytest
from matrices import condition, roundings

import raptors_xp as xp

NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
NAMES += ["float32", "float64", "complex64", "complex128"]


def test_capabilities() -> None:
    info = xp.__array_namespace_info__()
    assert info.capabilities() == {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}
    deepest = xp.zeros((1,) * 64)
    assert deepest.ndim == 64


DEEP = xp.reshape(xp.arange(6.0), (*(1,) * 31, 2, *(1,) * 31, 3))
ZERO = xp.zeros((1, 1), dtype=xp.int64)


@pytest.mark.parametrize(
    "call",
    [
        lambda: xp.sort(DEEP, axis=31),
        lambda: xp.argsort(DEEP, descending=True),
        lambda: xp.argmax(DEEP, axis=-1),
        lambda: xp.cumulative_sum(DEEP, axis=31),
        lambda: xp.repeat(DEEP, 2, axis=31),
        lambda: xp.repeat(DEEP, xp.asarray([2, 3]), axis=31),
        lambda: xp.tile(DEEP, (*(1,) * 29, *(2,) * 5, *(1,) * 30)),
        lambda: xp.tile(xp.zeros((*(2,) * 30, *(1,) * 33, 0)), (*(2,) * 30, *(1,) * 34)),
        lambda: DEEP[DEEP > 2],
        lambda: DEEP[(ZERO,) * 62],
        lambda: DEEP[xp.ones(DEEP.shape[:60], dtype=xp.bool)],
        lambda: xp.take_along_axis(DEEP, xp.argsort(DEEP), axis=-1),
        lambda: xp.permute_dims(DEEP, tuple(range(63, -1, -1))) + DEEP,
        lambda: xp.matmul(DEEP, DEEP.mT),
        lambda: xp.unique_counts(DEEP),
        lambda: xp.roll(DEEP, 1),
    ],
)
def test_arrays_of_all_dimensions_work(call: Any) -> None:
    call()


@pytest.mark.parametrize(
    "call",
    [
        lambda: xp.stack([DEEP, DEEP]),
        lambda: xp.broadcast_to(DEEP, (2, *DEEP.shape)),
        lambda: xp.tile(DEEP, (1,) * 65),
        lambda: xp.reshape(DEEP, (1, *DEEP.shape)),
        lambda: xp.expand_dims(DEEP, axis=0),
        lambda: xp.asarray([DEEP, DEEP]),
        lambda: xp.zeros((1,) * 65),
        lambda: xp.meshgrid(*[xp.ones(1)] * 65),
        lambda: DEEP[None],
        lambda: DEEP[ZERO],
        lambda: DEEP[xp.asarray(True)],
        lambda: DEEP[..., ZERO],
    ],
)
def test_more_dimensions_are_refused(call: Any) -> None:
    with pytest.raises(ValueError, match="65 axes; use at most 64"):
        call()


DEEPEST = (1,) * 61 + (2, 3, 3)
ALONG = ["sort", "argsort", "argmax", "argmin", "cumulative_sum", "cumulative_prod", "diff", "max", "sum", "flip"]
# What LAPACK, BLAS and FFT have no choice about: not the order of eigenvalues, nor the signs of vectors.
DEFINED: dict[str, Any] = {
    "eigvals": lambda values: np.sort(values.real),
    "fft": np.asarray,
    "inv": np.asarray,
    "matrix_norm": np.asarray,
    "matmul": np.asarray,
    "pinv": np.asarray,
    "qr": np.matmul,
    "solve": np.asarray,
    "svd": lambda u, s, vh: u * s[..., None, :] @ vh,
}


@pytest.mark.parametrize(
    "name", [*ALONG, *DEFINED, "matrix_rank", "matrix_transpose", "repeat", "roll", "tile", "trace", "vector_norm"]
)
def test_arrays_of_the_highest_rank(name: str) -> None:
    """Give what those give that have no axes of size 1 in front."""
    flat = xp.reshape(xp.arange(18.0), (2, 3, 3)) ** 0.5 + 9 * xp.eye(3)
    deep = xp.reshape(flat, DEEPEST)
    function = getattr(xp.linalg, name, None) or getattr(xp.fft, name, None) or getattr(xp, name)
    more = {"repeat": (2,), "tile": ((2, 1, 2),), "roll": (1,), "solve": (flat,), "matmul": (flat,)}.get(name, ())
    options = {"axis": -2} if name in [*ALONG, "repeat"] else {}
    found, expected = function(deep, *more, **options), function(flat, *more, **options)
    if not isinstance(expected, tuple):
        found, expected = (found,), (expected,)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours.dtype == theirs.dtype
        assert math.prod(ours.shape) == theirs.size
        if name not in DEFINED:
            assert xp.reshape(ours, theirs.shape).tolist() == theirs.tolist()
    if name in DEFINED:
        a = np.asarray(flat)
        mine = DEFINED[name](*[np.reshape(np.asarray(each), other.shape) for each, other in zip(found, expected)])
        other = DEFINED[name](*[np.asarray(each) for each in expected])
        assert np.all(np.abs(mine - other) <= roundings(a) * np.max(condition(a)) * np.max(np.abs(other)))


def test_devices() -> None:
    info = xp.__array_namespace_info__()
    assert info.default_device() == "cpu"
    assert info.devices() == ("cpu",)
    assert xp.zeros(1, device=info.devices()[0]).device == "cpu"


def test_default_dtypes() -> None:
    info = xp.__array_namespace_info__()
    expected = {
        "real floating": xp.float64,
        "complex floating": xp.complex128,
        "integral": xp.int64,
        "indexing": xp.int64,
    }
    assert info.default_dtypes() == expected
    assert info.default_dtypes(device="cpu") == expected
    with pytest.raises(ValueError, match="'gpu'"):
        info.default_dtypes(device="gpu")


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (None, NAMES),
        ("bool", ["bool"]),
        ("signed integer", NAMES[1:5]),
        ("unsigned integer", NAMES[5:9]),
        ("integral", NAMES[1:9]),
        ("real floating", NAMES[9:11]),
        ("complex floating", NAMES[11:]),
        ("numeric", NAMES[1:]),
        (("bool", "real floating"), ["bool", "float32", "float64"]),
        ((), []),
    ],
)
def test_dtypes(kind: str | tuple[str, ...] | None, names: list[str]) -> None:
    assert xp.__array_namespace_info__().dtypes(kind=kind) == {name: getattr(xp, name) for name in names}
    assert xp.__array_namespace_info__().dtypes(kind=kind, device="cpu").keys() == set(names)


def test_dtypes_refuses() -> None:
    for kind in ("float", ("bool", "text")):
        with pytest.raises(ValueError, match="kind="):
            xp.__array_namespace_info__().dtypes(kind=kind)
    with pytest.raises(ValueError, match="'gpu'"):
        xp.__array_namespace_info__().dtypes(device="gpu")


def test_constants() -> None:
    assert (xp.e, xp.pi, xp.inf) == (math.e, math.pi, math.inf)
    assert math.isnan(xp.nan)
    assert xp.newaxis is None
