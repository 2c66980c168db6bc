"""The recycler: results reuse memory, the cache keeps its limit, and the system gets its memory back."""

import gc
import os
import subprocess
import sys

import pytest

import raptors_xp as xp
from raptors_xp import _native

MEBIBYTE = 1 << 20


def run(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_large_results_come_from_recycled_memory() -> None:
    array = xp.ones((2048, 2049))  # 32 MiB and a bit
    address = (array + array)._memory.address
    before = _native.memory_info()
    for _ in range(20):
        assert (array + array)._memory.address == address
    after = _native.memory_info()
    assert after["fresh"] == before["fresh"]
    assert after["recycled"] >= before["recycled"] + 20


def test_blocks_are_aligned() -> None:
    for nbytes in [0, 1, 63, 64, 65, 1000, 100_000, 300_000, 5_000_000]:
        memory = _native.allocate(nbytes)
        assert memory.nbytes == nbytes
        assert memory.address % 64 == 0


def test_the_cache_keeps_its_limit() -> None:
    code = """
from raptors_xp import _native
blocks = [_native.allocate(3 << 20) for _ in range(40)]
del blocks
info = _native.memory_info()
assert info["cached"] <= info["cache_limit"] == 32 << 20, info
assert info["in_use"] == 0, info
big = _native.allocate(64 << 20)
del big
assert _native.memory_info()["cached"] <= 32 << 20
_native.trim()
assert _native.memory_info()["cached"] == 0
"""
    run(code, RAPTORS_CACHE_LIMIT="32M")


def test_new_sizes_push_out_rested_ones() -> None:
    code = """
from raptors_xp import _native
small = [_native.allocate(1 << 20) for _ in range(16)]
del small
for _ in range(3):
    block = _native.allocate(12 << 20)
    del block
before = _native.memory_info()["fresh"]
block = _native.allocate(12 << 20)
assert _native.memory_info()["fresh"] == before
"""
    run(code, RAPTORS_CACHE_LIMIT="16M")


RESIDENT = """
import gc
import raptors_xp as xp
from raptors_xp import _native

def resident():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024

start = resident()
arrays = [xp.ones((1024, 1024)) * float(i) for i in range(40)]  # 320 MiB: more than any limit here
total = sum(float(xp.sum(a)) for a in arrays)
assert resident() > start + (300 << 20)
del arrays
gc.collect()
print(resident() - start, _native.memory_info()["cache_limit"])
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_resident_memory_returns_to_within_the_limit() -> None:
    for limit, most in [("", 256 * MEBIBYTE), ("64M", 64 * MEBIBYTE), ("0", 0)]:
        grown, reported = map(int, run(RESIDENT, RAPTORS_CACHE_LIMIT=limit).split())
        assert reported == most
        assert grown <= most + 16 * MEBIBYTE  # the interpreter's own pages


def test_what_cannot_be_had_is_a_memory_error() -> None:
    for nbytes in [2**62, 2**63 - 1, 2**63, 2**80, -1]:
        with pytest.raises(MemoryError, match="raptors_xp"):
            _native.allocate(nbytes)
    gc.collect()
    assert float(xp.sum(xp.ones(10))) == 10.0
