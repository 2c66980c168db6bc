"""Other libraries: NumPy, buffers and DLPack, both ways, over the same memory and with honest flags."""

import collections.abc
import ctypes
import enum
import inspect
import sys
import threading
from typing import Any

import array_api_strict
import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given

import raptors_xp as xp

# --- NumPy ---------------------------------------------------------------------------------------------------------


@given(ndarrays())
def test_arrays_become_ndarrays_over_the_same_memory(theirs: np.ndarray) -> None:
    x = xp.asarray(theirs, copy=True)
    for result in (np.asarray(x), x.__array__(), np.array(x, copy=False), np.asarray(memoryview(x))):
        assert isinstance(result, np.ndarray)
        np.testing.assert_array_equal(result, theirs, strict=True)
        assert result.flags.writeable
        assert x.size == 0 or result.ctypes.data == x._memory.address
    copied = np.array(x, copy=True)
    assert x.size == 0 or not np.shares_memory(copied, np.asarray(x))


def test_array_method() -> None:
    x = xp.arange(3)
    assert x.__array__(np.dtype("f4")).dtype == np.float32
    assert x.__array__(np.dtype("i8"), copy=False).ctypes.data == x._memory.address
    assert x.__array__(copy=True).ctypes.data != x._memory.address
    with pytest.raises(ValueError, match="copy=False"):
        x.__array__(np.dtype("f4"), copy=False)
    assert np.asarray(x, dtype=np.float32).dtype == np.float32
    x.__array__()[0] = 7
    assert x[0] == 7


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("float64", "complex128")])
def test_functions_take_numpy_scalars_as_arrays(name: str) -> None:  # those two are Python scalars too
    theirs = np.asarray([0, 1, 1], name)
    scalar = theirs[1]
    x = xp.asarray(theirs, copy=True)
    assert str(xp.result_type(scalar)) == name
    same(xp.sum(scalar), np.asarray(np.sum(scalar)))
    same(xp.logical_not(scalar), np.asarray(np.logical_not(scalar)))
    same(xp.multiply(x, scalar), np.multiply(theirs, scalar))
    same(xp.equal(scalar, x), np.equal(scalar, theirs))
    same(xp.logical_or(scalar, x), np.logical_or(scalar, theirs))
    same(xp.where(x != 0, scalar, x), np.where(theirs != 0, scalar, theirs))
    same(xp.isin(x, scalar), np.isin(theirs, scalar))
    if theirs.dtype.kind in "iuf":
        same(xp.clip(x, scalar, None), np.clip(theirs, scalar, None))
        same(xp.maximum(scalar, x), np.maximum(scalar, theirs))
        same(xp.less(scalar, x), np.less(scalar, theirs))
        same(xp.searchsorted(x, scalar), np.asarray(np.searchsorted(theirs, scalar)))


def test_functions_take_numpy_arrays() -> None:
    theirs = np.arange(6.0).reshape(2, 3)[:, ::-1]
    same(xp.square(theirs), np.square(theirs))
    same(xp.sum(theirs, axis=0), theirs.sum(axis=0))
    same(xp.concat([xp.ones((1, 3)), theirs]), np.concatenate([np.ones((1, 3)), theirs]))
    same(xp.diff(theirs, append=theirs), np.diff(theirs, append=theirs))
    same(xp.matmul(theirs, theirs.T), theirs @ theirs.T)
    for function in (xp.square, xp.sum, xp.sort):
        with pytest.raises(TypeError, match=rf"{function.__name__}: Unsupported NumPy dtype datetime64.*x; convert"):
            function(np.datetime64("2020-01-01"))


def test_numpy_writes_into_our_memory() -> None:
    x = xp.zeros((2, 3))
    np.add(1, 2, out=np.asarray(x))
    assert bool(xp.all(x == 3))
    np.asarray(x)[0] = 5
    assert x[0, 0] == 5
    np.copyto(np.asarray(x), 1)
    assert bool(xp.all(x == 1))


def test_read_only_arrays_stay_read_only() -> None:
    theirs = np.ones(3)
    theirs.flags.writeable = False
    x = xp.asarray(theirs)
    with pytest.raises(ValueError, match="read-only"):
        x[0] = 1
    assert not np.asarray(x).flags.writeable
    assert memoryview(x).readonly
    assert not np.from_dlpack(x).flags.writeable
    y = xp.asarray(theirs, copy=True)
    y[0] = 5
    assert theirs[0] == 1


def test_memory_lives_as_long_as_its_users() -> None:
    view = np.asarray(xp.arange(1000) + 1)
    ours = xp.asarray(np.arange(1000) + 1)
    part = memoryview(xp.arange(1000))[10:20]
    filler = [xp.zeros(1000) for _ in range(10)]
    assert view.sum() == 500500
    assert int(xp.sum(ours)) == 500500
    assert part[0] == 10
    del filler


