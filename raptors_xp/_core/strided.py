"""The fields of an array: memory, and where its elements lie in it. No operation, no display; Array alone derives."""

from typing import Protocol

from raptors_xp._core.dtypes import DT, DType
from raptors_xp._core.shape import contiguous_strides, is_contiguous, product
from raptors_xp._native import Memory


class Strided:
    """Elements of one dtype in memory, `strides` bytes apart, the first at `offset`.

    `_make`, `_like` and `_view` are how the floors below Array give an Array back without knowing the class.
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
        """A C-contiguous array over `memory`, from its first byte."""
        raise NotImplementedError("only Array makes arrays")

    def _like(self, memory: Memory, dtype: DType) -> "Strided":
        """A C-contiguous array of this one's shape over `memory`, from its first byte. This one is contiguous too."""
        raise NotImplementedError("only Array makes arrays")

    def _view(self, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> "Strided":
        """Other elements of the same memory, of the same dtype."""
        raise NotImplementedError("only Array makes arrays")


# The class of the arrays made here. array.py, which imports this module, puts its Array in.
_array_class: type[Strided] = Strided


def set_array_class(array_class: type[Strided]) -> None:
    """Names the class that `wrap` makes."""
    global _array_class
    _array_class = array_class


def wrap(memory: Memory, offset: int, dtype: DType, shape: tuple[int, ...], strides: tuple[int, ...]) -> Strided:
    """An array over `memory`."""
    contiguous = is_contiguous(shape, strides, dtype.itemsize)
    return _array_class(memory, offset, dtype, shape, strides, product(shape), contiguous)


def wrap_fresh(memory: Memory, dtype: DType, shape: tuple[int, ...]) -> Strided:
    """An array over fresh C-contiguous memory."""
    return _array_class(memory, 0, dtype, shape, contiguous_strides(shape, dtype.itemsize), product(shape), True)


def memory_of(x: Strided) -> Memory:
    """The memory of x's elements, and the one way to it: what is not computed yet would be computed here."""
    return x._memory


class ArrayOf(Protocol[DT]):
    """How public functions spell the type of an array they take: Array alone has this attribute and this memory.

    At run time it is no check at all: dispatch, not mypyc, meets what is no array, and its error names the function.
    """

    _memory: Memory

    @property
    def dtype(self) -> DT: ...
