"""The dtypes inside, the numpy.dtype that each is outside, and what as_dtype takes for one."""

import copy
import pickle
import subprocess
import sys

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


@pytest.mark.parametrize("name", NAMES)
def test_outside_a_dtype_is_numpys(name: str) -> None:
    theirs = np.dtype(name)
    assert getattr(xp, name) is theirs
    x = xp.zeros(2, dtype=name)
    assert x.dtype is theirs
    assert x[:1].dtype is theirs
    assert isinstance(x.dtype, np.dtype)
    assert np.issubdtype(x.dtype, np.generic)
    assert x.dtype == name
    assert xp.result_type(x, name) is theirs
    assert xp.__array_namespace_info__().dtypes()[name] is theirs
    assert np.zeros(2, x.dtype).dtype is theirs


def test_the_namespace_has_the_names_before_the_first_use_too() -> None:
    code = (
        "import raptors_xp as xp; from raptors_xp import *; assert int8 is xp.int8; print(bool, xp.asarray(1.5).dtype)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr) == ("bool float64\n", "")


def test_limits_show_the_dtype_and_can_be_copied() -> None:
    for limits in (xp.finfo("float32"), xp.iinfo(xp.uint8)):
        for other in (copy.copy(limits), copy.deepcopy(limits), pickle.loads(pickle.dumps(limits))):
            assert other.dtype is limits.dtype
            assert repr(other) == repr(limits)


def test_as_dtype_takes_what_numpy_takes() -> None:
    for dtype in DTYPES:
        theirs = np.dtype(dtype.name)
        for way in (theirs, theirs.type, dtype.name, theirs.str, theirs.char):
            assert as_dtype("test", way) is dtype, way
    for way in (
        bool,
        int,
        float,
        complex,
        np.intp,
        "double",
        "longlong",
        "=i4",
        "<f8" if sys.byteorder == "little" else ">f8",
    ):
        assert as_dtype("test", way).name == np.dtype(way).name


class Hostile:
    """Neither hash nor comparison."""

    dtype = np.dtype("float64")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    __hash__ = None  # type: ignore[assignment]


SWAPPED = np.dtype("float32").newbyteorder()
NO_DTYPES = [None, "float31", "f8,f8", 3, object, str, Hostile(), xp.zeros(2), np.zeros(2), [], np.longdouble, SWAPPED]
NO_DTYPES += [np.dtype("S3"), np.dtype("float16"), np.dtype([("a", "f8")]), np.dtype("M8[s]")]


@pytest.mark.parametrize("value", NO_DTYPES)
def test_as_dtype_refuses_the_rest_by_name(value: object) -> None:
    with pytest.raises(TypeError, match=r"^asarray: .* is not a dtype .* use one of raptors_xp\.bool"):
        as_dtype("asarray", value)
