"""The dtype objects: identity, comparison, pickling, and what as_dtype takes for one."""

import copy
import pickle

import numpy as np
import pytest
from against_numpy import NAMES

import raptors_xp as xp
from raptors_xp._core.dtypes import DTYPES, MAXIMA, MINIMA, as_dtype


def test_the_standards_thirteen_in_the_order_of_native_code() -> None:
    assert [dtype.name for dtype in DTYPES] == NAMES
    assert [dtype.code for dtype in DTYPES] == list(range(13))
    for dtype in DTYPES:
        theirs = np.dtype(dtype.name)
        assert dtype.itemsize == theirs.itemsize
        assert dtype.kind == theirs.kind


def test_limits() -> None:
    for dtype in DTYPES:
        if dtype.kind in "iu":
            theirs = np.iinfo(dtype.name)
            assert (MINIMA[dtype.code], MAXIMA[dtype.code]) == (theirs.min, theirs.max)
        else:
            assert (MINIMA[dtype.code], MAXIMA[dtype.code]) == (0, 0)


def test_equality_is_identity_and_never_raises() -> None:
    class Hostile:
        def __eq__(self, other: object) -> bool:
            raise RuntimeError

        __hash__ = None  # type: ignore[assignment]

    for dtype in DTYPES:
        assert dtype == as_dtype("test", dtype)
        assert [other for other in DTYPES if dtype == other] == [dtype]
        for other in (None, "float32", 1, float, object(), Hostile(), np.float32, [], np.zeros(3)):
            assert (dtype == other) is False
            assert (dtype != other) is True
    assert len({hash(dtype) for dtype in DTYPES}) == 13
    assert {xp.float32: 1}[as_dtype("test", np.float32)] == 1


def test_repr_and_str() -> None:
    assert repr(xp.float32) == "raptors_xp.float32"
    assert str(xp.bool) == "bool"
    assert repr(xp.bool) == "raptors_xp.bool"


def test_pickle_and_copy_keep_identity() -> None:
    for dtype in DTYPES:
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(dtype, protocol)) is dtype
        assert copy.copy(dtype) is dtype
        assert copy.deepcopy(dtype) is dtype


def test_as_dtype_takes_numpys_and_pythons() -> None:
    for dtype in DTYPES:
        assert as_dtype("test", np.dtype(dtype.name)) is dtype
        assert as_dtype("test", np.dtype(dtype.name).type) is dtype
    assert [as_dtype("test", each).name for each in (bool, int, float, complex)] == [
        "bool",
        "int64",
        "float64",
        "complex128",
    ]


@pytest.mark.parametrize(
    "value", [None, "float32", 3, object, str, np.dtype("S3"), np.dtype("float16"), np.dtype(">f4"), np.longdouble, []]
)
def test_as_dtype_refuses_the_rest_by_name(value: object) -> None:
    with pytest.raises(TypeError, match=r"^asarray: .* is not a dtype .* use one of raptors_xp\.bool"):
        as_dtype("asarray", value)
