"""joblib: our arrays as arguments of workers, memory-mapped where they are large, and in its hashes and caches."""

from pathlib import Path
from typing import Any

import joblib
import numpy as np

import raptors_xp as xp
from raptors_xp import _native


def doubled(x: Any) -> Any:
    return x * 2


def test_workers_take_and_give_our_arrays() -> None:
    arrays = [xp.asarray(np.full((300, 300), float(each))) for each in range(4)]  # memory-mapped from 1 MB on
    for result, given in zip(joblib.Parallel(n_jobs=2)(joblib.delayed(doubled)(each) for each in arrays), arrays):
        assert isinstance(result, xp.Array)
        np.testing.assert_array_equal(np.asarray(result), np.asarray(given) * 2)


def test_memmapped_arguments() -> None:
    given = np.full((400, 400), 1.5)
    results = joblib.Parallel(n_jobs=2, max_nbytes="100K")(joblib.delayed(total)(given) for _ in range(2))
    assert results == [1.5 * 160_000] * 2


def total(x: Any) -> float:
    return float(xp.sum(xp.asarray(x)))


def threads_in_a_worker(_: int) -> int:
    return _native.threads()


def test_workers_have_a_share_of_the_threads() -> None:
    share = max(1, joblib.cpu_count() // 2)
    assert joblib.Parallel(n_jobs=2)(joblib.delayed(threads_in_a_worker)(each) for each in range(4)) == [share] * 4
    with joblib.parallel_config(backend="loky", inner_max_num_threads=3):
        assert joblib.Parallel(n_jobs=2)(joblib.delayed(threads_in_a_worker)(each) for each in range(4)) == [3] * 4


def test_dump_hash_and_memory(tmp_path: Path) -> None:
    x = xp.asarray(np.arange(12.0).reshape(3, 4))
    joblib.dump(x, tmp_path / "x")
    loaded = joblib.load(tmp_path / "x")
    assert isinstance(loaded, xp.Array)
    np.testing.assert_array_equal(np.asarray(loaded), np.asarray(x))
    assert joblib.hash(x) == joblib.hash(xp.asarray(x, copy=True))
    assert joblib.hash(x) != joblib.hash(x + 1)
    calls = []
    cached = joblib.Memory(tmp_path / "cache", verbose=0).cache(lambda a: calls.append(1) or a + 1)
    np.testing.assert_array_equal(np.asarray(cached(x)), np.asarray(cached(xp.asarray(x, copy=True))))
    assert len(calls) == 1
