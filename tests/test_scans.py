"""cumulative_sum, cumulative_prod and diff against NumPy: every dtype, layout, axis; special values; the same bits."""

import inspect
import os
import subprocess
import sys
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from rounding import wide

import raptors_xp as xp
from raptors_xp import _native

INTEGERS = [name for name in NAMES if "int" in name]
NUMERIC = NAMES[1:]


def held(name: str) -> str:
    if name.startswith("uint"):
        return "uint64"
    return "int64" if name in ["bool", *INTEGERS] else name


def axis_of(data: st.DataObject, a: np.ndarray) -> Any:
    if a.ndim == 1 and data.draw(st.booleans()):
        return None
    return data.draw(st.integers(-a.ndim, a.ndim - 1))


@pytest.mark.parametrize("name", ["cumulative_sum", "cumulative_prod"])
@given(data=st.data(), initial=st.booleans())
def test_integers_and_special_values(name: str, data: st.DataObject, initial: bool) -> None:
    """Of floats those whose sums are exact, infinities and nan among them."""
    a = data.draw(ndarrays())
    if a.ndim == 0:
        return
    if a.dtype.kind in "fc":
        values = np.asarray([0.0, 1.0, -2.0, 3.0, 0.5, np.inf, -np.inf, np.nan])
        a = values[data.draw(ndarrays(["uint8"], a.shape)).reshape(-1)[: a.size] % 8].reshape(-1)
        a = a.astype(data.draw(st.sampled_from(["float32", "float64"])))
    axis = axis_of(data, a)
    with np.errstate(all="ignore"):
        theirs = getattr(np, name)(a, axis=axis, dtype=held(a.dtype.name), include_initial=initial)
    same(getattr(xp, name)(xp.asarray(a), axis=axis, include_initial=initial), theirs)


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
@given(data=st.data())
def test_special_complex_values_are_multiplied_one_by_one(dtype: str, data: st.DataObject) -> None:
    """And the first element is multiplied by nothing: 1 times inf is inf + nan j in complex numbers."""
    parts = st.sampled_from([0.0, -0.0, 1.0, -2.0, np.inf, -np.inf, np.nan])
    values = data.draw(st.lists(st.builds(complex, parts, parts), min_size=1, max_size=6))
    x = xp.asarray(values, dtype=getattr(xp, dtype))
    steps = list(accumulate([x[place] for place in range(len(values))], xp.multiply))
    identical(xp.cumulative_prod(x), xp.stack(steps))
    identical(xp.cumulative_prod(x, include_initial=True)[1:], xp.stack(steps))
    identical(xp.cumulative_prod(xp.stack([x] * 9, axis=1), axis=0)[:, 4], xp.stack(steps))
    identical(xp.prod(x), steps[-1])
    identical(xp.prod(xp.repeat(x, 2)[::2]), steps[-1])
    identical(xp.prod(xp.stack([x, x]), axis=1)[1], steps[-1])
    identical(xp.prod(xp.stack([x] * 9, axis=1), axis=0)[4], steps[-1])


def identical(ours: Any, theirs: Any) -> None:
    """Part by part, with the signs of zeros."""
    for part in (xp.real, xp.imag):
        a, b = np.asarray(part(ours)), np.asarray(part(theirs))
        np.testing.assert_array_equal(a, b, strict=True)
        np.testing.assert_array_equal(np.signbit(a[~np.isnan(a)]), np.signbit(b[~np.isnan(b)]))


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("shape", [(100_003,), (400_000,), (3, 5000), (900, 7), (900, 70), (2, 300, 3), (5, 40, 600)])
def test_floats_are_close(dtype: str, shape: tuple[int, ...]) -> None:
    a = np.random.default_rng(1).normal(size=(2, *shape))
    a = (a[0] + 1j * a[1]).astype(dtype) if "complex" in dtype else a[0].astype(dtype)
    for axis in range(a.ndim):
        theirs = np.cumulative_sum(wide(a), axis=axis)
        sizes = np.cumsum(abs(wide(a)), axis=axis)
        for array in (a, np.ascontiguousarray(a.T).T):
            ours = np.asarray(xp.cumulative_sum(xp.asarray(array), axis=axis))
            assert ours.dtype == a.dtype
            error = abs(ours - theirs) / np.maximum(sizes, 1)
            assert float(np.max(error)) < 1e-4 * np.finfo(a.dtype).eps * a.shape[axis] + 20 * np.finfo(a.dtype).eps


def test_a_sum_that_leaves_the_range_and_comes_back_does_so_in_order() -> None:
    for size in (10, 40_000, 400_000):
        a = np.zeros(size)
        a[1:4] = -1.7e308, 1.7e308, 1.7e308
        same(xp.cumulative_sum(xp.asarray(a)), np.cumsum(a))
        a[-5:-2] = -1.7e308, -1.7e308, 1.7e308
        with np.errstate(over="ignore"):
            same(xp.cumulative_sum(xp.asarray(a)), np.cumsum(a))


def test_sums_of_positive_numbers_never_decrease() -> None:
    for dtype in ("float32", "float64"):
        a = np.random.default_rng(7).random(500_000).astype(dtype)
        assert bool((np.diff(np.asarray(xp.cumulative_sum(xp.asarray(a)))) >= 0).all())


