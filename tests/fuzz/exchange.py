"""What other libraries lend and what objects do while they are read, drawn from a seed.

DLPack tensors, buffers, pickles, and objects whose methods raise, lie, or change the list or array that is worked on.

A line may end in any exception but SystemError. Of memory that is truly lent every element is compared with NumPy's.
"""

import ctypes
import pickle
import random
from typing import Any, ClassVar

import numpy as np

import raptors_xp as xp

KEPT: list[Any] = []  # producers live until their program ends
BLOCK = 4096  # bytes that a producer lends
CODES = {0: "int", 1: "uint", 2: "float", 5: "complex", 6: "bool"}


class Tensor(ctypes.Structure):
    """A DLManagedTensor."""

    _fields_ = (
        ("data", ctypes.c_void_p),
        ("device", ctypes.c_int32 * 2),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.c_void_p),
        ("strides", ctypes.c_void_p),
        ("byte_offset", ctypes.c_uint64),
        ("context", ctypes.c_void_p),
        ("deleter", ctypes.c_void_p),
    )


class Producer:
    """Speaks DLPack and says what it is told to say, about the middle of a block of bytes."""

    def __init__(
        self, shape: Any, strides: Any, code: int, bits: int, offset: int, lanes: int = 1, device: int = 1
    ) -> None:
        KEPT.append(self)
        self.block = np.random.default_rng(1).integers(0, 2, BLOCK).astype(np.uint8)
        rank = len(shape)
        self.shape, self.given = tuple(shape), strides
        self.said = (ctypes.c_int64 * max(rank, 1))(*shape)
        self.steps = None if strides is None else (ctypes.c_int64 * max(rank, 1))(*strides)
        self.place = BLOCK // 2 + offset
        self.tensor = Tensor(self.block.ctypes.data + BLOCK // 2, (device, 0), rank, code, bits, lanes)
        self.tensor.shape = ctypes.addressof(self.said)
        self.tensor.strides = None if self.steps is None else ctypes.addressof(self.steps)
        self.tensor.byte_offset = offset % 2**64
        self.device, self.itemsize = device, bits // 8
        self.dtype = f"{CODES.get(code, '?')}{'' if code == 6 else bits}"

    def __dlpack_device__(self) -> tuple[int, int]:
        return self.device, 0

    def __dlpack__(self, **_: object) -> object:
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
        return new(ctypes.addressof(self.tensor), b"dltensor", None)

    def expected(self) -> np.ndarray | None:
        """The elements that it lends; None if some lie outside of its block."""
        if min(self.shape, default=0) < 0 or self.place < 0:
            return None
        strides = self.given
        if strides is None:
            strides = [int(np.prod(self.shape[axis + 1 :], dtype=object)) for axis in range(len(self.shape))]
        if 0 in self.shape:
            return np.empty(self.shape, self.dtype)
        ends = [(size - 1) * step * self.itemsize for size, step in zip(self.shape, strides)]
        first, last = self.place + sum(min(0, each) for each in ends), self.place + sum(max(0, each) for each in ends)
        if first < 0 or last + self.itemsize > BLOCK or np.prod(self.shape, dtype=object) > 10**6:
            return None
        steps = [step * self.itemsize if size > 1 else 0 for size, step in zip(self.shape, strides)]
        return np.ndarray(self.shape, self.dtype, self.block.data, self.place, steps)


def take(producer: Producer) -> Any:
    """Imports it, and reads it if it tells the truth."""
    expected = producer.expected()
    if expected is None and producer.place % 16 != 0:
        return None  # what is not aligned is copied, and so read: here beyond the block
    x = xp.from_dlpack(producer)
    if expected is not None:
        np.testing.assert_array_equal(np.asarray(x), expected)
        assert x.dtype.name == expected.dtype.name
        return xp.asarray(x, copy=True)
    return None


def same(array: np.ndarray) -> Any:
    """Imports NumPy's array, if it has a dtype of the standard, and compares."""
    x = xp.asarray(array)
    np.testing.assert_array_equal(np.asarray(x), array)
    return x


def fields(dtype: str, count: int, skip: int) -> np.ndarray:
    """Elements that are not aligned: a field of records."""
    records = np.zeros(count, dtype=[("gap", f"V{skip}"), ("value", dtype)])
    records["value"] = np.arange(count)
    return records["value"]


def pickled(x: Any, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(x, protocol))
    np.testing.assert_array_equal(np.asarray(again), np.asarray(x))


def rebuilt(x: Any, protocol: int, place: int, value: Any) -> Any:
    """What a pickle with another argument in it gives: an array, which is read, or an error."""
    function, arguments = x.__reduce_ex__(protocol)[:2]
    arguments = list(arguments)
    arguments[place % len(arguments)] = value
    return repr(function(*arguments))


def evil(base: type, value: Any, **deeds: str) -> Any:
    """An object of a subclass of `base` whose methods do something while they are called."""

    def method(deed: str) -> Any:
        def act(self: Any, *_: Any, **__: Any) -> Any:
            return DEEDS[deed](self)

        return act

    kind = type("Evil", (base,), {name: method(deed) for name, deed in deeds.items()})
    return kind() if base is object else kind(value)


class HarmError(Exception):
    pass


class State:
    """What the methods of objects change."""

    listed: ClassVar[list[Any]] = []
    array: ClassVar[Any] = None


def fail(_: Any) -> Any:
    raise HarmError


def write(_: Any) -> int:
    State.array[...] = 7
    return 1


def clear(_: Any) -> int:
    State.listed.clear()
    return 1


def grow(_: Any) -> int:
    State.listed.extend(range(1000))
    return 1


DEEDS: dict[str, Any] = {
    "fail": fail,
    "write": write,
    "clear": clear,
    "grow": grow,
    "junk": lambda _: "junk",
    "nothing": lambda _: None,
    "itself": lambda self: self,
    "one": lambda _: 1,
    "float": lambda _: 1.5,
    "huge": lambda _: 2**70,
    "negative": lambda _: -(2**63),
    "array": lambda _: xp.ones((2, 3)),
    "numpy": lambda _: np.ones(3),
    "pair": lambda _: (1, 0),
    "again": lambda self: xp.asarray(self),
    "list": lambda _: State.listed,
    "capsule": lambda _: xp.ones(3).__dlpack__(),
}
METHODS = (
    *("__index__", "__int__", "__float__", "__complex__", "__bool__", "__len__", "__getitem__", "__iter__", "__eq__"),
    *(
        "__ne__",
        "__hash__",
        "__array__",
        "__dlpack__",
        "__dlpack_device__",
        "__array_namespace__",
        "__buffer__",
        "__lt__",
    ),
    *("__radd__", "__rmul__", "__repr__", "__contains__", "__class_getitem__", "__array_interface__"),
)
BASES = ("object, None", "int, 1", "int, 1", "float, 1.5", "list, [1, 2]", "tuple, (1, 2)", "str, 'a'", "complex, 1j")
USES = (
    *(
        "xp.asarray(listed)",
        "xp.asarray(listed, dtype=xp.float32)",
        "xp.asarray(listed, dtype=xp.int8)",
        "xp.asarray(e)",
    ),
    *(
        "xp.asarray([listed, listed])",
        "xp.from_dlpack(e)",
        "x[e]",
        "x[e] = 1",
        "x[listed]",
        "x[e, e]",
        "x[e:e]",
        "x[0, 0] = e",
    ),
    *("x[listed] = e", "x[...] = listed", "x + e", "e + x", "x * e", "x == e", "e in x", "x ** e", "x @ e", "x += e"),
    *(
        "xp.sum(x, axis=e)",
        "xp.reshape(x, (e, -1))",
        "xp.reshape(x, e)",
        "xp.full((2,), e)",
        "xp.zeros(e)",
        "xp.arange(e)",
    ),
    *("xp.linspace(0, e, 5)", "xp.take(x, e)", "xp.where(e, x, x)", "xp.where(x > 0, e, x)", "xp.roll(x, e)"),
    *("xp.astype(x, e)", "xp.broadcast_to(x, (e, 4, 6))", "xp.permute_dims(x, (e, 0))", "xp.clip(x, e, e)"),
    *(
        "xp.concat([x, e])",
        "xp.stack(listed)",
        "xp.isdtype(e, e)",
        "xp.result_type(e, x)",
        "x.to_device(e)",
        "xp.eye(e)",
    ),
    *("xp.sum(x, axis=(e, 0))", "xp.argsort(x, axis=e)", "xp.squeeze(x, axis=e)", "xp.expand_dims(x, axis=e)"),
    *("xp.meshgrid(e, e)", "xp.searchsorted(e, x)", "np.asarray(x, dtype=e)", "xp.tril(x, k=e)", "xp.repeat(x, e)"),
    *(
        "xp.linalg.matrix_power(x, e)",
        "xp.fft.fft(x, n=e)",
        "xp.unstack(x, axis=e)",
        "xp.flip(x, axis=e)",
        "xp.pow(x, e)",
    ),
    *(
        "xp.tile(x, (e, e))",
        "xp.diff(x, n=e)",
        "xp.from_dlpack(x, device=e)",
        "x.__dlpack__(stream=e)",
        "x.__array__(e)",
    ),
)
# Instead of an argument of what pickles call.
REPLACED = (
    *(
        "(-1, 3)",
        "(2**62, 2**62)",
        "(1,) * 65",
        "(1,) * 100000",
        "'float64'",
        "'object'",
        "b''",
        "bytes(192)",
        "None",
        "e",
    ),
    *("(2.5,)", "('a',)", "[4, 6]", "(4, 6)", "(24,)", "memoryview(b'12345678')", "x", "(0, -5)", "(2**63, 0)", "type"),
)
DTYPES = ("i1", "u2", "<i4", ">i4", "<f4", ">f8", "f8", "c8", "c16", "?", "f2", "O", "M8[s]", "U3", "V5", "f4", "i8")


class Drawing(random.Random):
    def sizes(self, rank: int) -> tuple[int, ...]:
        return tuple(self.choice((0, 1, 1, 2, 3, 3, 5, 8)) for _ in range(rank))

    def producer(self) -> str:
        rank = self.choice((0, 1, 1, 2, 2, 3, 64, 65))
        shape = list(self.sizes(rank) if rank < 10 else (1,) * rank)
        strides = None if self.random() < 0.2 else [self.choice((0, 1, 1, 2, -1, -3, 8, 30)) for _ in range(rank)]
        for numbers in (shape, strides):
            if numbers and self.random() < 0.2:
                numbers[self.randrange(rank)] = self.choice((-1, 2**31, 2**61, 2**62, 2**63 - 1, -(2**63), -(2**61)))
        code, bits = self.choice(
            ((0, 8), (0, 16), (0, 32), (0, 64), (1, 8), (1, 32), (2, 32), (2, 64), (5, 64), (5, 128), (6, 8))
        )
        if self.random() < 0.1:
            code, bits = self.choice((0, 2, 3, 4, 7, 255)), self.choice((0, 1, 4, 16, 24, 255))
        offset = self.choice((0, 0, 8, 16, 1, 3, -8, 2**40, -(2**40)) if self.random() < 0.3 else (0, 8))
        more = f", lanes={self.choice((0, 2, 4))}" if self.random() < 0.05 else ""
        more += f", device={self.choice((0, 2, 7, -1))}" if self.random() < 0.05 else ""
        return f"take(Producer({tuple(shape)}, {strides}, {code}, {bits}, {offset}{more}))"

    def buffer(self) -> str:
        dtype, shape = self.choice(DTYPES), self.sizes(self.choice((0, 1, 2, 3)))
        kind = self.randrange(5)
        if kind == 0:
            return f"same(fields({self.choice(DTYPES[:9])!r}, {self.randrange(9)}, {self.randrange(1, 9)}))"
        if kind == 1:
            return f"same(np.zeros({shape}, {dtype!r}).T)"
        if kind == 2 and shape:
            step = ", ".join(self.choice(("::-1", "::2", ":", "1:", "None, :", "::-2")) for _ in shape)
            return f"same(np.ones({shape}, {dtype!r})[{step}])"
        if kind == 3:
            return f"same(np.broadcast_to(np.ones({shape}, {dtype!r}), (2, *{shape})))"
        raw = self.choice(("bytes(9)", "bytearray(5)", "array.array('d', [1, 2])", "(ctypes.c_int16 * 3)(1, 2)", "b''"))
        return f"xp.asarray(memoryview({raw}))" if self.random() < 0.5 else f"xp.asarray({raw})"

    def pickle(self) -> str:
        x = self.choice(
            ("x", "x.T", "x[::-1]", "xp.zeros((0, 3))", "xp.asarray(True)", "xp.ones(3, dtype=xp.complex64)[::2]")
        )
        if self.random() < 0.3:
            return f"pickled({x}, {self.randrange(2, 6)})"
        value = self.choice(REPLACED)
        return f"rebuilt({x}, {self.randrange(2, 6)}, {self.randrange(4)}, {value})"

    def harm(self) -> list[str]:
        deeds = ", ".join(
            f"{name}={self.choice(list(DEEDS))!r}" for name in self.sample(METHODS, self.choice((1, 1, 2, 4)))
        )
        lines = [f"e = evil({self.choice(BASES)}, {deeds})"]
        items = ", ".join(
            self.choice(("1", "2.5", "e", "True", "1j", "e", "2", "[1, e]", "x")) for _ in range(self.randrange(1, 6))
        )
        lines.append(f"listed[:] = [{items}]")
        return lines + [self.choice(USES) for _ in range(self.choice((1, 2, 3)))]


def program(seed: int) -> list[str]:
    """Lines of Python, of which each can be left out."""
    drawing = Drawing(seed)
    lines: list[str] = []
    for _ in range(drawing.randrange(5, 20)):
        kind = drawing.randrange(4)
        lines += (
            drawing.harm()
            if kind < 2
            else [drawing.producer() if kind == 2 else drawing.choice((drawing.buffer, drawing.pickle))()]
        )
    return lines


def judge(lines: list[str]) -> str | None:
    """What is wrong with a program; None if nothing is."""
    import array

    State.listed = []
    State.array = xp.reshape(xp.arange(24, dtype=xp.float64), (4, 6))
    names = {
        name: globals()[name]
        for name in ("take", "Producer", "same", "fields", "pickled", "rebuilt", "evil", "np", "xp")
    }
    names |= {"x": State.array, "listed": State.listed, "e": 1, "array": array, "ctypes": ctypes}
    try:
        for line in lines:
            try:
                exec(line, names)
            except (SystemError, AssertionError) as error:
                return f"{line}: {type(error).__name__}: {error}"
            except Exception:
                names["x"] = State.array  # x @= e and the like may have failed midway
        if State.array.shape != (4, 6) or not np.all(np.isfinite(np.asarray(State.array))):
            return "x is not what it was"
    finally:
        names.clear()
        KEPT.clear()
    return None
