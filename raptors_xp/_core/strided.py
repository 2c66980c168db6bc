"""The fields of an array: its memory and where the elements are in it. No operations; Array is the only subclass."""

from typing import Protocol

from raptors_xp._core.dtypes import DT, DType
from raptors_xp._core.shape import is_contiguous, product
from raptors_xp._native import Memory


class Strided:
    """Elements of one dtype in memory: the first at byte `offset`, the next ones `strides` bytes further.

    The rooms below Array make Arrays by `_make`, `_like` and `_view`, without knowing the class.
    """

    _memory: Memory
    _offset: int
    _dtype: DType
    _shape: tuple[int, ...]
    _strides: tuple[int, ...]
    _size: int
    _contiguous: bool

    def __init__(
        self,
        memory: Memory,
        offset: int,
        dtype: DType,
        shape: tuple[int, ...],
        strides: tuple[int, ...],
        size: int,
        contiguous: bool,
    ) -> None:
        self._memory = memory
        self._offset = offset
        self._dtype = dtype
        self._shape = shape
        self._strides = strides
        self._size = size
        self._contiguous = contiguous

    def _make(self, memory: Memory, dtype: DType, shape: tuple[int, ...]) -> "Strided":
        """A contiguous array of this dtype and shape over `memory`, from its first byte on."""
        raise NotImplementedError("only Array makes arrays")

    def _like(self, memory: Memory, dtype: DType) -> "Strided":
        """A contiguous array of this array's shape over `memory`, from its first byte on.

        This array must be contiguous itself.
        """
        raise NotImplementedError("only Array makes arrays")

    def _view(self, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> "Strided":
        """An array of the same dtype over the same memory, with another offset, shape and strides."""
        raise NotImplementedError("only Array makes arrays")

    def _place(
        self,
        memory: Memory,
        offset: int,
        dtype: DType,
        shape: tuple[int, ...],
        strides: tuple[int, ...],
        size: int,
        contiguous: bool,
    ) -> "Strided":
        """An array of these fields."""
        raise NotImplementedError("only Array makes arrays")


# An Array, whose methods make those of `wrap`: calling a class that is a variable takes three times as long. array.py,
# which imports this module, sets it.
_example: Strided


def set_example(example: Strided) -> None:
    """Sets the array whose methods make the arrays of `wrap`."""
    global _example
    _example = example


def wrap(memory: Memory, offset: int, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...]) -> Strided:
    """An array over `memory`, its first element at byte `offset`."""
    contiguous = is_contiguous(shape, strides, dtype.itemsize)
    return _example._place(memory, offset, dtype, shape, strides, product(shape), contiguous)


def wrap_fresh(memory: Memory, dtype: DType, shape: tuple[int, ...]) -> Strided:
    """A contiguous array over newly allocated memory."""
    return _example._make(memory, dtype, shape)


def memory_of(x: Strided) -> Memory:
    """The memory of x's elements. All code goes through here, so that elements can be computed on first use one day."""
    return x._memory


class ArrayOf(Protocol[DT]):
    """The type of an array argument in public signatures: only Array has both of these members.

    At run time mypyc does not check it. The engine does, with an error that names the function.
    """

    _memory: Memory

    @property
    def dtype(self) -> DT: ...
