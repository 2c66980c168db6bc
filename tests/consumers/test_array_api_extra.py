"""array-api-extra: every function, with our arrays."""

from collections.abc import Callable
from typing import Any

import array_api_extra as xpx
import numpy as np
import pytest

import raptors_xp as xp

X = np.random.default_rng(8).normal(size=(5, 4))
N = np.where(X > 1, np.nan, X)
I = np.asarray([3, 1, 3, 0])  # noqa: E741

CALLS: dict[str, Callable[[Any], Any]] = {  # of what makes arrays
    "angle": lambda a: xpx.angle(a(X + 1j)),
    "apply_where": lambda a: xpx.apply_where(a(X) > 0, a(X), lambda x: x * 2, lambda x: x - 1),
    "argpartition": lambda a: a(X[0])[xpx.argpartition(a(X[0]), 2)[2]],
    "deg2rad": lambda a: xpx.deg2rad(a(X)),
    "diag_indices": lambda a: xpx.diag_indices(3, xp=a(X).__array_namespace__()),
    "atleast_nd": lambda a: xpx.atleast_nd(a(X), ndim=4),
    "at set": lambda a: xpx.at(a(X))[1, :].set(2.0),
    "at add": lambda a: xpx.at(a(X))[:, 2].add(1.0),
    "at mask": lambda a: xpx.at(a(X), a(X) > 0).multiply(3.0),
    "cov": lambda a: xpx.cov(a(X)),
    "create_diagonal": lambda a: xpx.create_diagonal(a(X[0]), offset=1),
    "default_dtype": lambda a: str(np.dtype(xpx.default_dtype(a(X).__array_namespace__()))),
    "isclose": lambda a: xpx.isclose(a(N), a(N), equal_nan=True),
    "isin": lambda a: xpx.isin(a(I), a(np.asarray([0, 3]))),
    "kron": lambda a: xpx.kron(a(X), a(X[:2])),
    "lazy_apply": lambda a: xpx.lazy_apply(lambda x: x * 2, a(X)),
    "nan_to_num": lambda a: xpx.nan_to_num(a(N), fill_value=3.0),
    "nanmax": lambda a: xpx.nanmax(a(N), axis=0),
    "nanmean": lambda a: xpx.nanmean(a(N), axis=1),
    "nanmin": lambda a: xpx.nanmin(a(N)),
    "nansum": lambda a: xpx.nansum(a(N), axis=0),
    "nunique": lambda a: xpx.nunique(a(I)),
    "one_hot": lambda a: xpx.one_hot(a(I), 5),
    "pad": lambda a: xpx.pad(a(X), ((1, 2), (0, 1)), constant_values=7.0),
    "partition": lambda a: xpx.partition(a(X[0]), 2)[2],
    "rad2deg": lambda a: xpx.rad2deg(a(X)),
    "searchsorted": lambda a: xpx.searchsorted(a(np.sort(X[0])), a(X[1])),
    "setdiff1d": lambda a: xpx.setdiff1d(a(I), a(np.asarray([3]))),
    "sinc": lambda a: xpx.sinc(a(X)),
    "tril_indices": lambda a: xpx.tril_indices(3, xp=a(X).__array_namespace__()),
    "triu_indices": lambda a: xpx.triu_indices(3, offset=1, xp=a(X).__array_namespace__()),
    "unravel_index": lambda a: xpx.unravel_index(a(I), (2, 3)),
    "union1d": lambda a: xpx.union1d(a(I), a(I + 2)),
}


def test_every_function_is_called() -> None:
    public = {name for name in xpx.__all__ if callable(getattr(xpx, name)) and name[0] != "_"}
    called = {name.split()[0] for name in CALLS}
    assert public - called <= {"broadcast_shapes", "expand_dims"}  # deprecated: the standard has them


@pytest.mark.parametrize("name", CALLS)
def test_calls(name: str) -> None:
    ours, theirs = CALLS[name](lambda x: xp.asarray(x, copy=True)), CALLS[name](np.array)
    if isinstance(theirs, tuple):
        np.testing.assert_array_equal(np.asarray([np.asarray(each) for each in ours]), np.asarray(theirs))
        assert isinstance(ours[0], xp.Array)
    elif isinstance(theirs, (np.ndarray, np.generic)):
        assert isinstance(ours, xp.Array)
        assert ours.dtype == theirs.dtype
        np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-12)
    else:
        assert ours == theirs
