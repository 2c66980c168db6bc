"""einops: its array-API functions rearrange our arrays."""

import numpy as np
import pytest
from einops import array_api

import raptors_xp as xp

X = np.random.default_rng(1).normal(size=(4, 6, 3))


@pytest.mark.parametrize(
    "pattern", ["a b c -> c a b", "a b c -> (a b) c", "a b c -> a 1 b c", "a (b two) c -> two a b c"]
)
def test_rearrange(pattern: str) -> None:
    sizes = {"two": 2} if "two" in pattern else {}
    ours = array_api.rearrange(xp.asarray(X), pattern, **sizes)
    assert isinstance(ours, xp.Array)
    np.testing.assert_array_equal(np.asarray(ours), array_api.rearrange(X, pattern, **sizes))


@pytest.mark.parametrize("how", ["sum", "mean", "max", "min", "prod"])
def test_reduce(how: str) -> None:
    ours = array_api.reduce(xp.asarray(X), "a (b n) c -> a b", how, n=3)
    assert isinstance(ours, xp.Array)
    np.testing.assert_allclose(np.asarray(ours), array_api.reduce(X, "a (b n) c -> a b", how, n=3))


def test_repeat_pack_unpack() -> None:
    x = xp.asarray(X)
    np.testing.assert_array_equal(np.asarray(array_api.repeat(x, "a b c -> a (n b) c", n=2)), np.tile(X, (1, 2, 1)))
    packed, shapes = array_api.pack([x, x[..., 0]], "a b *")
    assert isinstance(packed, xp.Array)
    assert packed.shape == (4, 6, 4)
    np.testing.assert_array_equal(np.asarray(array_api.unpack(packed, shapes, "a b *")[0]), X)
