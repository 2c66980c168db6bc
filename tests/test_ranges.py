"""arange and linspace to the last bit, however they are cut, in every dtype. What they refuse: test_creation.py."""

import numpy as np
import pytest
from against_numpy import same

import raptors_xp as xp


@pytest.mark.parametrize("count", [0, 1, 2, 511, 512, 513, 5000, 70_001])
def test_ranges_are_exact(count: int) -> None:
    """However they are cut: integers wrap around on the way, whole floats and others are rounded where NumPy's are."""
    for start, step in ((0, 1), (5, -1), (-70_000, 3), (2**31 - 1, -7), (2**52, 1)):
        stop = start + count * step
        whole = np.arange(count, dtype=np.int64) * step + start
        for name in ("int32", "int64", "uint64", "float32", "float64", "complex64", "complex128"):
            info = np.iinfo(name) if name[0] in "iu" else None
            if info is None or count == 0 or info.min <= whole.min() <= whole.max() <= info.max:
                same(xp.arange(start, stop, step, dtype=getattr(xp, name)), whole.astype(name))
        for real in (float(start), start + 0.1):
            product = np.arange(count, dtype=np.float64) * (step + 0.3)
            x = xp.arange(real, real + (count - 0.5) * (step + 0.3), step + 0.3)
            same(x, (product + real)[: max(0, x.size)])
            assert x.size == count
    x = xp.arange(2**64 - 1, 2**64 - 1 - 3 * count, -3, dtype=xp.uint64)
    same(x, np.uint64(2**64 - 1) - 3 * np.arange(count, dtype=np.uint64))
    same(xp.arange(2**62, 2**62 + count, dtype=xp.float64), (2**62 + np.arange(count)).astype(np.float64))
    number = max(1, min(count, 255))
    same(xp.arange(255, 255 - number, -1, dtype=xp.uint8), np.arange(255, 255 - number, -1, dtype=np.uint8))


def test_ranges_keep_the_sign_of_zero() -> None:
    same(xp.arange(0.0, -3.0, -1.0), [0.0, -1.0, -2.0])
    same(xp.arange(-0.0, -3.0, -1.0), [-0.0, -1.0, -2.0])
    same(xp.arange(-0.0, 2.0), [0.0, 1.0])
    same(xp.linspace(-0.0, 1.0, 1), [-0.0])
    same(xp.linspace(float("inf"), float("inf"), 1), [float("inf")])


def test_linspace_of_integers_is_rounded_down() -> None:
    for count in (2, 7, 1500):
        for name in ("int8", "uint8", "int64"):
            start, stop = (0, 200) if name == "uint8" else (-100, 27)
            due = np.linspace(start, stop, count, dtype=name)
            same(xp.linspace(start, stop, count, dtype=getattr(xp, name)), due)
    same(xp.linspace(0, 3, 1000, dtype=xp.complex64), np.linspace(0, 3, 1000, dtype=np.complex64))
    same(xp.linspace(0, 3, 1000, dtype=xp.float32), np.linspace(0, 3, 1000, dtype=np.float32))
    with pytest.raises(TypeError, match="imaginary"):
        xp.linspace(1j, 3, 10, dtype=xp.float32)
