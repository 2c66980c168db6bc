"""NumPy's functions called with our arrays (NEP 13 and NEP 18): ours by our kernels, or through NumPy and back."""

import gc
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, alike, same

import raptors_xp as xp
from raptors_xp import _native
from raptors_xp._exchange import numpy_calls

A = np.asarray([[3.0, -1.0, 2.5], [0.5, 4.0, -2.0]])

# Calls f(np, x, y), of one and the same function.
CALLS = {
    "ufunc": lambda x: np.sin(x),
    "ufunc of another name": lambda x: np.arctan2(x, 2.0),
    "ufunc, ndarray first": lambda x: np.subtract(A, x),
    "ufunc with where": lambda x: np.add(x, 1, out=np.zeros((2, 3)), where=np.asarray(x > 0)),
    "ufunc with dtype": lambda x: np.add(x, 1, dtype="f4"),
    "ufunc of two results": lambda x: np.divmod(x, 2.0),
    "ufunc we do not have": lambda x: np.cbrt(x),
    "reduce": lambda x: np.maximum.reduce(x, axis=1),
    "accumulate": lambda x: np.add.accumulate(x, axis=0),
    "outer": lambda x: np.multiply.outer(x, A[0]),
    "matmul": lambda x: np.matmul(A.T, x),
    "operator of an ndarray": lambda x: A + x,
    "comparison of an ndarray": lambda x: x > A,
    "product of an ndarray": lambda x: A.T @ x,
    "scalar first": lambda x: np.float32(2) * x,
    "sum by position": lambda x: np.sum(x, 0),
    "sum with initial": lambda x: np.sum(x, axis=1, initial=10.0),
    "sum with where": lambda x: np.sum(x, where=np.asarray(x > 0)),
    "sum with dtype": lambda x: np.sum(x, None, "f4"),
    "max with initial": lambda x: np.max(x, initial=0.0),
    "mean": lambda x: np.mean(x, axis=-1, keepdims=True),
    "std": lambda x: np.std(x, axis=0),
    "std with ddof": lambda x: np.std(x, axis=0, ddof=1),
    "argmax": lambda x: np.argmax(x, axis=1),
    "concatenate": lambda x: np.concatenate([x, A], axis=1),
    "stack": lambda x: np.stack((x, x), axis=-1),
    "where": lambda x: np.where(x > 0, x, 0.0),
    "where of numbers": lambda x: np.where(x, 1.0, 0.0),
    "where of one": lambda x: np.where(x > 0),
    "clip": lambda x: np.clip(x, 0.0, None),
    "cumsum": lambda x: np.cumsum(x, axis=1),
    "cumsum of all": lambda x: np.cumsum(x),
    "take": lambda x: np.take(x, [1, 0], axis=1),
    "take of all": lambda x: np.take(x, [[1, 0]]),
    "sort": lambda x: np.sort(x, axis=0),
    "sort by kind": lambda x: np.sort(x, kind="stable"),
    "argsort": lambda x: np.argsort(x),
    "reshape": lambda x: np.reshape(x, (3, 2)),
    "reshape in other order": lambda x: np.reshape(x, 6, order="F"),
    "squeeze": lambda x: np.squeeze(x[:1]),
    "transpose": lambda x: np.transpose(x),
    "tile": lambda x: np.tile(x, 2),
    "repeat": lambda x: np.repeat(x, 2, axis=0),
    "diff": lambda x: np.diff(x, 1, 0, prepend=A[:1]),
    "pad": lambda x: np.pad(x, 1),
    "median": lambda x: np.median(x, axis=0),
    "einsum": lambda x: np.einsum("ij,kj->ik", x, x),
    "unique": lambda x: np.unique(x),
    "histogram": lambda x: np.histogram(x, bins=3),
    "zeros_like": lambda x: np.zeros_like(x, shape=(2,)),
    "full_like": lambda x: np.full_like(x, 2, dtype="i4"),
    "astype": lambda x: np.astype(x, np.float32),
    "tensordot": lambda x: np.tensordot(x, A, axes=2),
    "norm": lambda x: np.linalg.norm(x),
    "svd": lambda x: np.linalg.svd(x, full_matrices=False).S,
    "fft": lambda x: np.fft.fft(x, axis=0),
    "apply_along_axis": lambda x: np.apply_along_axis(np.sum, 0, x),
    "asarray like": lambda x: np.asarray([1.5], like=x),
}


