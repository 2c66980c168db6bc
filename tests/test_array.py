"""The array object: attributes, conversions, containers, methods, copies and pickles."""

import copy
import operator
import pickle
from typing import Any, cast

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

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
    assert bool(xp.ones((1, 1))) is True
    assert bool(xp.zeros(1)) is False
    for x in (xp.ones(1), xp.ones(3), xp.ones((2, 0))):
        for conversion in (int, float, complex, operator.index):
            with pytest.raises(TypeError, match=r"and only one of shape \(\) is one number"):
                conversion(x)
        if x.size != 1:
            with pytest.raises(ValueError, match=r"ambiguous; use any\(x\) or all\(x\)"):
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
    for order in ("C", "F", "A", "K"):
        for each, theirs in ((x, a), (x.T, a.T), (x[:, ::2], a[:, ::2])):
            copied = each.copy(order)
            same(copied, theirs.copy(order))
            assert copied.strides == theirs.copy(order).strides
            copied[0, 0] = 100
            assert each[0, 0] == 1
    with pytest.raises(ValueError, match="copy: order='Z' is not known; use one of 'C', 'F'"):
        x.copy("Z")
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


@pytest.mark.parametrize("order", [(1, 0, 2), (2, 1, 0), (1, 2, 0)])
def test_pickling_keeps_the_order_of_axes_in_memory(order: tuple[int, ...]) -> None:
    x = xp.permute_dims(xp.reshape(xp.arange(60), (3, 4, 5)), order)
    buffers: list[Any] = []
    y = pickle.loads(pickle.dumps(x, 5, buffer_callback=buffers.append), buffers=buffers)
    same(y, np.asarray(x))
    assert y.strides == x.strides
    assert np.shares_memory(np.asarray(x), np.asarray(y))
    same(pickle.loads(pickle.dumps(x, 2)), np.asarray(x))
    same(pickle.loads(pickle.dumps(x[:, ::2])), np.asarray(x[:, ::2]))


def test_copies_are_deep() -> None:
    x = xp.ones(3)
    for copier in (copy.copy, copy.deepcopy):
        y = copier(x)
        y[0] = 9
        assert x[0] == 1
