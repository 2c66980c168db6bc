"""The array object: operators with arrays, scalars, strangers; conversions, attributes, text, copies, references."""

import copy
import gc
import operator
import pickle
import weakref
from typing import Any, cast

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

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


# --- attributes ----------------------------------------------------------------------------------------------------


@given(ndarrays())
def test_attributes(theirs: np.ndarray) -> None:
    x = xp.asarray(theirs)
    same(x, theirs)
    assert x.device == "cpu"
    assert x.itemsize == theirs.itemsize
    assert x.nbytes == theirs.nbytes
    assert x.to_device("cpu") is x
    if theirs.size > 1 and 1 not in theirs.shape:
        assert x.strides == theirs.strides
    assert x.__array_namespace__() is xp
    assert x.__array_namespace__(api_version="2025.12") is xp
    assert x.tolist() == theirs.tolist() or bool(np.any(theirs != theirs))


def test_attributes_are_read_only() -> None:
    x = xp.ones((2, 3))
    for name in ("shape", "dtype", "size", "T", "ndim", "device"):
        with pytest.raises(AttributeError):
            setattr(x, name, 1)


def test_devices_and_versions() -> None:
    x = xp.ones(2)
    with pytest.raises(ValueError, match="'gpu'"):
        x.to_device("gpu")
    with pytest.raises(ValueError, match="to_device: device=None"):
        x.to_device(None)
    with pytest.raises(ValueError, match="stream=3"):
        x.to_device("cpu", stream=3)
    with pytest.raises(ValueError, match=r"api_version='1999\.01'"):
        x.__array_namespace__(api_version="1999.01")
    with pytest.raises(ValueError, match=r"__array_namespace__: api_version=2025\.12"):
        x.__array_namespace__(api_version=cast(Any, 2025.12))


def test_conversions_of_special_numbers() -> None:
    # The standard's special cases of __bool__, __complex__, __float__ and __int__.
    for dtype in (xp.float32, xp.float64):
        nan, inf, zero = (xp.asarray(value, dtype=dtype) for value in (float("nan"), float("inf"), -0.0))
        assert repr(complex(nan)) == "(nan+nanj)"
        assert (complex(inf), complex(-inf), repr(complex(zero))) == (float("inf"), -float("inf"), "(-0+0j)")
        assert (bool(nan), bool(inf), bool(-inf), bool(zero)) == (True, True, True, False)
        assert (int(zero), int(xp.asarray(-2.75, dtype=dtype))) == (0, -2)
        for infinite in (inf, -inf):
            with pytest.raises(OverflowError, match="inf"):
                int(infinite)
        with pytest.raises(ValueError, match="nan"):
            int(nan)
    for dtype in (xp.complex64, xp.complex128):
        for value, truth in ((complex(0, float("nan")), True), (complex(-0.0, -0.0), False), (1j, True)):
            assert bool(xp.asarray(value, dtype=dtype)) is truth


# --- operators -----------------------------------------------------------------------------------------------------


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
    assert (x == np.asarray(["a", "b", "c"])) is False
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


# --- one element ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_conversions(name: str) -> None:
    for value in (0, 1):
        x = xp.asarray(value, dtype=getattr(xp, name))
        assert bool(x) is bool(value)
        assert complex(x) == value
        assert x.item() == value
        assert type(x.item()) is type(np.ones((), name).item())
        assert x.tolist() == value
        if name.startswith("c"):
            for conversion in (int, float):
                with pytest.raises(TypeError, match=f"{conversion.__name__}.*{name}"):
                    conversion(x)
        else:
            assert int(x) == value
            assert type(float(x)) is float
            assert float(x) == value
        if "int" in name:
            assert operator.index(x) == value
            assert [5, 6][x] == 5 + value
        else:
            with pytest.raises(TypeError, match=f"index.*{name}"):
                operator.index(x)