@pytest.mark.parametrize("name", CALLS)
def test_calls(name: str) -> None:
    ours = CALLS[name](xp.asarray(A, copy=True))
    if name == "ufunc with where":  # which says where the result is
        assert isinstance(ours, np.ndarray)
        np.testing.assert_array_equal(ours, CALLS[name](A))
    else:
        alike(ours, np.asarray([1.5]) if name == "asarray like" else CALLS[name](A), 1e-14)


def test_every_entry_is_a_function_of_both() -> None:
    np.sum(xp.ones(2))
    found = {each[0] for each in numpy_calls._functions.values()}
    assert len(numpy_calls._functions) >= len(numpy_calls._FUNCTIONS) - 8  # NumPy 1 has no unique_all and its like
    assert xp.linalg.svd in found
    np.sin(xp.ones(2))
    assert numpy_calls._ufuncs[np.arccos] is xp.acos
    assert numpy_calls._ufuncs[np.fmax] is xp.fmax
    same(np.rint(xp.asarray([1, 2])), np.rint(np.asarray([1, 2])))  # a float


def test_results_share_memory_where_numpys_do() -> None:
    x = xp.asarray(A, copy=True)
    for view in (np.transpose(x), np.ravel(x), np.diagonal(x), np.real(x), np.atleast_3d(x), np.split(x, 2)[0]):
        assert isinstance(view, xp.Array)
        assert np.shares_memory(np.asarray(view), np.asarray(x))


def test_what_is_written_to_is_ours() -> None:
    x, out = xp.asarray(A, copy=True), xp.zeros((2, 3))
    assert np.add(x, 1.0, out=out) is out
    same(out, A + 1)
    assert np.cumsum(x, axis=0, out=out) is out
    same(out, np.cumsum(A, axis=0))
    quotient, rest = xp.zeros((2, 3)), xp.zeros((2, 3))
    assert np.divmod(x, 2.0, out=(quotient, rest))[1] is rest
    same(rest, A % 2)
    np.copyto(out, 7.0)
    np.add.at(out, (0, 0), 1.0)
    np.fill_diagonal(out, 2.0)
    assert out.tolist() == [[2, 7, 7], [7, 2, 7]]
    theirs = A.copy()
    theirs += x
    np.testing.assert_array_equal(theirs, 2 * A)
    with pytest.raises(ValueError, match="read-only"):
        np.copyto(xp.broadcast_to(x, (2, 2, 3)), 1.0)


def test_answers_that_are_no_arrays_stay_what_they_are() -> None:
    x = xp.asarray(A)
    assert np.shape(x) == (2, 3)
    assert np.ndim(x) == 2
    assert np.allclose(x, A) is True
    assert np.array_equal(x, A) is True
    assert np.result_type(x, np.float32) == np.float64
    assert np.array2string(x) == np.array2string(A)
    assert np.can_cast(np.float32, np.float64)


@pytest.mark.parametrize("name", NAMES)
def test_files_of_numpy(name: str, tmp_path: Path) -> None:
    x = xp.asarray((np.arange(12.0).reshape(3, 4) > 5).astype(name))
    np.save(tmp_path / "x.npy", x)
    for mode in (None, "r"):
        same(xp.asarray(np.load(tmp_path / "x.npy", mmap_mode=mode)), np.asarray(x))
    np.savez(tmp_path / "x.npz", x=x, transposed=x.T)
    with np.load(tmp_path / "x.npz") as found:
        same(xp.asarray(found["transposed"]), np.asarray(x).T)
    if name != "bool" and "complex" not in name:
        np.savetxt(tmp_path / "x.txt", x)
        np.testing.assert_array_equal(np.loadtxt(tmp_path / "x.txt"), np.asarray(x))


