"""Dask over our arrays: chunks are ours at every step, and results are NumPy's."""

from collections.abc import Callable, Iterator
from typing import Any

import dask
import dask.array as da
import numpy as np
import pytest

import raptors_xp as xp

RNG = np.random.default_rng(5)
X = RNG.normal(size=(8, 6))
Y = RNG.normal(size=(6,))

Operation = Callable[[da.Array, da.Array], Any]

OPERATIONS: dict[str, Operation] = {
    "identity": lambda x, y: x,
    "add": lambda x, y: x + y,
    "scalar": lambda x, y: 2.0 * x - 1,
    "divide": lambda x, y: x / (y + 10),
    "power": lambda x, y: x**2,
    "compare": lambda x, y: x > y,
    "logical": lambda x, y: (x > 0) & ~(x > 1),
    "negative": lambda x, y: -abs(x),
    "matmul": lambda x, y: x @ x.T,
    "matvec": lambda x, y: x @ y,
    "dot": lambda x, y: da.dot(x, y),
    "tensordot": lambda x, y: da.tensordot(x, x, axes=((0,), (0,))),
    "einsum": lambda x, y: da.einsum("ij,kj->ik", x, x),
    "sin": lambda x, y: da.sin(x),
    "exp": lambda x, y: np.exp(x),
    "arctan2": lambda x, y: da.arctan2(x, y),
    "maximum": lambda x, y: da.maximum(x, y),
    "where": lambda x, y: da.where(x > 0, x, y),
    "clip": lambda x, y: da.clip(x, -1, 1),
    "isnan": lambda x, y: da.isnan(x),
    "round": lambda x, y: da.round(x, 1),
    "sum": lambda x, y: x.sum(),
    "sum axis": lambda x, y: x.sum(axis=0),
    "sum keepdims": lambda x, y: x.sum(axis=1, keepdims=True),
    "prod": lambda x, y: x.prod(axis=0),
    "mean": lambda x, y: x.mean(axis=1),
    "std": lambda x, y: x.std(axis=0),
    "var": lambda x, y: x.var(ddof=1),
    "min": lambda x, y: x.min(axis=0),
    "max": lambda x, y: x.max(),
    "argmax": lambda x, y: x.argmax(axis=0),
    "argmin": lambda x, y: da.argmin(x, axis=1),
    "any": lambda x, y: (x > 2).any(),
    "all": lambda x, y: (x < 9).all(axis=0),
    "nansum": lambda x, y: da.nansum(x, axis=0),
    "nanmean": lambda x, y: da.nanmean(x),
    "nanmax": lambda x, y: da.nanmax(x, axis=1),
    "cumsum": lambda x, y: da.cumsum(x, axis=0),
    "cumprod": lambda x, y: da.cumprod(x, axis=1),
    "median": lambda x, y: da.median(x, axis=0),
    "slice": lambda x, y: x[1:5, ::2],
    "negative step": lambda x, y: x[::-1],
    "integer": lambda x, y: x[3],
    "list": lambda x, y: x[[5, 0, 0]],
    "mask": lambda x, y: x[x > 0],
    "mask of rows": lambda x, y: x[x[:, 0] > 0],
    "newaxis": lambda x, y: x[:, None],
    "take": lambda x, y: da.take(x, [2, 1], axis=1),
    "transpose": lambda x, y: x.T,
    "reshape": lambda x, y: x.reshape(8, 2, 3),
    "ravel": lambda x, y: x.ravel(),
    "rechunk": lambda x, y: x.rechunk((3, 4)),
    "concatenate": lambda x, y: da.concatenate([x, x], axis=1),
    "stack": lambda x, y: da.stack([x, x]),
    "vstack": lambda x, y: da.vstack([x, x]),
    "hstack": lambda x, y: da.hstack([x, x]),
    "broadcast_to": lambda x, y: da.broadcast_to(y, (3, 6)),
    "flip": lambda x, y: da.flip(x, 0),
    "roll": lambda x, y: da.roll(x, 2, axis=0),
    "tile": lambda x, y: da.tile(x, (2, 1)),
    "repeat": lambda x, y: da.repeat(x, 2, axis=0),
    "pad": lambda x, y: da.pad(x, 1, mode="constant"),
    "diff": lambda x, y: da.diff(x, axis=0),
    "gradient": lambda x, y: da.gradient(x, axis=0),
    "outer": lambda x, y: da.outer(y, y),
    "squeeze": lambda x, y: da.squeeze(x[None]),
    "expand_dims": lambda x, y: da.expand_dims(x, 1),
    "swapaxes": lambda x, y: da.swapaxes(x, 0, 1),
    "astype": lambda x, y: x.astype("float32"),
    "real": lambda x, y: (x + 1j * x).imag,
    "map_blocks": lambda x, y: x.map_blocks(lambda block: block * 2),
    "map_overlap": lambda x, y: x.map_overlap(lambda block: block + 1, depth=1, boundary="reflect"),
    "blockwise": lambda x, y: da.blockwise(lambda a, b: a + b, "ij", x, "ij", y, "j", dtype="f8"),
    "reduction": lambda x, y: da.reduction(
        x, lambda a, axis, keepdims: a.sum(axis=axis, keepdims=keepdims),
        lambda a, axis, keepdims: a.sum(axis=axis, keepdims=keepdims), dtype="f8",
    ),
    "topk": lambda x, y: da.topk(x, 2, axis=0),
    "zeros_like": lambda x, y: da.zeros_like(x),
    "full_like": lambda x, y: da.full_like(x, 2.5),
    "norm": lambda x, y: da.linalg.norm(x),
    "standardise": lambda x, y: (x - x.mean(axis=0)) / x.std(axis=0),
}  # fmt: skip


