"""The operators of arrays: with arrays, scalars and strangers, forward, reflected and in place."""

import operator
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

ARITHMETIC = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.floordiv,
    operator.mod,
    operator.pow,
]
BITWISE = [operator.and_, operator.or_, operator.xor, operator.lshift, operator.rshift]
COMPARISONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
IN_PLACE = [
    operator.iadd,
    operator.isub,
    operator.imul,
    operator.itruediv,
    operator.ifloordiv,
    operator.imod,
    operator.ipow,
    operator.iand,
    operator.ior,
    operator.ixor,
    operator.ilshift,
    operator.irshift,
]


@pytest.mark.parametrize("name", ["int8", "int64", "uint8", "uint64", "float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("operation", [*ARITHMETIC, operator.eq, operator.ne])
def test_arithmetic(name: str, operation: Any) -> None:
    if name.startswith("c") and operation in (operator.floordiv, operator.mod):
        return
    a = (np.arange(12).reshape(3, 4) % 5 + 1).astype(name)
    b = (np.arange(4) % 3 + 1).astype(name)
    x, y = xp.asarray(a), xp.asarray(b)
    compare = np.testing.assert_allclose
    for ours, theirs in [
        (operation(x, y), operation(a, b)),
        (operation(x.T, x.T), operation(a.T, a.T)),
        (operation(x, 2), operation(a, 2)),
        (operation(2, x), operation(2, a)),
        (operation(x, b), operation(a, b)),
        (operation(a, y), operation(a, b)),
        (operation(x, b[1]), operation(a, b[1])),
        (operation(b[1], x), operation(b[1], a)),
    ]:
        assert isinstance(ours, xp.Array)
        assert ours.shape == theirs.shape
        if not isinstance(b[1], (float, complex)):  # those are Python scalars to us
            assert ours.dtype.name == theirs.dtype.name
        compare(np.asarray(ours), theirs, rtol=1e-6)


@pytest.mark.parametrize("name", ["bool", "int8", "int64", "uint16"])
@pytest.mark.parametrize("operation", BITWISE)
def test_bitwise(name: str, operation: Any) -> None:
    if name == "bool" and operation in (operator.lshift, operator.rshift):
        return
    a = (np.arange(12).reshape(3, 4) % 5).astype(name)
    x = xp.asarray(a)
    same(operation(x, x[1:2]), operation(a, a[1:2]))
    same(operation(x, a), operation(a, a))
    same(operation(a, x), operation(a, a))
    scalar = True if name == "bool" else 3
    same(operation(x, scalar), operation(a, scalar))
    same(operation(scalar, x), operation(scalar, a))
    same(~x, ~a)


@given(ndarrays(names=["int16", "uint32", "float32", "float64"]), st.sampled_from(COMPARISONS))
def test_comparisons(theirs: np.ndarray, operation: Any) -> None:
    x = xp.asarray(theirs)
    same(operation(x, x), operation(theirs, theirs))
    same(operation(x, 3), operation(theirs, 3))
    same(operation(3, x), operation(3, theirs))
    same(operation(x, theirs), operation(theirs, theirs))
    same(operation(theirs, x), operation(theirs, theirs))


@given(ndarrays(names=NAMES[1:]))
def test_unary_operators(theirs: np.ndarray) -> None:
    x = xp.asarray(theirs)
    same(+x, theirs)
    same(-x, -theirs)
    if theirs.dtype.kind != "c":
        same(abs(x), abs(theirs))


def test_matrix_products() -> None:
    a, b = np.arange(6.0).reshape(2, 3), np.arange(12.0).reshape(3, 4)
    x, y = xp.asarray(a), xp.asarray(b)
    for result in (x @ y, x @ b, a @ y):
        same(result, a @ b)
    square = xp.asarray(np.arange(9.0).reshape(3, 3), copy=True)
    expected = np.asarray(square) @ np.asarray(square)
    square @= square
    same(square, expected)
    with pytest.raises(ValueError, match="@="):
        x @= y
    integers = xp.ones((2, 2), dtype=xp.int64)
    with pytest.raises(TypeError, match="@="):
        integers @= xp.ones((2, 2))
    with pytest.raises(TypeError):
        x @ "a"
    with pytest.raises(TypeError):
        x @ 2


@pytest.mark.parametrize("operation", IN_PLACE)
def test_in_place_operators_keep_the_memory(operation: Any) -> None:
    name = "float64" if operation is operator.itruediv else "int64"
    for other in (np.asarray([1, 2, 3], name), 2):
        theirs = np.asarray([[5, 6, 7], [8, 9, 10]], name)
        x = xp.asarray(theirs, copy=True)
        view = x[1]
        target = x
        for value in (xp.asarray(other) if isinstance(other, np.ndarray) else other, other):
            target = operation(target, value)
            theirs = operation(theirs, other)
        assert target is x
        same(x, theirs)
        same(view, theirs[1])


def test_in_place_operators_refuse_what_changes_the_array() -> None:
    x = xp.asarray([1, 2, 3])
    for value in (1.5, xp.ones(3), np.ones(3), np.ones(3, np.complex64)):
        with pytest.raises(TypeError, match="int64"):
            x += value
    with pytest.raises(TypeError):
        x /= 2
    with pytest.raises(ValueError, match=r"\(2, 3\)"):
        x += xp.ones((2, 3), dtype=xp.int64)
    with pytest.raises(TypeError):
        x += "a"
    y = xp.broadcast_to(xp.asarray(1), (3,))
    with pytest.raises(ValueError, match="read-only"):
        y += 1
    assert x.tolist() == [1, 2, 3]


class Stranger:
    """An object with operators of its own."""

    def __radd__(self, other: object) -> str:
        return "theirs"

    def __add__(self, other: object) -> str:
        return "theirs first"

    def __rmatmul__(self, other: object) -> str:
        return "theirs"

    def __eq__(self, other: object) -> Any:
        return "equal"

    def __gt__(self, other: object) -> Any:
        return "greater"

    __hash__ = None  # type: ignore[assignment]


def test_strangers_get_their_turn() -> None:
    x = xp.ones(3)
    assert x + Stranger() == "theirs"
    assert Stranger() + x == "theirs first"
    assert x @ Stranger() == "theirs"
    assert (x == Stranger()) == "equal"
    assert (x < Stranger()) == "greater"
    y: Any = xp.ones(3)
    y += Stranger()
    assert y == "theirs"


@pytest.mark.parametrize("value", ["a", None, [1, 2, 3], object(), {}])
def test_strangers_without_operators(value: Any) -> None:
    x = xp.ones(3)
    assert (x == value) is False
    assert (x != value) is True
    for operation in [*ARITHMETIC, *BITWISE, operator.lt, operator.ge, operator.matmul, operator.iadd]:
        with pytest.raises(TypeError):
            operation(x, value)
        if operation not in (operator.mod, operator.iadd):  # text has % and lists have += for anything
            with pytest.raises(TypeError):
                operation(value, x)
    assert value not in x


def test_numpy_arrays_of_other_dtypes() -> None:
    x = xp.ones(3)
    assert (x == np.asarray(["a", "b", "c"])).tolist() == [False, False, False]
    with pytest.raises(TypeError, match="Unsupported"):
        x + np.asarray([1, 2, 3], dtype=object)
    with pytest.raises(TypeError, match="float16"):
        x * np.ones(3, dtype=np.float16)


def test_promotion_between_kinds_follows_numpy() -> None:
    for first in NAMES:
        for second in NAMES:
            a, b = np.ones(2, first), np.ones(2, second)
            expected = (a * b).dtype.name
            assert (xp.asarray(a) * xp.asarray(b)).dtype.name == expected
            assert (a * xp.asarray(b)).dtype.name == expected
            assert (xp.asarray(a) * b).dtype.name == expected
    assert (xp.ones(2, dtype=xp.float32) * np.float64(2)).dtype == xp.float32  # a Python float
    assert (np.float32(2) * xp.ones(2)).dtype == xp.float64
    assert (xp.ones(2, dtype=xp.int8) + np.int64(2)).dtype == xp.int64


def test_numpy_functions_take_arrays() -> None:
    x = xp.asarray([-1.0, 4.0])
    np.testing.assert_array_equal(np.abs(x), [1, 4])
    for function in (np.sum, np.mean, np.max, np.min, np.any, np.all):
        assert float(function(x)) == float(function(np.asarray(x)))
    target = np.zeros(2)
    np.add(target, x, out=target)
    assert target.tolist() == [-1, 4]