# --- buffers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_buffers(name: str) -> None:
    x = xp.ones((2, 3), dtype=getattr(xp, name))
    view = memoryview(x)
    assert view.shape == (2, 3)
    assert view.strides == x.strides
    assert view.itemsize == x.itemsize
    assert not view.readonly
    assert view.nbytes == x.nbytes
    assert view.tobytes() == np.ones((2, 3), name).tobytes()
    same(xp.asarray(view), np.ones((2, 3), name))
    assert not memoryview(x.T).c_contiguous or x.size == 1
    assert memoryview(x[::-1]).tobytes() == np.ones((2, 3), name).tobytes()


def test_bytes_of_arrays() -> None:
    assert bytes(xp.asarray([1, 2], dtype=xp.uint8)) == b"\x01\x02"
    target = bytearray(16)
    memoryview(target)[:] = memoryview(xp.asarray([1.0, 2.0])).cast("B")
    assert np.frombuffer(target).tolist() == [1, 2]


def test_methods_of_the_buffer_protocol_since_python_3_12() -> None:
    x = xp.ones((2, 3))
    assert hasattr(x, "__buffer__") == hasattr(x, "__release_buffer__") == hasattr(b"", "__buffer__")
    if hasattr(x, "__buffer__"):
        assert isinstance(x, collections.abc.Buffer)
        view = x.__buffer__(inspect.BufferFlags.FULL)
        view[1, 2] = 7.0
        assert x[1, 2] == 7
        x.__release_buffer__(view)
        with pytest.raises(ValueError, match="released"):
            view[1, 2]
        with pytest.raises(BufferError, match="not C-contiguous"):
            x.T.__buffer__(inspect.BufferFlags.SIMPLE)
        with pytest.raises(TypeError):
            x.__buffer__("simple")


# --- DLPack --------------------------------------------------------------------------------------------------------


@given(ndarrays())
def test_dlpack_both_ways(theirs: np.ndarray) -> None:
    if not theirs.flags.writeable or theirs.dtype.byteorder == ">":
        theirs = theirs.copy()
    x = xp.from_dlpack(theirs)
    same(x, theirs)
    assert x.size == 0 or np.shares_memory(np.asarray(x), theirs)
    back = np.from_dlpack(x)
    np.testing.assert_array_equal(back, theirs, strict=True)
    assert x.size == 0 or np.shares_memory(back, theirs)
    same(xp.from_dlpack(x), theirs)
    copied = xp.from_dlpack(theirs, copy=True)
    same(copied, theirs)
    assert x.size == 0 or not np.shares_memory(np.asarray(copied), theirs)


def test_dlpack_device_and_capsules() -> None:
    x = xp.ones(3)
    assert x.__dlpack_device__() == (1, 0)
    assert '"dltensor"' in repr(x.__dlpack__())
    assert '"dltensor"' in repr(x.__dlpack__(max_version=(0, 8)))
    assert '"dltensor_versioned"' in repr(x.__dlpack__(max_version=(1, 0)))
    assert '"dltensor_versioned"' in repr(x.__dlpack__(max_version=(2, 3), dl_device=(1, 0), copy=False))
    for bad in ((2, 0), (1, 1)):
        with pytest.raises(BufferError, match="dl_device"):
            x.__dlpack__(dl_device=bad)
    with pytest.raises(ValueError, match="stream=1"):
        x.__dlpack__(stream=1)


class DeviceType(enum.Enum):
    CPU = 1
    CUDA = 2


def test_dlpack_devices_may_be_enumerations() -> None:
    x = xp.ones(3)

    class Producer:
        def __init__(self, device: Any) -> None:
            self.device = device

        def __dlpack__(self, **given: Any) -> Any:
            return x.__dlpack__(**given)

        def __dlpack_device__(self) -> Any:
            return self.device

    assert '"dltensor_versioned"' in repr(x.__dlpack__(max_version=(1, 0), dl_device=(DeviceType.CPU, 0)))
    with pytest.raises(BufferError, match="CUDA"):
        x.__dlpack__(dl_device=(DeviceType.CUDA, 0))
    assert xp.from_dlpack(Producer((DeviceType.CPU, 0))).tolist() == [1, 1, 1]
    with pytest.raises(BufferError, match="device type 2"):
        xp.from_dlpack(Producer((DeviceType.CUDA, 0)))
    with pytest.raises(TypeError, match=r"^from_dlpack: __dlpack_device__\(\)='cpu' is not a DLPack device"):
        xp.from_dlpack(Producer("cpu"))
    for device in (1, "cpu", (1, 0, 0), ("1", 0), (None, 0)):
        with pytest.raises(TypeError, match=r"^__dlpack__: dl_device=.* is not a DLPack device; .* \(1, 0\)"):
            x.__dlpack__(dl_device=device)
    for version in (1, "1.0", (), (None, 0)):
        with pytest.raises(TypeError, match=r"^__dlpack__: max_version=.* is not a DLPack version; .* \(1, 0\)"):
            x.__dlpack__(max_version=version)


