"""polars: series and frames of our elements, both ways."""

import numpy as np
import polars as pl

import raptors_xp as xp

X = np.random.default_rng(1).normal(size=(5, 3))


def test_both_ways() -> None:
    series = pl.Series("a", np.asarray(xp.asarray(X[:, 0])))
    np.testing.assert_array_equal(series.to_numpy(), X[:, 0])
    np.testing.assert_array_equal(np.asarray(xp.asarray(series.to_numpy())), X[:, 0])
    np.testing.assert_array_equal(np.asarray(xp.asarray(series)), X[:, 0])
    frame = pl.DataFrame({"a": np.asarray(xp.arange(5)), "b": np.asarray(xp.asarray(X[:, 1]))})
    np.testing.assert_array_equal(frame["b"].to_numpy(), X[:, 1])