def test_the_same_bits_for_any_number_of_threads_and_every_instruction_set() -> None:
    code = (
        "import hashlib, numpy as np, raptors_xp as xp\n"
        "from raptors_xp import _native\n"
        "_native.set_threads(%d)\n"
        "digest = hashlib.sha256()\n"
        "r = np.random.default_rng(0)\n"
        "for dtype in ('float32', 'float64', 'int16'):\n"
        "    a = (r.normal(size=400_001) * 1000).astype(dtype)\n"
        "    for b in (a, a[:400_000].reshape(40, 10_000), a[:400_000].reshape(10_000, 40)):\n"
        "        x = xp.asarray(b)\n"
        "        for y in (xp.cumulative_sum(x, axis=0), xp.cumulative_sum(x, axis=-1), xp.var(x)):\n"
        "            digest.update(np.ascontiguousarray(np.asarray(y)).tobytes())\n"
        "        for y in (xp.std(x, axis=-1), xp.std(x, axis=0), xp.sort(x, axis=0), xp.argmax(x, axis=0)):\n"
        "            digest.update(np.ascontiguousarray(np.asarray(y)).tobytes())\n"
        "print(digest.hexdigest())\n"
    )
    paths = os.pathsep.join([os.path.dirname(os.path.dirname(xp.__file__)), os.environ.get("PYTHONPATH", "")])
    results = set()
    for isa in _native.isas():
        for threads in (1, 4):
            environment = {**os.environ, "PYTHONPATH": paths, "RAPTORS_ISA": isa}
            done = subprocess.run(
                [sys.executable, "-c", code % threads], env=environment, capture_output=True, text=True, check=True
            )
            results.add(done.stdout)
    assert len(results) == 1


@pytest.mark.parametrize("name", ["cumulative_sum", "cumulative_prod"])
def test_an_explicit_dtype_is_computed_in(name: str) -> None:
    a = np.asarray([[1, 2, 100], [100, 100, 3]], np.int8)
    x = xp.asarray(a)
    for target in NAMES:
        dtype = xp.asarray(np.zeros(1, target)).dtype
        same(getattr(xp, name)(x, axis=1, dtype=dtype), getattr(np, name)(a, axis=1, dtype=target))
        same(getattr(xp, name)(x, axis=0, dtype=np.dtype(target)), getattr(np, name)(a, axis=0, dtype=target))
    with pytest.raises(TypeError, match=rf"^{name}: x of dtype complex128 has no {name} of dtype=float64"):
        getattr(xp, name)(xp.asarray([1j]), dtype=xp.float64)
    with pytest.raises(TypeError, match=rf"^{name}: dtype='float63' is not a dtype"):
        getattr(xp, name)(x, axis=0, dtype="float63")


@given(st.data(), st.integers(0, 3))
def test_diff(data: st.DataObject, n: int) -> None:
    a = data.draw(ndarrays())
    if a.ndim == 0:
        return
    axis = data.draw(st.integers(-a.ndim, a.ndim - 1))
    before = a[(slice(None),) * (axis % a.ndim) + (slice(0, 2),)] if data.draw(st.booleans()) else None
    after = np.flip(a, axis) if data.draw(st.booleans()) else None
    with np.errstate(all="ignore"):
        arguments = {key: value for key, value in (("prepend", before), ("append", after)) if value is not None}
        theirs = np.diff(a, n=n, axis=axis, **arguments) if n else None
    given_ = {key: xp.asarray(value) for key, value in arguments.items()}
    ours = xp.diff(xp.asarray(a), n=n, axis=axis, **given_)
    if theirs is None:
        theirs = np.concatenate([each for each in (before, a, after) if each is not None], axis=axis)
    same(ours, theirs)


def test_diff_of_other_dtypes_promotes() -> None:
    x = xp.asarray([1, 5], dtype=xp.int8)
    same(xp.diff(x, prepend=xp.asarray([0.5])), np.asarray([0.5, 4.0]))


def test_what_is_refused() -> None:
    x = xp.ones((2, 3))
    for name in ("cumulative_sum", "cumulative_prod"):
        function: Any = getattr(xp, name)
        with pytest.raises(
            ValueError, match=rf"^{name}: x has 2 axes, and axis=None is for arrays with one axis; name"
        ):
            function(x)
        with pytest.raises(ValueError, match=rf"^{name}: x has 0 axes"):
            function(xp.asarray(1.0))
        with pytest.raises(IndexError, match=rf"^{name}: axis=2: axis 2 is out of bounds"):
            function(x, axis=2)
        with pytest.raises(TypeError, match=rf"^{name}: axis=\(0, 1\) of type tuple is not an integer"):
            function(x, axis=(0, 1))
        with pytest.raises(TypeError, match=rf"^{name}: x1?=\[1, 2\] of type list is not an array"):
            function([1, 2])
        parameters = list(inspect.signature(function).parameters.values())
        assert {each.name: each.default for each in parameters[1:]} == {
            "axis": None,
            "dtype": None,
            "include_initial": False,
        }
    with pytest.raises(ValueError, match=r"^diff: n=-1 is negative"):
        xp.diff(x, n=-1)
    with pytest.raises(TypeError, match=r"^diff: n=1.5 of type float is not an integer"):
        xp.diff(x, n=1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^diff: prepend='0' of type str is not an array"):
        xp.diff(x, prepend="0")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^diff: append has shape \(3, 3\), and x \(2, 3\); make"):
        xp.diff(x, append=xp.ones((3, 3)))
    with pytest.raises(IndexError, match=r"^diff: axis=2: axis 2 is out of bounds"):
        xp.diff(x, axis=2)


def test_differences_of_more_than_there_is() -> None:
    x = xp.asarray([3, 1, 2])
    assert xp.diff(x, n=2**62).shape == (0,)
    empty = x[:0]
    assert xp.diff(empty) is not empty
    assert xp.diff(empty, n=2).shape == (0,)
