"""where against NumPy: every dtype, layout and scalar; what it refuses."""

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import raptors_xp as xp


@given(st.data(), hnp.mutually_broadcastable_shapes(num_shapes=3, max_dims=3, min_side=0, max_side=3))
def test_where(data: st.DataObject, broadcastable: hnp.BroadcastableShapes) -> None:
    condition = data.draw(ndarrays(["bool"], broadcastable.input_shapes[0]))
    a = data.draw(ndarrays(None, broadcastable.input_shapes[1]))
    b = data.draw(ndarrays(None, broadcastable.input_shapes[2]))
    try:
        expected = np.where(condition, a, b)
    except ValueError:
        with pytest.raises(ValueError, match=r"^where: shapes .* do not broadcast"):
            xp.where(xp.asarray(condition), xp.asarray(a), xp.asarray(b))
        return
    same(xp.where(xp.asarray(condition), xp.asarray(a), xp.asarray(b)), expected)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scalar", [True, 3, 2.5, 1j])
def test_scalars(name: str, scalar: float) -> None:
    condition = np.asarray([[True, False, True], [False, False, True]])
    a = np.asarray([0, 1, 5], name)
    expected = np.result_type(a, scalar)
    for view in (a, a[::-1]):
        x = xp.asarray(view)
        same(
            xp.where(xp.asarray(condition), x, scalar),
            np.where(condition, view, expected.type(scalar)).astype(expected),
        )
        same(
            xp.where(xp.asarray(condition), scalar, x),
            np.where(condition, expected.type(scalar), view).astype(expected),
        )
        same(xp.where(xp.asarray(condition[0]), x, scalar), np.where(condition[0], view, expected.type(scalar)))


def test_what_is_refused() -> None:
    condition = xp.asarray([True, False])
    x = xp.asarray([1, 2], dtype=xp.int8)
    with pytest.raises(TypeError, match=r"^where: 1 and 2.5 are both Python scalars, .* asarray"):
        xp.where(condition, 1, 2.5)
    with pytest.raises(TypeError, match=r"^where: the condition has dtype int8, not bool; compare it"):
        xp.where(x, x, x)  # type: ignore[arg-type]
    with pytest.raises(OverflowError, match=r"^where: the Python int 1000 is out of range for int8"):
        xp.where(condition, x, 1000)
    for position in range(3):
        operands = [condition, x, x]
        operands[position] = [1, 2]  # type: ignore[call-overload]
        with pytest.raises(TypeError, match=rf"^where: argument {position + 1} is \[1, 2\] of type list, not an array"):
            xp.where(*operands)  # type: ignore[arg-type]
