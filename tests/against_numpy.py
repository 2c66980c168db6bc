"""What the tests share that compare with NumPy: strategies for arrays of every layout, `same`, `alike`. No tests."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import raptors_xp as xp

NAMES = [
    "bool",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float32",
    "float64",
    "complex64",
    "complex128",
]
shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)


@st.composite
def ndarrays(draw: st.DrawFn, names: Any = None, shape: Any = shapes) -> np.ndarray:
    """NumPy arrays of all dtypes, shapes and layouts: steps, reversed and swapped axes, repeated elements."""
    name = draw(st.sampled_from(names or NAMES))
    array = draw(hnp.arrays(np.dtype(name), draw(shape) if not isinstance(shape, tuple) else shape))
    kind = draw(st.integers(0, 5))
    if kind == 1:
        array = array.T
    elif kind == 2 and array.ndim > 0:
        array = array[tuple([slice(None, None, draw(st.sampled_from([-2, -1, 1, 2]))) for _ in array.shape])]
    elif kind == 3 and array.ndim > 1:
        array = np.moveaxis(array, 0, -1)
    elif kind == 4 and array.ndim > 0:
        array = array[1:]
    elif kind == 5 and array.ndim > 0 and array.shape[0] == 1:
        array = np.broadcast_to(array, (3, *array.shape[1:]))
    return array


def same(ours: Any, theirs: Any) -> None:
    """Asserts that our array has NumPy's dtype, shape and elements, NaN for NaN."""
    assert isinstance(ours, xp.Array)
    theirs = np.asarray(theirs)
    assert ours.dtype.name == theirs.dtype.name
    assert ours.shape == theirs.shape
    assert ours.size == theirs.size
    assert ours.ndim == theirs.ndim
    np.testing.assert_array_equal(np.asarray(ours), theirs, strict=True)


def alike(ours: Any, theirs: Any, rtol: float, atol: float = 0.0) -> None:
    """Asserts that results are alike, ours arrays of ours, also in tuples; float32 only to its precision."""
    if isinstance(theirs, (tuple, list)):
        assert len(ours) == len(theirs)
        for mine, due in zip(ours, theirs):
            alike(mine, due, rtol, atol)
    elif isinstance(theirs, (np.ndarray, np.generic)):
        assert isinstance(ours, xp.Array)
        assert ours.dtype == theirs.dtype
        if theirs.real.dtype == np.float32:
            rtol, atol = 1e-6, 1e-6 if atol > 0 else 0.0
        np.testing.assert_allclose(np.asarray(ours), theirs, rtol=rtol, atol=atol, strict=True)
    else:
        assert type(ours) is type(theirs)
        assert ours == theirs
