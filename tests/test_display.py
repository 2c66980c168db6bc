"""repr and str of arrays, which read as NumPy's."""

from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import raptors_xp as xp


def expected_text(theirs: np.ndarray) -> str:
    return repr(theirs).replace("array(", "Array(", 1)


numbers = st.one_of(
    st.floats(width=32),
    st.floats(-1000, 1000, width=32),
    st.integers(-5, 5).map(float),
    st.sampled_from([0.1, 0.25, 1e-5, 1e8, 123456.789, float("nan"), float("inf"), -0.0]),
)


@given(st.data())
def test_repr_and_str_read_as_numpys(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6))
    if np.dtype(name).kind == "f":
        theirs = data.draw(hnp.arrays(np.float64, shape, elements=numbers)).astype(np.float32).astype(name)
    else:
        theirs = data.draw(hnp.arrays(np.dtype(name), shape))
        if np.dtype(name).kind == "c":
            with np.errstate(all="ignore"):
                theirs = np.round(theirs.real % 1000, 2) + 1j * np.round(theirs.imag % 1000, 2)
            theirs = np.asarray(theirs).astype(name)
    x = xp.asarray(theirs)
    assert repr(x) == expected_text(theirs)
    assert str(x) == str(theirs)


@pytest.mark.parametrize("shape", [(1000,), (1001,), (2000,), (40, 40), (3, 400), (2000, 2), (1, 1, 1500), (7, 8, 30)])
@pytest.mark.parametrize("name", ["bool", "int64", "int8", "float64", "float32", "complex128"])
def test_long_arrays_are_shortened(shape: tuple[int, ...], name: str) -> None:
    theirs = (np.arange(np.prod(shape)) * 0.75 - 30).reshape(shape).astype(name)
    assert repr(xp.asarray(theirs)) == expected_text(theirs)
    assert str(xp.asarray(theirs)) == str(theirs)


@pytest.mark.parametrize(
    "value",
    [[1.5, 2.25, 1e9], [1e-10, 1.0], [1 / 3, 2 / 3], [1e300, -1e-300], [np.nan, np.inf, -np.inf], [], [[], []], 5.0],
)
def test_repr_of_floats(value: Any) -> None:
    for name in ("float32", "float64"):
        with np.errstate(over="ignore"):
            theirs = np.asarray(value).astype(name)
        assert repr(xp.asarray(theirs)) == expected_text(theirs)
        assert str(xp.asarray(theirs)) == str(theirs)


@pytest.mark.parametrize(
    "value", [[1.5, complex(np.nan, np.nan)], [0, complex(1, np.nan)], [0, complex(np.nan, np.inf)]]
)
def test_complex_numbers_beside_nan(value: Any) -> None:
    for name in ("complex64", "complex128"):
        theirs = np.asarray(value, name)
        assert repr(xp.asarray(theirs)) == expected_text(theirs)
