"""pandas: frames and series of our elements, and arithmetic of both."""

import numpy as np
import pandas as pd

import raptors_xp as xp

X = np.random.default_rng(1).normal(size=(5, 3))


def test_frames_and_series_take_our_elements() -> None:
    pd.testing.assert_frame_equal(
        pd.DataFrame(xp.asarray(X), columns=list("abc")), pd.DataFrame(X, columns=list("abc"))
    )
    pd.testing.assert_series_equal(pd.Series(xp.asarray(X[:, 0])), pd.Series(X[:, 0]))
    frame = pd.DataFrame({"a": xp.asarray(X[:, 0]), "b": xp.arange(5)})
    assert list(frame.dtypes) == [np.float64, np.int64]
    frame["c"] = xp.asarray(X[:, 1])
    np.testing.assert_array_equal(frame["c"], X[:, 1])


def test_arithmetic_gives_series() -> None:
    series = pd.Series(X[:, 0])
    for result in (series + xp.asarray(X[:, 1]), xp.asarray(X[:, 1]) + series, np.add(xp.asarray(X[:, 1]), series)):
        assert isinstance(result, pd.Series)
        np.testing.assert_allclose(result, X[:, 0] + X[:, 1])


def test_series_become_arrays() -> None:
    ours = xp.asarray(pd.Series(X[:, 0]).to_numpy())
    assert isinstance(ours, xp.Array)
    np.testing.assert_array_equal(np.asarray(xp.asarray(pd.DataFrame(X))), X)


def test_arrays_are_no_scalars() -> None:
    x = xp.asarray([1.0, xp.nan])
    assert not pd.api.types.is_scalar(x)
    assert pd.isna(x).tolist() == [False, True]
    assert pd.notna(x).tolist() == [True, False]