def test_conversions_of_more_than_one_element() -> None:
    for x in (xp.ones(1), xp.ones(3), xp.ones((2, 0))):
        for conversion in (int, float, complex, operator.index):
            with pytest.raises(TypeError, match=r"and only one of shape \(\) is one number"):
                conversion(x)
        with pytest.raises(ValueError, match=r"any\(x\) or all\(x\)"):
            bool(x)
    assert xp.ones((1, 1)).item() == 1.0
    with pytest.raises(ValueError, match="item"):
        xp.ones(2).item()
    assert bool(xp.asarray(float("nan")))
    with pytest.raises(ValueError, match="nan"):
        int(xp.asarray(float("nan")))
    with pytest.raises(OverflowError):
        int(xp.asarray(float("inf")))


def test_format() -> None:
    assert f"{xp.asarray(1.23456):.2f}" == "1.23"
    assert f"{xp.asarray(7):03d}" == "007"
    assert f"{xp.asarray(7)}" == "7"
    assert f"{xp.arange(3)}" == "[0 1 2]"
    with pytest.raises(TypeError, match=r"format.*'\.2f'"):
        f"{xp.ones(2):.2f}"


# --- containers ----------------------------------------------------------------------------------------------------


def test_length_and_iteration() -> None:
    x = xp.reshape(xp.arange(6), (3, 2))
    assert len(x) == 3
    rows = list(x)
    for ours, theirs in zip(rows, np.asarray(x), strict=True):
        same(ours, theirs)
    rows[0][0] = 99
    assert x[0, 0] == 99
    assert [int(each) for each in xp.arange(3)] == [0, 1, 2]
    assert 99 in x
    assert 98 not in x
    assert 2.5 not in x
    assert np.int64(99) in x
    a, b = xp.asarray([1, 2])
    assert a + b == 3
    for function in (len, iter):
        with pytest.raises(TypeError, match="zero-dimensional"):
            function(xp.asarray(1))
    assert list(xp.zeros((0, 3))) == []


def test_arrays_are_not_hashable() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(xp.ones(1))


# --- methods beyond the standard -----------------------------------------------------------------------------------


def test_numpy_methods() -> None:
    a = np.asarray([[1, 2, 3], [4, 5, 6]])
    x = xp.asarray(a, copy=True)
    for name in ("sum", "mean", "min", "max", "any", "all"):
        same(getattr(x, name)(), getattr(a, name)())
        same(getattr(x, name)(axis=0), getattr(a, name)(axis=0))
        same(getattr(x, name)(1, keepdims=True), getattr(a, name)(1, keepdims=True))
        with pytest.raises(TypeError, match=name):
            getattr(x, name)(out=x)
    same(x.sum(dtype=xp.float32), a.sum(dtype=np.float32))
    same(x.mean(dtype=xp.float32), a.mean(dtype=np.float32))
    same(x.reshape(3, 2), a.reshape(3, 2))
    same(x.reshape((3, -1)), a.reshape(3, -1))
    same(x.astype(xp.float32), a.astype(np.float32))
    assert x.astype(xp.int64, copy=False) is x
    assert x.astype(xp.int64) is not x
    with pytest.raises(TypeError, match="imaginary"):
        xp.ones(1, dtype=xp.complex64).astype(xp.float32)
    y = x.copy()
    y[0, 0] = 100
    assert x[0, 0] == 1
    assert x.tolist() == a.tolist()


# --- copies, pickles, references -----------------------------------------------------------------------------------


@given(ndarrays(), st.integers(0, 5))
def test_pickling(theirs: np.ndarray, protocol: int) -> None:
    x = xp.asarray(theirs)
    same(pickle.loads(pickle.dumps(x, protocol)), theirs)
    same(copy.copy(x), theirs)
    same(copy.deepcopy(x), theirs)
    same(copy.deepcopy([x])[0], theirs)


@pytest.mark.parametrize("protocol", range(6))
def test_unpickled_arrays_are_writable(protocol: int) -> None:
    y = pickle.loads(pickle.dumps(xp.ones(3), protocol))
    y[0] = 5
    assert y.tolist() == [5, 1, 1]


