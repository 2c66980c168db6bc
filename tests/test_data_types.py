"""astype, can_cast, finfo, iinfo, isdtype and result_type."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp
from raptors_xp._core.dtypes import BY_NAME, DTYPES


@given(st.data(), st.sampled_from(NAMES))
def test_astype_of_every_layout(data: st.DataObject, target: str) -> None:
    a = data.draw(ndarrays(["bool", "int8", "uint16", "int64"]))
    ours = xp.astype(xp.asarray(a), BY_NAME[target])
    same(ours, a.astype(target))


def test_astype_between_all_dtypes() -> None:
    for source in NAMES:
        for target in NAMES:
            a = np.asarray([0, 1, 100, 3], source)
            if "complex" in source and "complex" not in target and target != "bool":
                with pytest.raises(TypeError, match=rf"^astype: x of dtype {source} to dtype={target} would lose"):
                    xp.astype(xp.asarray(a), BY_NAME[target])
            else:
                same(xp.astype(xp.asarray(a), BY_NAME[target]), a.astype(target))
                same(xp.astype(xp.asarray(a), np.dtype(target)), a.astype(target))  # type: ignore[arg-type]


def test_astype_wraps_integers_and_truncates_floats() -> None:
    same(xp.astype(xp.asarray([300, -1]), xp.uint8), np.asarray([44, 255], np.uint8))
    same(xp.astype(xp.asarray([2.7, -2.7]), xp.int32), np.asarray([2, -2], np.int32))
    same(xp.astype(xp.asarray([0.0, 0.1, np.nan]), xp.bool), [False, True, True])


def test_astype_copies_unless_told_not_to() -> None:
    x = xp.asarray([1.0, 2.0])
    assert xp.astype(x, xp.float64, copy=False) is x
    copied = xp.astype(x, xp.float64)
    copied[0] = 5.0
    assert float(x[0]) == 1.0
    assert xp.astype(x, xp.float32, copy=False).dtype == xp.float32
    assert xp.astype(x, xp.float32, device="cpu").dtype == xp.float32
    with pytest.raises(ValueError, match=r"^astype: device='gpu' does not exist"):
        xp.astype(x, xp.float32, device="gpu")
    with pytest.raises(TypeError, match=r"^astype: dtype='float31' is not a dtype"):
        xp.astype(x, "float31")
    with pytest.raises(TypeError, match=r"^astype: x1?=\[1\] of type list"):
        xp.astype([1], xp.float32)  # type: ignore[arg-type]


def test_can_cast() -> None:
    for a in DTYPES:
        for b in DTYPES:
            assert xp.can_cast(a, b) == np.can_cast(a.name, b.name)
            assert xp.can_cast(xp.zeros(2, dtype=a), b) == xp.can_cast(a, b)
    with pytest.raises(TypeError, match=r"^can_cast: from_=3 is not a dtype"):
        xp.can_cast(3, xp.int8)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["float32", "float64", "complex64", "complex128"])
def test_finfo(name: str) -> None:
    theirs = np.finfo(name)
    for ours in (xp.finfo(name), xp.finfo(xp.zeros(1, dtype=name)), xp.finfo(np.dtype(name))):
        assert ours.bits == theirs.bits
        for field in ("eps", "max", "min", "smallest_normal"):
            assert getattr(ours, field) == float(getattr(theirs, field))
            assert type(getattr(ours, field)) is float
        assert ours.dtype is theirs.dtype
        assert f"dtype={theirs.dtype.name}" in repr(ours)


@pytest.mark.parametrize("name", [name for name in NAMES if "int" in name])
def test_iinfo(name: str) -> None:
    theirs = np.iinfo(name)
    for ours in (xp.iinfo(name), xp.iinfo(xp.zeros(1, dtype=name))):
        assert (ours.bits, ours.max, ours.min, ours.dtype) == (theirs.bits, theirs.max, theirs.min, np.dtype(name))
        assert repr(ours) == f"iinfo(bits={theirs.bits}, max={theirs.max}, min={theirs.min}, dtype={name})"


def test_limits_of_the_wrong_kind() -> None:
    for dtype in (xp.int8, xp.bool):
        with pytest.raises(TypeError, match=rf"^finfo: type={dtype} is not floating-point; use iinfo"):
            xp.finfo(dtype)
    for dtype in (xp.float32, xp.bool):
        with pytest.raises(TypeError, match=rf"^iinfo: type={dtype} is not an integer dtype; use finfo"):
            xp.iinfo(dtype)


def test_isdtype() -> None:
    kinds = {
        "bool": "b",
        "signed integer": "i",
        "unsigned integer": "u",
        "integral": "iu",
        "real floating": "f",
        "complex floating": "c",
        "numeric": "iufc",
    }
    for name in NAMES:
        dtype = np.dtype(name)
        for kind, letters in kinds.items():
            assert xp.isdtype(dtype, kind) == (dtype.kind in letters)
        assert xp.isdtype(dtype, dtype)
        assert xp.isdtype(dtype, ("bool", "numeric"))
        assert xp.isdtype(dtype, (xp.int8, xp.float32)) == (dtype in (xp.int8, xp.float32))
    assert xp.isdtype(np.dtype("int8"), "integral")
    assert xp.isdtype(dtype=xp.int8, kind=np.dtype("int8"))
    assert not xp.isdtype(xp.int8, ())
    with pytest.raises(ValueError, match=r"^isdtype: kind='integer' is not known; use a dtype or one of bool, signed"):
        xp.isdtype(xp.int8, "integer")
    with pytest.raises(TypeError, match=r"^isdtype: kind=None is not a dtype"):
        xp.isdtype(xp.int8, (None,))  # type: ignore[arg-type]


def test_result_type() -> None:
    for a in DTYPES:
        for b in DTYPES:
            expected = np.result_type(a.name, b.name).name
            assert xp.result_type(a, b).name == expected
            assert xp.result_type(xp.zeros((), dtype=a), b).name == expected
        for scalar in (True, 1, 2.5, 1j):
            assert xp.result_type(a, scalar).name == np.result_type(np.zeros(1, a.name), scalar).name
            assert xp.result_type(scalar, a) == xp.result_type(a, scalar)
    assert xp.result_type(1, xp.int8, 2.5, xp.uint8) == xp.float64
    assert xp.result_type(xp.float32, 1j, 2) == xp.complex64
    assert xp.result_type(np.dtype("int8"), xp.int16) == xp.int16
    for scalars in ((1,), (True,), (-2, 1, 10.0), (1j, 2), (True, 3)):
        assert xp.result_type(*scalars) == np.result_type(*scalars)
    with pytest.raises(TypeError, match=r"^result_type: arrays_and_dtypes=\(\) has neither an array nor a dtype"):
        xp.result_type()
    with pytest.raises(TypeError, match=r"^result_type: arrays_and_dtypes\[1\]=None is not a dtype"):
        xp.result_type(xp.int8, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("astype", "(x, dtype, /, *, copy=True, device=None, order='K', casting='unsafe', subok=True)"),
        ("can_cast", "(from_, to, /)"),
        ("finfo", "(type, /)"),
        ("iinfo", "(type, /)"),
        ("isdtype", "(dtype, kind)"),
        ("result_type", "(*arrays_and_dtypes)"),
    ],
)
def test_signatures_are_the_standards(name: str, signature: str) -> None:
    function: Any = getattr(xp, name)
    found = inspect.signature(function)
    bare = found.replace(
        parameters=[each.replace(annotation=inspect.Parameter.empty) for each in found.parameters.values()],
        return_annotation=inspect.Signature.empty,
    )
    assert str(bare) == signature