def test_dlpack_copies() -> None:
    x = xp.arange(4)

    class Producer:
        def __init__(self, **options: Any) -> None:
            self.options = options

        def __dlpack__(self, **given: Any) -> Any:
            return x.__dlpack__(**{**given, **self.options})

        def __dlpack_device__(self) -> Any:
            return (1, 0)

    shared = xp.from_dlpack(Producer())
    shared[0] = 9
    assert x[0] == 9
    copied = xp.from_dlpack(Producer(copy=True))
    copied[0] = 5
    assert x[0] == 9
    for version in (None, (1, 0)):
        copied = xp.from_dlpack(Producer(max_version=version), copy=True)
        copied[0] = 5
        assert x[0] == 9
    assert int(xp.from_dlpack(Producer(), copy=False)[0]) == 9


def test_dlpack_of_read_only_arrays() -> None:
    x = xp.broadcast_to(xp.asarray(1.0), (3,))
    with pytest.raises(BufferError, match="read-only"):
        x.__dlpack__()
    y = xp.from_dlpack(x)
    with pytest.raises(ValueError, match="read-only"):
        y[0] = 1
    z = xp.from_dlpack(x, copy=True)
    z[0] = 2
    assert '"dltensor"' in repr(x.__dlpack__(copy=True))


class Old:
    """A producer from before DLPack 1.0."""

    def __init__(self, x: Any) -> None:
        self.x = x

    def __dlpack__(self, *, stream: Any = None) -> Any:
        return self.x.__dlpack__()

    def __dlpack_device__(self) -> Any:
        return (1, 0)


class Elsewhere(Old):
    """A producer whose memory is on another device."""

    def __dlpack__(self, *, max_version: Any = None, dl_device: Any = None, copy: Any = None) -> Any:
        if dl_device != (1, 0):
            raise AssertionError("asked for memory that cannot be read")
        if copy is False:
            raise BufferError("a copy is needed")
        return self.x.__dlpack__(max_version=max_version, copy=True)

    def __dlpack_device__(self) -> Any:
        return (2, 0)


def test_producers_of_all_ages_and_places() -> None:
    x = xp.arange(3)
    assert xp.from_dlpack(Old(x)).tolist() == [0, 1, 2]
    assert xp.from_dlpack(Old(x), copy=False).tolist() == [0, 1, 2]
    assert xp.asarray(Old(x)).tolist() == [0, 1, 2]
    with pytest.raises(BufferError, match="device type 2"):
        xp.from_dlpack(Elsewhere(x))
    assert xp.from_dlpack(Elsewhere(x), device="cpu").tolist() == [0, 1, 2]
    with pytest.raises(BufferError, match="copy"):
        xp.from_dlpack(Elsewhere(x), device="cpu", copy=False)
    with pytest.raises(TypeError, match="DLPack"):
        xp.asarray(Elsewhere(x))
    with pytest.raises(AttributeError, match="__dlpack__"):
        xp.from_dlpack([1, 2])
    with pytest.raises(BufferError, match="dtype"):
        xp.from_dlpack(np.ones(2, np.float16))


@pytest.mark.parametrize(("field", "value"), [("size", -2), ("size", 2**62), ("size", 2**60), ("data", 0)])
def test_tensors_that_cannot_be(field: str, value: int) -> None:
    class Broken:
        def __dlpack__(self, **_: Any) -> Any:
            capsule = np.ones((4, 4)).__dlpack__()
            pointer = ctypes.pythonapi.PyCapsule_GetPointer
            pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
            tensor = pointer(capsule, b"dltensor")  # data, device, ndim, dtype, then shape
            sizes = ctypes.c_int64.from_address(tensor + 24).value
            ctypes.c_int64.from_address(sizes if field == "size" else tensor).value = value
            return capsule

        def __dlpack_device__(self) -> Any:
            return (1, 0)

    with pytest.raises(BufferError, match="from_dlpack: the producer gave"):
        xp.from_dlpack(Broken())


def test_capsules_are_used_once() -> None:
    class Twice:
        capsule = xp.arange(3).__dlpack__()

        def __dlpack__(self, **_: Any) -> Any:
            return self.capsule

        def __dlpack_device__(self) -> Any:
            return (1, 0)

    xp.from_dlpack(Twice())
    with pytest.raises(ValueError, match="capsule"):
        xp.from_dlpack(Twice())


def test_other_libraries_take_our_arrays() -> None:
    x = xp.reshape(xp.arange(6.0), (2, 3))
    strict = array_api_strict.from_dlpack(x)
    np.testing.assert_array_equal(np.asarray(strict._array), np.asarray(x))
    same(xp.from_dlpack(strict), np.asarray(x))
    same(xp.asarray(strict), np.asarray(x))


def test_memory_may_die_in_another_thread() -> None:
    arrays = [np.from_dlpack(xp.arange(1000)) for _ in range(100)]
    shared = [xp.from_dlpack(np.arange(1000)) for _ in range(100)]

    def drop() -> None:
        arrays.clear()
        shared.clear()

    thread = threading.Thread(target=drop)
    thread.start()
    thread.join()
    assert not arrays


def test_sys_modules_has_numpy_only_here() -> None:
    assert "numpy" in sys.modules  # because this test imported it; test_namespace checks that we do not
