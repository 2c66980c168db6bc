"""What the namespace says of itself, and the constants."""

import math

import pytest

import raptors_xp as xp

NAMES = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
NAMES += ["float32", "float64", "complex64", "complex128"]


def test_capabilities() -> None:
    info = xp.__array_namespace_info__()
    assert info.capabilities() == {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": 64}
    deepest = xp.zeros((1,) * 64)
    assert deepest.ndim == 64
    for call in (lambda: deepest[None], lambda: xp.zeros((1,) * 65), lambda: xp.expand_dims(deepest, 0)):
        with pytest.raises(ValueError, match="65 axes"):
            call()


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
