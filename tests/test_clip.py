"""clip against NumPy: every real dtype, layout and bound; nan; scalars beyond the dtype; what is refused."""

import inspect
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

REAL = [name for name in NAMES if not name.startswith(("complex", "bool"))]


@given(st.data())
def test_clip(data: st.DataObject) -> None:
    a = data.draw(ndarrays(REAL))
    bounds: list[Any] = []
    for _ in range(2):
        kind = data.draw(st.integers(0, 3))
        if kind == 0:
            bounds.append(None)
        elif kind == 1:
            bounds.append(data.draw(st.integers(0, 100)))
        elif kind == 2:
            bounds.append(data.draw(ndarrays([a.dtype.name], a.shape)))
        else:
            bounds.append(data.draw(ndarrays([a.dtype.name], ())))
    try:
        theirs = np.clip(a, *bounds)
    except ValueError:
        return
    ours = [xp.asarray(each) if isinstance(each, np.ndarray) else each for each in bounds]
    same(xp.clip(xp.asarray(a), *ours), theirs)


@pytest.mark.parametrize("name", REAL)
def test_every_loop(name: str) -> None:
    rng = np.random.default_rng(1)
    a, low, high = ((rng.random((70, 90)) * 100).astype(name) for _ in range(3))
    for x, y, z in ((a, low, high), (a.T, low.T, high.T), (a, low[0], high[0]), (a, low[:, :1], high), (a[::2], 3, 60)):
        bounds = [each if isinstance(each, int) else xp.asarray(each) for each in (y, z)]
        same(xp.clip(xp.asarray(x), *bounds), np.clip(x, y, z))
        same(xp.clip(xp.asarray(x), 10, bounds[1]), np.clip(x, 10, z))
        same(xp.clip(xp.asarray(x), bounds[0], 90), np.clip(x, y, 90))


def test_special_cases() -> None:
    x = xp.asarray([1.0, np.nan, 5.0])
    same(xp.clip(x, 2.0, 4.0), np.asarray([2.0, np.nan, 4.0]))
    same(xp.clip(x, np.nan, 4.0), np.full(3, np.nan))
    same(xp.clip(x, 2.0, xp.asarray([np.nan, 1.0, 4.0])), np.asarray([np.nan, np.nan, 4.0]))
    same(xp.clip(x, 4.0, 2.0), np.asarray([2.0, np.nan, 2.0]))
    same(xp.clip(x), np.asarray(x))
    y = xp.clip(x)
    y[0] = 9.0
    assert float(x[0]) == 1.0
    same(xp.clip(xp.asarray([True, False]), True, True), np.asarray([True, True]))
    same(xp.clip(x, min=2.0), np.asarray([2.0, np.nan, 5.0]))
    same(xp.clip(x, max=2.0), np.asarray([1.0, np.nan, 2.0]))


def test_scalars_promote_as_ever() -> None:
    x = xp.asarray([1, 100, -7], dtype=xp.int8)
    same(xp.clip(x, -1000, 50), np.asarray([1, 50, -7], np.int8))
    same(xp.clip(x, 0, 1000), np.asarray([1, 100, 0], np.int8))
    same(xp.clip(x, 0, 2.5), np.asarray([1.0, 2.5, 0.0]))
    same(xp.clip(x, xp.asarray([2], dtype=xp.int16), None), np.asarray([2, 100, 2], np.int16))


def test_what_is_refused() -> None:
    x = xp.asarray([1, 2], dtype=xp.int8)
    with pytest.raises(OverflowError, match=r"^clip: \w+=1000 is out of range for int8"):
        xp.clip(x, 1000)
    with pytest.raises(TypeError, match=r"^clip: dtype complex128 of .* is not supported"):
        xp.clip(xp.asarray([1j]), 0, 1)
    with pytest.raises(TypeError, match=r"^clip: max='a' of type str is not an array"):
        xp.clip(x, 0, "a")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^clip: x1?=1 of type int is not an array"):
        xp.clip(1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^clip: operands could not be broadcast together with shapes"):
        xp.clip(x, xp.ones(3, dtype=xp.int8), 5)
    parameters = list(inspect.signature(xp.clip).parameters.values())
    assert [(each.name, each.default) for each in parameters[1:]] == [("min", None), ("max", None)]
