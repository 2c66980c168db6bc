"""matmul and matrix_transpose against NumPy: every dtype, shape and layout; what they refuse."""

from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

SHAPES = [
    ((3,), (3,)),
    ((3,), (3, 4)),
    ((2, 3), (3,)),
    ((2, 3), (3, 4)),
    ((5, 1, 2, 3), (6, 3, 4)),
    ((3,), (6, 3, 4)),
    ((6, 2, 3), (3,)),
    ((2, 0), (0, 4)),
    ((0, 3), (3, 4)),
    ((0, 2, 3), (3, 4)),
    ((1, 1), (1, 1)),
    ((40, 30), (30, 50)),
]


@pytest.mark.parametrize("shapes", SHAPES)
@given(data=st.data())
def test_matmul(shapes: tuple[tuple[int, ...], tuple[int, ...]], data: st.DataObject) -> None:
    generator = np.random.default_rng(data.draw(st.integers(0, 99)))
    operands = []
    for shape in shapes:
        a = generator.integers(0, 5, shape).astype(data.draw(st.sampled_from(NAMES)))
        layout = data.draw(st.integers(0, 3))
        if layout == 1:
            a = np.asfortranarray(a)
        elif layout == 2:
            a = np.repeat(a, 2, axis=-1)[..., ::2]
        elif layout == 3:
            a = a[::-1].copy()[::-1]
        operands.append(a)
    a, b = operands
    same(xp.matmul(xp.asarray(a), xp.asarray(b)), np.matmul(a, b))
    same(xp.asarray(a) @ xp.asarray(b), np.matmul(a, b))


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 1e-4), ("float64", 1e-12), ("complex128", 1e-12)])
def test_large_products(dtype: str, tolerance: float) -> None:
    generator = np.random.default_rng(4)
    a, b = generator.normal(size=(2, 301, 301)).astype(dtype)
    for left, right in ((a, b), (a.T, b), (a, b.T), (a[:, ::-1], b[::2].repeat(2, axis=0)[:301])):
        ours = np.asarray(xp.matmul(xp.asarray(left), xp.asarray(right)))
        np.testing.assert_allclose(ours, left @ right, rtol=tolerance, atol=100 * tolerance)


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        ((), (3,), "^matmul: argument 1 is zero-dimensional; use multiply"),
        ((3,), (), "^matmul: argument 2 is zero-dimensional; use multiply"),
        ((2, 3), (2, 3), r"^matmul: shapes \(2, 3\) and \(2, 3\) do not fit: the first ends in size 3"),
        ((3,), (4,), r"^matmul: shapes \(3,\) and \(4,\) do not fit: .* the only axis of the second 4"),
        ((2, 1, 3), (3, 3, 1), r"^matmul: shapes \(2,\) and \(3,\) do not broadcast"),
    ],
)
def test_shapes_that_do_not_fit(left: tuple[int, ...], right: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        xp.matmul(xp.ones(left), xp.ones(right))


@pytest.mark.parametrize("wrong", [2, [[1.0]], None])
def test_what_is_no_array(wrong: Any) -> None:
    x = xp.ones((2, 2))
    with pytest.raises(TypeError, match=r"^matmul: argument 2 is .* not an array; .* asarray"):
        xp.matmul(x, wrong)
    with pytest.raises(TypeError, match=r"^matmul: argument 1 is .* not an array; .* asarray"):
        xp.matmul(wrong, x)


def test_matrix_transpose_is_a_view() -> None:
    a = np.arange(24).reshape(2, 3, 4)
    x = xp.asarray(a.copy())
    turned = xp.matrix_transpose(x)
    same(turned, np.swapaxes(a, 1, 2))
    turned[0, 1, 2] = -1
    assert int(x[0, 2, 1]) == -1
    with pytest.raises(ValueError, match=r"^matrix_transpose: an array of shape \(3,\) is not a matrix"):
        xp.matrix_transpose(xp.ones(3))
    with pytest.raises(TypeError, match=r"^matrix_transpose: argument 1 is 3"):
        xp.matrix_transpose(3)  # type: ignore[arg-type]