def test_dtypes_that_we_do_not_have_stay_numpys() -> None:
    x = xp.asarray([1.0, 2.0])
    assert type(np.add(x, 1, dtype=np.longdouble)) is np.ndarray
    assert type(np.isin(x, np.asarray(["a"]))) is xp.Array
    masked = np.ma.masked_array([1.0, 2.0], [True, False])
    assert type(masked + x) is np.ma.MaskedArray
    assert (masked + x).mask.tolist() == [True, False]


SHAPES = [(200_000,), (400, 500), (1, 100_000), (3, 5, 9000), (100_000, 1), (0, 9), (400, 500, 0)]


@pytest.mark.parametrize("shape", SHAPES)
def test_large_arrays_are_cut_for_threads(shape: tuple[int, ...]) -> None:
    theirs = np.random.default_rng(1).normal(size=shape)
    row = theirs[..., :1]
    for layout in (theirs, np.asfortranarray(theirs), theirs[::2], theirs[..., ::-1]):
        x = xp.asarray(layout, copy=False)
        same(np.cbrt(x), np.cbrt(layout))  # a function that we do not have
        same(np.heaviside(x, 0.5), np.heaviside(layout, 0.5))
        same(np.fmod(x, xp.asarray(row[: len(layout)])), np.fmod(layout, row[: len(layout)]))
        same(np.fmod(xp.asarray(row[: len(layout)]), x), np.fmod(row[: len(layout)], layout))
    single = theirs.astype("f4")
    same(np.cbrt(xp.asarray(single)), np.cbrt(single))
    same(np.ldexp(xp.asarray(theirs), 2), np.ldexp(theirs, 2))
    assert np.cbrt(xp.asarray(theirs), dtype=np.longdouble).dtype == np.longdouble


def test_memory_comes_back_without_the_garbage_collector() -> None:
    x = xp.asarray(np.linspace(0.1, 1, 300_000))
    np.cbrt(x)
    gc.collect()
    gc.disable()
    try:
        before = _native.memory_info()["in_use"]
        for _ in range(5):
            np.cbrt(x)
            np.fmod(x, 0.3)
        for _ in range(500):  # a thread that came too late to help may still have to end
            if _native.memory_info()["in_use"] <= before:
                break
            time.sleep(0.01)
        assert _native.memory_info()["in_use"] <= before
    finally:
        gc.enable()


def test_floating_point_errors_are_treated_as_the_caller_has_it() -> None:
    x = xp.asarray(np.full(300_000, np.inf))
    with np.errstate(all="raise"), pytest.raises(FloatingPointError):
        np.fmod(x, 2.0)
    with np.errstate(all="ignore"):
        assert bool(xp.all(xp.isnan(np.fmod(x, 2.0))))


def test_an_error_in_a_piece_is_raised() -> None:
    with pytest.raises(TypeError, match="cbrt"):
        np.cbrt(xp.asarray(np.ones(100_000) * 1j))
    with pytest.raises(ValueError, match=r"could not be broadcast|shape mismatch"):
        np.fmod(xp.ones((3, 40_000)), xp.ones((2, 40_000)))


class Stranger:
    """Of a library that takes arrays itself."""

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> str:
        return "taken"

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> str:
        return "taken"

    def __radd__(self, other: Any) -> str:
        return "taken"


def test_others_are_asked_too() -> None:
    x = xp.asarray([1.0, 2.0])
    assert np.add(x, Stranger()) == "taken"
    assert np.concatenate([x, Stranger()]) == "taken"
    assert x + Stranger() == "taken"


def test_errors_are_numpys_where_numpy_takes_more() -> None:
    with pytest.raises(ValueError, match="could not be broadcast"):
        np.add(xp.ones(2), xp.ones(3))
    with pytest.raises(np.exceptions.AxisError, match="out of bounds"):
        np.sum(xp.ones(2), axis=1)
    with pytest.raises(TypeError):
        np.sum(xp.ones(2), no_such=1)


@pytest.mark.parametrize("name", NAMES)
def test_every_dtype_goes_there_and_back(name: str) -> None:
    theirs = np.asarray([[0, 1], [1, 0]], name)
    same(np.rot90(xp.asarray(theirs)), np.rot90(theirs))
    same(np.max(xp.asarray(theirs)), np.max(theirs))