def test_pickling_out_of_band_shares_memory() -> None:
    x = xp.arange(1000)
    buffers: list[Any] = []
    data = pickle.dumps(x, 5, buffer_callback=buffers.append)
    assert len(data) < 500
    y = pickle.loads(data, buffers=buffers)
    same(y, np.arange(1000))
    assert np.shares_memory(np.asarray(x), np.asarray(y))
    frozen = pickle.loads(data, buffers=[bytes(each.raw()) for each in buffers])
    same(frozen, np.arange(1000))
    with pytest.raises(ValueError, match="read-only"):
        frozen[0] = 1
    shifted = bytearray(8001)
    shifted[1:] = buffers[0].raw()
    same(pickle.loads(data, buffers=[memoryview(shifted)[1:]]), np.arange(1000))
    with pytest.raises(ValueError, match="bytes"):
        pickle.loads(data, buffers=[b"123"])


def test_copies_are_deep() -> None:
    x = xp.ones(3)
    for copier in (copy.copy, copy.deepcopy):
        y = copier(x)
        y[0] = 9
        assert x[0] == 1


def test_weak_references() -> None:
    dead: list[Any] = []
    x = xp.ones(3)
    reference = weakref.ref(x, dead.append)
    assert reference() is x
    gc.collect()
    assert reference() is x
    del x
    assert reference() is None
    assert dead == [reference]
    for _ in range(1000):
        y = xp.ones(1)
        weakref.ref(y)
        watched = weakref.finalize(y, dead.append, 1)
        del y
        assert not watched.alive
    assert len(dead) == 1001
    gc.collect()


def test_arrays_may_belong_to_dictionaries_of_weak_values() -> None:
    table: Any = weakref.WeakValueDictionary()
    arrays = [xp.asarray(number) for number in range(50)]
    for number, array in enumerate(arrays):
        table[number] = array
    assert int(table[7]) == 7
    del arrays, array
    gc.collect()
    assert len(table) == 0


# --- text ----------------------------------------------------------------------------------------------------------


def expected_text(theirs: np.ndarray) -> str:
    return repr(theirs).replace("array(", "Array(", 1)


numbers = st.one_of(
    st.floats(width=32),
    st.floats(-1000, 1000, width=32),
    st.integers(-5, 5).map(float),
    st.sampled_from([0.1, 0.25, 1e-5, 1e8, 123456.789, float("nan"), float("inf"), -0.0]),
)


@given(st.data())
def test_repr_and_str_read_as_numpys(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NAMES))
    shape = data.draw(hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=6))
    if np.dtype(name).kind == "f":
        theirs = data.draw(hnp.arrays(np.float64, shape, elements=numbers)).astype(np.float32).astype(name)
    else:
        theirs = data.draw(hnp.arrays(np.dtype(name), shape))
        if np.dtype(name).kind == "c":
            with np.errstate(all="ignore"):
                theirs = np.round(theirs.real % 1000, 2) + 1j * np.round(theirs.imag % 1000, 2)
            theirs = np.asarray(theirs).astype(name)
    x = xp.asarray(theirs)
    assert repr(x) == expected_text(theirs)
    assert str(x) == str(theirs)


@pytest.mark.parametrize("shape", [(1000,), (1001,), (2000,), (40, 40), (3, 400), (2000, 2), (1, 1, 1500), (7, 8, 30)])
@pytest.mark.parametrize("name", ["bool", "int64", "int8", "float64", "float32", "complex128"])
def test_long_arrays_are_shortened(shape: tuple[int, ...], name: str) -> None:
    theirs = (np.arange(np.prod(shape)) * 0.75 - 30).reshape(shape).astype(name)
    assert repr(xp.asarray(theirs)) == expected_text(theirs)
    assert str(xp.asarray(theirs)) == str(theirs)


@pytest.mark.parametrize(
    "value",
    [[1.5, 2.25, 1e9], [1e-10, 1.0], [1 / 3, 2 / 3], [1e300, -1e-300], [np.nan, np.inf, -np.inf], [], [[], []], 5.0],
)
def test_repr_of_floats(value: Any) -> None:
    for name in ("float32", "float64"):
        with np.errstate(over="ignore"):
            theirs = np.asarray(value).astype(name)
        assert repr(xp.asarray(theirs)) == expected_text(theirs)
        assert str(xp.asarray(theirs)) == str(theirs)
