"""The fields of an array: memory, and where its elements lie in it. No operation, no display; Array alone derives."""

from typing import Protocol

from raptors_xp._native import Memory
from raptors_xp.dtypes import DT, DType


class Strided:
    """Elements of one dtype in memory, `strides` bytes apart, the first at `offset`.

    `make`, `like` and `view` are how the floors below Array give an Array back without knowing the class.
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

    def make(self, memory: Memory, dtype: DType, shape: tuple[int, ...]) -> "Strided":
        """A C-contiguous array over `memory`, from its first byte."""
        raise NotImplementedError("only Array makes arrays")

    def like(self, memory: Memory, dtype: DType) -> "Strided":
        """A C-contiguous array of this one's shape over `memory`, from its first byte. This one is contiguous too."""
        raise NotImplementedError("only Array makes arrays")

    def view(self, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> "Strided":
        """Other elements of the same memory, of the same dtype."""
        raise NotImplementedError("only Array makes arrays")


class ArrayOf(Protocol[DT]):
    """How public functions spell the type of an array they take: Array alone has this attribute and this memory.

    At run time it is no check at all: dispatch, not mypyc, meets what is no array, and its error names the function.
    """

    _memory: Memory

    @property
    def dtype(self) -> DT: ...
