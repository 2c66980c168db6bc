"""threadpoolctl: our threads are in its list, and obey its limits, whichever is imported first."""

import subprocess
import sys

import numpy as np
import pytest
import threadpoolctl

import raptors_xp as xp
from raptors_xp import _native


def ours() -> list[dict[str, object]]:
    return [each for each in threadpoolctl.threadpool_info() if each["internal_api"] == "raptors_xp"]


def test_our_threads_are_listed() -> None:
    (info,) = ours()
    assert info["user_api"] == "raptors_xp"
    assert info["num_threads"] == _native.threads()
    assert info["version"] == xp.__version__
    assert info["filepath"] == _native.__file__


@pytest.mark.parametrize("limits", [1, {"raptors_xp": 1}])
def test_limits_hold_inside_and_end(limits: object) -> None:
    before = _native.threads()
    _native.set_threads(3)
    try:
        with threadpoolctl.threadpool_limits(limits):
            assert _native.threads() == 1
            x = xp.asarray(np.random.default_rng(0).normal(size=(400, 400)))
            inside = np.asarray(x @ x), np.asarray(xp.sum(x)), np.asarray(xp.fft.fft(x))
        assert _native.threads() == 3
        for one, other in zip(inside, (x @ x, xp.sum(x), xp.fft.fft(x))):  # the bits are those of any number
            np.testing.assert_array_equal(one, np.asarray(other))
        with threadpoolctl.threadpool_limits(1, user_api="blas"):
            assert _native.threads() == 3
    finally:
        _native.set_threads(before)


@pytest.mark.parametrize("order", ["raptors_xp, threadpoolctl", "threadpoolctl, raptors_xp"])
def test_either_is_imported_first(order: str) -> None:
    code = f"import {order}; print([each['internal_api'] for each in threadpoolctl.threadpool_info()])"
    assert (
        "raptors_xp" in subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    )


def test_imports_go_on_as_before() -> None:
    code = """
import sys
import raptors_xp
assert not {"threadpoolctl", "dask", "numpy"} & set(sys.modules)
import json, importlib.metadata, importlib
importlib.invalidate_caches()
list(importlib.metadata.distributions())
path = list(sys.path)
sys.path[:] = [each for each in sys.path if "site-packages" not in each]
for _ in range(2):
    try:
        import threadpoolctl
    except ModuleNotFoundError:
        pass
sys.path[:] = path
import dask.array, threadpoolctl
left = [each for each in sys.meta_path if type(each).__module__.startswith("raptors_xp")]
print(left == [], dask.array.__spec__.loader.get_source("dask.array")[:0] == "")
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "True True"