# Dask puts the places and the values into one structured array, which is NumPy's.
DASKS_OWN = {"argmax", "argmin"}


@pytest.fixture(autouse=True)
def _synchronous() -> Iterator[None]:
    with dask.config.set(scheduler="synchronous"):
        yield


def chunks_of(result: da.Array) -> list[Any]:
    if result.ndim == 0:
        return []
    return [dask.compute(result.blocks[index])[0] for index in np.ndindex(result.numblocks)]


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations(name: str) -> None:
    theirs = OPERATIONS[name](da.from_array(X, chunks=(4, 3)), da.from_array(Y, chunks=3)).compute()
    result = OPERATIONS[name](da.from_array(xp.asarray(X), chunks=(4, 3)), da.from_array(xp.asarray(Y), chunks=3))
    found = result.compute()
    assert isinstance(found, np.ndarray if name in DASKS_OWN else xp.Array), type(found)
    assert found.dtype == theirs.dtype
    np.testing.assert_allclose(np.asarray(found), theirs, rtol=1e-12, atol=1e-13)
    for chunk in chunks_of(result):
        assert isinstance(chunk, xp.Array) or name in DASKS_OWN, type(chunk)


def test_blocks_become_ours() -> None:
    result = da.from_array(X, chunks=(4, 3)).map_blocks(xp.asarray) * 2
    assert isinstance(result.compute(), xp.Array)
    np.testing.assert_array_equal(np.asarray(result.compute()), X * 2)


@pytest.mark.parametrize("transposed", [False, True])
def test_chunks_travel_without_a_copy(transposed: bool) -> None:
    from distributed.protocol import deserialize, serialize

    x = xp.asarray(X, copy=True)
    x = x.T if transposed else x
    header, frames = serialize(x)
    assert sum(memoryview(frame).nbytes for frame in frames) < x.nbytes + 200
    assert any(np.shares_memory(np.asarray(frame), np.asarray(x)) for frame in frames)
    arrived = [bytearray(memoryview(frame).tobytes("A")) for frame in frames]
    y = deserialize(header, arrived)
    assert isinstance(y, xp.Array)
    assert any(np.shares_memory(np.asarray(frame), np.asarray(y)) for frame in arrived)
    np.testing.assert_array_equal(np.asarray(y), np.asarray(x))


def test_sizes_and_tokens() -> None:
    from dask.base import tokenize
    from dask.sizeof import sizeof

    x = xp.asarray(X)
    assert sizeof(x) >= x.nbytes
    assert sizeof(xp.broadcast_to(x, (1000, *x.shape))) == sizeof(x)
    assert tokenize(x) == tokenize(xp.asarray(X, copy=True))
    assert tokenize(x) != tokenize(x + 1)
    assert tokenize(x) != tokenize(xp.astype(x, xp.float32))
