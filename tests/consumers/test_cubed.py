"""Cubed and Zarr with our namespace: arrays larger than the allowed memory, chunk by chunk ours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cubed
import cubed.array_api as ca
import numpy as np
import pytest
import zarr
from cubed.backend_array_api import namespace

import raptors_xp as xp

X = np.random.default_rng(6).normal(size=(60, 40))

OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "add": lambda x: x + 1,
    "sum": lambda x: ca.sum(x),
    "sum axis": lambda x: ca.sum(x, axis=0),
    "mean": lambda x: ca.mean(x, axis=1),
    "std": lambda x: ca.std(x, axis=0),
    "var": lambda x: ca.var(x),
    "max": lambda x: ca.max(x, axis=0),
    "argmax": lambda x: ca.argmax(x, axis=0),
    "standardise": lambda x: (x - ca.mean(x, axis=0)) / ca.std(x, axis=0),
    "matmul": lambda x: x @ x.T,
    "where": lambda x: ca.where(x > 0, x, -x),
    "concat": lambda x: ca.concat([x, x]),
    "transpose": lambda x: ca.permute_dims(x, (1, 0)),
    "reshape": lambda x: ca.reshape(x.rechunk((12, 40)), (2400,)),
    "slice": lambda x: x[5:20, ::3],
    "cumulative_sum": lambda x: ca.cumulative_sum(x, axis=0),
    "nanmean": lambda x: cubed.nanmean(x, axis=0),
    "rechunk": lambda x: x.rechunk((40, 7)),
    "map_blocks": lambda x: cubed.map_blocks(lambda block: block * 2, x, dtype=x.dtype),
}


def test_the_backend_is_ours() -> None:
    assert namespace is xp or getattr(namespace, "__name__", "").endswith("raptors_xp")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("executor", ["single-threaded", "threads"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_operations(name: str, executor: str, tmp_path: Path) -> None:
    store = zarr.create_array(str(tmp_path / "x.zarr"), shape=X.shape, chunks=(13, 11), dtype="f8")
    store[:] = X
    spec = cubed.Spec(work_dir=str(tmp_path), allowed_mem="100MB", executor_name=executor)
    result = OPERATIONS[name](cubed.from_zarr(str(tmp_path / "x.zarr"), spec=spec)).compute()
    theirs = {
        "add": X + 1, "sum": X.sum(), "sum axis": X.sum(0), "mean": X.mean(1), "std": X.std(0), "var": X.var(),
        "max": X.max(0), "argmax": X.argmax(0), "standardise": (X - X.mean(0)) / X.std(0), "matmul": X @ X.T,
        "where": abs(X), "concat": np.concatenate([X, X]), "transpose": X.T, "reshape": X.reshape(-1),
        "slice": X[5:20, ::3], "cumulative_sum": X.cumsum(0), "nanmean": X.mean(0), "rechunk": X, "map_blocks": X * 2,
    }[name]  # fmt: skip
    np.testing.assert_allclose(np.asarray(result), theirs, rtol=1e-12, atol=1e-12)


def check(block: Any) -> Any:
    """The block, which must be ours, in whatever process."""
    assert isinstance(block, xp.Array), type(block)
    return block


def standardise(x: Any) -> Any:
    return (x - ca.mean(x, axis=0)) / ca.std(x, axis=0)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("executor", ["single-threaded", "threads", "processes", "dask"])
def test_larger_than_memory(executor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # An asynchronous client of newer Dasks does not know its workers' memory, which Cubed asks it for.
    monkeypatch.setattr("cubed.runtime.executors.dask.check_runtime_memory", lambda spec, client: None)
    values = np.random.default_rng(7).normal(3, 2, size=(320, 320))
    allowed = values.nbytes // 2  # eight chunks; Cubed counts on seven
    store = zarr.create_array(str(tmp_path / "x.zarr"), shape=values.shape, chunks=(80, 80), dtype="f8")
    store[:] = values
    options = {"max_workers": 2} if executor == "processes" else {}
    if executor == "dask":
        options = {"compute_kwargs": {"n_workers": 1, "threads_per_worker": 2, "dashboard_address": None}}
    spec = cubed.Spec(
        work_dir=str(tmp_path), allowed_mem=allowed, reserved_mem=0, executor_name=executor, executor_options=options
    )
    x = cubed.map_blocks(check, cubed.from_zarr(str(tmp_path / "x.zarr"), spec=spec), dtype=values.dtype)
    z = cubed.map_blocks(check, standardise(x), dtype=values.dtype)
    results = [ca.sum(x), ca.mean(x, axis=1), ca.std(x, axis=0), z, cubed.map_blocks(check, z.T @ z, dtype=z.dtype)]
    found = cubed.compute(*results)
    standard = (values - values.mean(0)) / values.std(0)
    theirs = [values.sum(), values.mean(1), values.std(0), standard, standard.T @ standard]
    for ours, expected in zip(found, theirs, strict=True):
        np.testing.assert_allclose(np.asarray(ours), expected, rtol=1e-12, atol=1e-9)


def test_what_cubed_asks_of_a_namespace() -> None:
    """Its core, its own tests and numpy_groupies call these as NumPy's."""
    assert xp.squeeze(xp.ones((4, 1))).shape == (4,)
    assert xp.diff(xp.asarray([0, 4, 8]), append=10).tolist() == [4, 4, 2]
    assert xp.arange(6).reshape((2, 3), order="F").tolist() == [[0, 2, 4], [1, 3, 5]]
    assert xp.broadcast_to(xp.ones((), dtype=xp.int8), (10, 10)).base.nbytes == 1


@pytest.mark.filterwarnings("ignore")
def test_chunks_are_ours(tmp_path: Path) -> None:
    def check(block: Any) -> Any:
        assert isinstance(block, xp.Array), type(block)
        return block

    spec = cubed.Spec(work_dir=str(tmp_path), allowed_mem="100MB", executor_name="single-threaded")
    x = ca.asarray(xp.asarray(X), chunks=(20, 20), spec=spec)
    found = cubed.map_blocks(check, ca.mean(cubed.map_blocks(check, x, dtype=x.dtype), axis=0), dtype=x.dtype).compute()
    np.testing.assert_allclose(np.asarray(found), X.mean(0))
