"""Promotion: the standard's tables and, beyond them, NumPy 2's answers."""

import itertools

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp._core.dtypes import BY_NAME, DTYPES
from raptors_xp._core.promotion import can_cast, check_fits, promote, promote_all, scalar_dtype, weak_dtype

SCALARS = [True, False, 0, -1, 100, 2.5, float("nan"), 1j]


def test_every_pair_is_numpys() -> None:
    for a in DTYPES:
        for b in DTYPES:
            assert promote(a, b).name == np.promote_types(a.name, b.name).name
            assert promote(a, b) is promote(b, a)


def test_promotion_within_a_kind_is_associative() -> None:
    integers = [dtype for dtype in DTYPES if dtype.kind in "iu" and dtype.name != "uint64"]
    floats = [dtype for dtype in DTYPES if dtype.kind in "fc"]
    for dtypes in (integers, floats):
        for a in dtypes:
            for b in dtypes:
                for c in dtypes:
                    assert promote(promote(a, b), c) is promote(a, promote(b, c))


def test_can_cast_is_numpys_safe() -> None:
    for a in DTYPES:
        for b in DTYPES:
            assert can_cast(a, b) == np.can_cast(a.name, b.name, "safe")


@pytest.mark.parametrize("scalar", SCALARS)
def test_scalars_are_weak(scalar: float) -> None:
    for dtype in DTYPES:
        assert weak_dtype(scalar, dtype).name == np.result_type(np.empty(1, dtype.name), scalar).name


def test_promotion_of_several_has_no_order() -> None:
    for three in itertools.product(DTYPES, repeat=3):
        assert promote_all(list(three)).name == np.result_type(*[each.name for each in three]).name
    one, other, third = (xp.ones(2, dtype=dtype) for dtype in (xp.int16, xp.uint16, xp.float32))
    for arrays in itertools.permutations((one, other, third)):
        assert xp.result_type(*arrays) == xp.float32
        assert xp.concat(list(arrays)).dtype == xp.float32
        assert xp.stack(list(arrays)).dtype == xp.float32
        assert xp.asarray(list(arrays)).dtype == xp.float32
        assert xp.diff(arrays[0], prepend=arrays[1], append=arrays[2]).dtype == xp.float32


def test_scalars_that_do_not_fit() -> None:
    for dtype in DTYPES:
        if dtype.kind not in "iu":
            continue
        limits = np.iinfo(dtype.name)
        for fitting in (limits.min, limits.max):
            assert scalar_dtype("add", "x2", int(fitting), dtype) is dtype
        for beyond in (limits.min - 1, limits.max + 1, 2**100):
            with pytest.raises(OverflowError, match=rf"^add: \w+={beyond} is out of range for {dtype}"):
                scalar_dtype("add", "x2", beyond, dtype)
    with pytest.raises(OverflowError, match="out of range for int64"):
        scalar_dtype("add", "x2", 2**63, BY_NAME["bool"])
    check_fits("add", "x2", 2**63, BY_NAME["float32"])
    check_fits("add", "x2", 2.0**200, BY_NAME["int8"])  # a float has decided the dtype before
    with pytest.raises(OverflowError, match="a Python int of 1329 bits, beyond the range of float64"):
        check_fits("add", "x2", 10**400, BY_NAME["float64"])
