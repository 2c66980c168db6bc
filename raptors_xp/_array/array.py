"""Class Array: its attributes, its operators, and the methods that Python and other libraries call.

Every method passes its work on: operations to _engine, keys to subscripts.py, text to display.py, data of other
libraries to _exchange. No functions of the standard's namespace are here (see _functions).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Generic, Literal, NoReturn, cast, overload

from raptors_xp import _native
from raptors_xp._array.display import representation, text
from raptors_xp._array.methods import NumpyMethods, namespace
from raptors_xp._array.subscripts import element, select, store
from raptors_xp._core.arguments import (
    Flag,
    Unchecked,
    are_default,
    as_flag,
    as_flag_or_none,
    as_integer,
    check_option,
    refuse_out,
    show,
)
from raptors_xp._core.device import DEVICE, check_device, refuse_device
from raptors_xp._core.dtypes import DT, DTYPES, DType, as_dtype, float32, float64, show_dtype
from raptors_xp._core.numpy import as_ndarray, convert_ndarray, is_numpy
from raptors_xp._core.numpy_names import METHODS
from raptors_xp._core.operands import is_scalar, set_from_numpy
from raptors_xp._core.promotion import Scalar, is_same_kind
from raptors_xp._core.shape import Axis, as_different_axes, contiguous_strides, is_contiguous, product
from raptors_xp._core.strided import Strided, memory_of, set_example
from raptors_xp._engine.assignment import assign, binary_into
from raptors_xp._engine.elementwise import binary, compare, convert, positive, unary
from raptors_xp._engine.products import matmul
from raptors_xp._engine.reduce import accumulate, reduce
from raptors_xp._engine.views import permute, reshape_in_order
from raptors_xp._exchange.buffers import from_foreign, rebuild
from raptors_xp._exchange.dlpack import DLPACK_CPU, to_dlpack
from raptors_xp._exchange.numpy_calls import array_function, array_ufunc, from_numpy, to_numpy
from raptors_xp._exchange.sequences import array_from, cast_to
from raptors_xp._native import Memory

_ADD: Final[int] = _native.ADD
_SUBTRACT: Final[int] = _native.SUBTRACT
_MULTIPLY: Final[int] = _native.MULTIPLY
_DIVIDE: Final[int] = _native.DIVIDE
_FLOOR_DIVIDE: Final[int] = _native.FLOOR_DIVIDE
_REMAINDER: Final[int] = _native.REMAINDER
_POWER: Final[int] = _native.POWER
_NEGATIVE: Final[int] = _native.NEGATIVE
_ABSOLUTE: Final[int] = _native.ABSOLUTE
_EQUAL: Final[int] = _native.EQUAL
_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_LESS: Final[int] = _native.LESS
_LESS_EQUAL: Final[int] = _native.LESS_EQUAL
_BITWISE_AND: Final[int] = _native.BITWISE_AND
_BITWISE_OR: Final[int] = _native.BITWISE_OR
_BITWISE_XOR: Final[int] = _native.BITWISE_XOR
_BITWISE_INVERT: Final[int] = _native.BITWISE_INVERT
_BITWISE_LEFT_SHIFT: Final[int] = _native.BITWISE_LEFT_SHIFT
_BITWISE_RIGHT_SHIFT: Final[int] = _native.BITWISE_RIGHT_SHIFT
_SUM: Final[int] = _native.SUM
_MEAN: Final[int] = _native.MEAN
_MAX: Final[int] = _native.MAX
_MIN: Final[int] = _native.MIN
_ANY: Final[int] = _native.ANY
_ALL: Final[int] = _native.ALL

_VERSIONS: Final = ("2021.12", "2022.12", "2023.12", "2024.12", "2025.12")


class Array(NumpyMethods, Generic[DT]):
    """An array of the Array API standard: elements of one dtype, on the CPU.

    Arrays are made by `asarray`, `zeros` and the other creation functions, not by calling the class.

    Operators are the standard's functions: `x + y` is `add(x, y)`. They also take Python scalars and NumPy arrays.
    In-place operators keep dtype and shape of the array, and raise TypeError or ValueError if the result is of another
    kind of dtype, as NumPy's, or of another shape.

    Beyond the standard there are NumPy's names: strides, itemsize, nbytes; sum, mean, min, max, any, all; reshape,
    astype, copy, tolist, item; and those of NumpyMethods.
    """

    __array_priority__: Final = 1_000_000.0  # high, for what asks for it beside __array_ufunc__

    def _make(self, memory: Memory, dtype: DType, shape: tuple[int, ...]) -> Array[Any]:
        """A contiguous array of this dtype and shape over `memory`, from its first byte on."""
        return Array(memory, 0, dtype, shape, contiguous_strides(shape, dtype.itemsize), product(shape), True)

    def _like(self, memory: Memory, dtype: DType) -> Array[Any]:
        """A contiguous array of this array's shape over `memory`. This array must be contiguous itself."""
        shape = self._shape
        itemsize = dtype.itemsize
        strides = self._strides if itemsize == self._dtype.itemsize else contiguous_strides(shape, itemsize)
        return Array(memory, 0, dtype, shape, strides, self._size, True)

    def _view(self, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> Array[Any]:
        """An array of the same dtype over the same memory, with another offset, shape and strides."""
        dtype = self._dtype
        rank = len(shape)
        if rank == 0:
            return Array(memory_of(self), offset, dtype, shape, strides, 1, True)
        if rank == 1:  # the most frequent case, without the calls of the general one
            size = shape[0]
            return Array(
                memory_of(self), offset, dtype, shape, strides, size, size <= 1 or strides[0] == dtype.itemsize
            )
        contiguous = is_contiguous(shape, strides, dtype.itemsize)
        return Array(memory_of(self), offset, dtype, shape, strides, product(shape), contiguous)

    def _place(
        self,
        memory: Memory,
        offset: int,
        dtype: DType,
        shape: tuple[int, ...],
        strides: tuple[int, ...],
        size: int,
        contiguous: bool,
    ) -> Array[Any]:
        """An array of these fields."""
        return Array(memory, offset, dtype, shape, strides, size, contiguous)

    # --- attributes ----------------------------------------------------------------------------------------------

    @property
    def dtype(self) -> DT:
        """The dtype of the elements, a numpy.dtype such as `raptors_xp.float64`."""
        public = self._dtype.public
        return cast(DT, show_dtype(self._dtype) if public is None else public)

    @property
    def device(self) -> str:
        """The device that the elements are on: always "cpu"."""
        return DEVICE

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return len(self._shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of the axes, as a tuple; () for a zero-dimensional array."""
        return self._shape

    @property
    def size(self) -> int:
        """The number of elements."""
        return self._size

    @property
    def strides(self) -> tuple[int, ...]:
        """For every axis the number of bytes from one element to the next, as in NumPy."""
        return self._strides

    @property
    def itemsize(self) -> int:
        """The number of bytes of one element."""
        return self._dtype.itemsize

    @property
    def nbytes(self) -> int:
        """The number of bytes of all elements: size * itemsize."""
        return self._size * self._dtype.itemsize

    @property
    def T(self) -> Array[DT]:  # noqa: N802
        """A view of the transposed matrix: (M, N) gives (N, M). ValueError unless the array has two axes."""
        if len(self._shape) != 2:
            raise ValueError(
                f"T: the array of shape {self._shape} is not a matrix; use mT for stacks of matrices, or permute_dims"
            )
        rows, columns = self._shape[0], self._shape[1]
        row_step, step = self._strides[0], self._strides[1]
        shape: tuple[int, ...] = (columns, rows)  # so typed, mypyc makes each tuple once
        strides: tuple[int, ...] = (step, row_step)
        itemsize = self._dtype.itemsize
        if rows > 1 and columns > 1:
            contiguous = row_step == itemsize and step == rows * itemsize
        else:
            contiguous = is_contiguous(shape, strides, itemsize)
        return Array(memory_of(self), self._offset, self._dtype, shape, strides, self._size, contiguous)

    @property
    def mT(self) -> Array[DT]:  # noqa: N802
        """A view with every matrix transposed: (..., M, N) gives (..., N, M). ValueError for fewer than two axes."""
        rank = len(self._shape)
        if rank < 2:
            raise ValueError(f"mT: the array of shape {self._shape} holds no matrices; reshape it to two axes or more")
        return cast("Array[DT]", permute(self, [*range(rank - 2), rank - 1, rank - 2]))

    # --- arithmetic ----------------------------------------------------------------------------------------------
    # The `type: ignore` comments: in-place operators take arrays of other libraries too, which the forward ones do not
    # have in their signatures.

    def __neg__(self) -> Array[DT]:
        return cast("Array[DT]", unary(_NEGATIVE, "negative", self))

    def __pos__(self) -> Array[DT]:
        return cast("Array[DT]", positive("positive", self))

    def __abs__(self) -> Array[Any]:
        return cast("Array[Any]", unary(_ABSOLUTE, "abs", self))

    def __invert__(self) -> Array[DT]:
        return cast("Array[DT]", unary(_BITWISE_INVERT, "bitwise_invert", self))

    @overload
    def __add__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __add__(self, other: Operand, /) -> Array[Any]: ...
    def __add__(self, other: object, /) -> object:
        return _apply(_ADD, "add", self, other)

    @overload
    def __radd__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __radd__(self, other: object, /) -> Any: ...
    def __radd__(self, other: object, /) -> object:
        return _apply_reflected(_ADD, "add", self, other)

    def __iadd__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_ADD, "add", self, other)

    @overload
    def __sub__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __sub__(self, other: Operand, /) -> Array[Any]: ...
    def __sub__(self, other: object, /) -> object:
        return _apply(_SUBTRACT, "subtract", self, other)

    @overload
    def __rsub__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rsub__(self, other: object, /) -> Any: ...
    def __rsub__(self, other: object, /) -> object:
        return _apply_reflected(_SUBTRACT, "subtract", self, other)

    def __isub__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_SUBTRACT, "subtract", self, other)

    @overload
    def __mul__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __mul__(self, other: Operand, /) -> Array[Any]: ...
    def __mul__(self, other: object, /) -> object:
        return _apply(_MULTIPLY, "multiply", self, other)

    @overload
    def __rmul__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rmul__(self, other: object, /) -> Any: ...
    def __rmul__(self, other: object, /) -> object:
        return _apply_reflected(_MULTIPLY, "multiply", self, other)

    def __imul__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_MULTIPLY, "multiply", self, other)

    @overload
    def __truediv__(self, other: Array[DT], /) -> Array[Any]: ...
    @overload
    def __truediv__(self, other: Operand, /) -> Array[Any]: ...
    def __truediv__(self, other: object, /) -> object:
        return _apply(_DIVIDE, "divide", self, other)

    @overload
    def __rtruediv__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rtruediv__(self, other: object, /) -> Any: ...
    def __rtruediv__(self, other: object, /) -> object:
        return _apply_reflected(_DIVIDE, "divide", self, other)

    def __itruediv__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_DIVIDE, "divide", self, other)

    @overload
    def __floordiv__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __floordiv__(self, other: Operand, /) -> Array[Any]: ...
    def __floordiv__(self, other: object, /) -> object:
        return _apply(_FLOOR_DIVIDE, "floor_divide", self, other)

    @overload
    def __rfloordiv__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rfloordiv__(self, other: object, /) -> Any: ...
    def __rfloordiv__(self, other: object, /) -> object:
        return _apply_reflected(_FLOOR_DIVIDE, "floor_divide", self, other)

    def __ifloordiv__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_FLOOR_DIVIDE, "floor_divide", self, other)

    @overload
    def __mod__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __mod__(self, other: Operand, /) -> Array[Any]: ...
    def __mod__(self, other: object, /) -> object:
        return _apply(_REMAINDER, "remainder", self, other)

    @overload
    def __rmod__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rmod__(self, other: object, /) -> Any: ...
    def __rmod__(self, other: object, /) -> object:
        return _apply_reflected(_REMAINDER, "remainder", self, other)

    def __imod__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_REMAINDER, "remainder", self, other)

    @overload
    def __pow__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __pow__(self, other: Operand, /) -> Array[Any]: ...
    def __pow__(self, other: object, /) -> object:
        return _apply(_POWER, "pow", self, other)

    @overload
    def __rpow__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rpow__(self, other: object, /) -> Any: ...
    def __rpow__(self, other: object, /) -> object:
        return _apply_reflected(_POWER, "pow", self, other)

    def __ipow__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_POWER, "pow", self, other)

    @overload
    def __and__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __and__(self, other: Operand, /) -> Array[Any]: ...
    def __and__(self, other: object, /) -> object:
        return _apply(_BITWISE_AND, "bitwise_and", self, other)

    @overload
    def __rand__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rand__(self, other: object, /) -> Any: ...
    def __rand__(self, other: object, /) -> object:
        return _apply_reflected(_BITWISE_AND, "bitwise_and", self, other)

    def __iand__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_BITWISE_AND, "bitwise_and", self, other)

    @overload
    def __or__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __or__(self, other: Operand, /) -> Array[Any]: ...
    def __or__(self, other: object, /) -> object:
        return _apply(_BITWISE_OR, "bitwise_or", self, other)

    @overload
    def __ror__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __ror__(self, other: object, /) -> Any: ...
    def __ror__(self, other: object, /) -> object:
        return _apply_reflected(_BITWISE_OR, "bitwise_or", self, other)

    def __ior__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_BITWISE_OR, "bitwise_or", self, other)

    @overload
    def __xor__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __xor__(self, other: Operand, /) -> Array[Any]: ...
    def __xor__(self, other: object, /) -> object:
        return _apply(_BITWISE_XOR, "bitwise_xor", self, other)

    @overload
    def __rxor__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rxor__(self, other: object, /) -> Any: ...
    def __rxor__(self, other: object, /) -> object:
        return _apply_reflected(_BITWISE_XOR, "bitwise_xor", self, other)

    def __ixor__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_BITWISE_XOR, "bitwise_xor", self, other)

    @overload
    def __lshift__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __lshift__(self, other: Operand, /) -> Array[Any]: ...
    def __lshift__(self, other: object, /) -> object:
        return _apply(_BITWISE_LEFT_SHIFT, "bitwise_left_shift", self, other)

    @overload
    def __rlshift__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rlshift__(self, other: object, /) -> Any: ...
    def __rlshift__(self, other: object, /) -> object:
        return _apply_reflected(_BITWISE_LEFT_SHIFT, "bitwise_left_shift", self, other)

    def __ilshift__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_BITWISE_LEFT_SHIFT, "bitwise_left_shift", self, other)

    @overload
    def __rshift__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __rshift__(self, other: Operand, /) -> Array[Any]: ...
    def __rshift__(self, other: object, /) -> object:
        return _apply(_BITWISE_RIGHT_SHIFT, "bitwise_right_shift", self, other)

    @overload
    def __rrshift__(self, other: Scalar, /) -> Array[Any]: ...
    @overload
    def __rrshift__(self, other: object, /) -> Any: ...
    def __rrshift__(self, other: object, /) -> object:
        return _apply_reflected(_BITWISE_RIGHT_SHIFT, "bitwise_right_shift", self, other)

    def __irshift__(self, other: object, /) -> Any:  # type: ignore[misc]
        return _apply_into(_BITWISE_RIGHT_SHIFT, "bitwise_right_shift", self, other)

    @overload
    def __matmul__(self, other: Array[DT], /) -> Array[DT]: ...
    @overload
    def __matmul__(self, other: Array[Any], /) -> Array[Any]: ...
    def __matmul__(self, other: object, /) -> object:
        right = _operand("matmul", other)
        return right if right is NotImplemented else matmul("matmul", self, right)

    def __rmatmul__(self, other: object, /) -> Any:
        left = _operand("matmul", other)
        return left if left is NotImplemented else matmul("matmul", left, self)

    def __imatmul__(self, other: object, /) -> Any:  # type: ignore[misc]
        right = _operand("matmul", other)
        if right is NotImplemented:
            return NotImplemented
        result = matmul("matmul", self, right)
        if not is_same_kind(result._dtype, self._dtype):
            raise TypeError(
                f"matmul: the result has dtype {result._dtype}, and @= keeps the array's dtype {self._dtype}; "
                "write x = x @ y instead"
            )
        if result._shape != self._shape:
            raise ValueError(
                f"matmul: the result has shape {result._shape}, and @= keeps the array's shape {self._shape}; "
                "write x = x @ y instead"
            )
        assign("matmul", self, result)
        return self

    # --- comparison ----------------------------------------------------------------------------------------------
    # Defining __eq__ without __hash__ makes arrays unhashable.

    def __eq__(self, other: object, /) -> Array[Any]:  # type: ignore[override]
        right = _comparable("equal", other)
        if right is NotImplemented:
            return NotImplemented
        return cast("Array[Any]", compare(_EQUAL, "equal", self, right))

    def __ne__(self, other: object, /) -> Array[Any]:  # type: ignore[override]
        right = _comparable("not_equal", other)
        if right is NotImplemented:
            return NotImplemented
        return cast("Array[Any]", compare(_NOT_EQUAL, "not_equal", self, right))

    def __lt__(self, other: object, /) -> Array[Any]:
        right = _operand("less", other)
        if right is NotImplemented:
            return NotImplemented
        return cast("Array[Any]", compare(_LESS, "less", self, right))

    def __le__(self, other: object, /) -> Array[Any]:
        right = _operand("less_equal", other)
        if right is NotImplemented:
            return NotImplemented
        return cast("Array[Any]", compare(_LESS_EQUAL, "less_equal", self, right))

    def __gt__(self, other: object, /) -> Array[Any]:
        right = _operand("greater", other)
        if right is NotImplemented:
            return NotImplemented
        return cast("Array[Any]", compare(_LESS, "greater", right, self, True))

    def __ge__(self, other: object, /) -> Array[Any]:
        right = _operand("greater_equal", other)
        if right is NotImplemented:
            return NotImplemented
        return cast("Array[Any]", compare(_LESS_EQUAL, "greater_equal", right, self, True))

    # --- one element ---------------------------------------------------------------------------------------------

    def __bool__(self) -> bool:
        if self._size != 1:
            raise ValueError(
                f"bool: the truth value of an array of shape {self._shape} is ambiguous; use any(x) or all(x)"
            )
        return bool(_native.item(self._dtype.code, memory_of(self), self._offset))

    def __int__(self) -> int:
        value = _only(self, "int")
        if isinstance(value, complex):
            _refuse_kind(self, "int", "which cannot be converted to int; use int(real(x))")
        try:
            return int(value)
        except (OverflowError, ValueError) as error:
            raise type(error)(f"int: the array holds {value}, which no int can be; use float(x)") from None

    def __float__(self) -> float:
        value = _only(self, "float")
        if isinstance(value, complex):
            _refuse_kind(self, "float", "which cannot be converted to float; use float(real(x))")
        return float(value)

    def __complex__(self) -> complex:
        value = _only(self, "complex")
        if isinstance(value, float) and value != value:  # the standard asks for nan in both parts
            return complex(value, value)
        return complex(value)

    def __index__(self) -> int:
        value = _only(self, "index")
        if isinstance(value, bool) or not isinstance(value, int):
            _refuse_kind(self, "index", "and only integers can be an index; use int(x)")
        return value

    def __round__(self, ndigits: object = None) -> Any:
        """round(x), an int, or round(x, ndigits), a float or int, of the element of an array of shape ()."""
        value = _only(self, "round")
        if isinstance(value, complex):
            _refuse_kind(self, "round", "which cannot be rounded; use round(real(x))")
        if ndigits is not None:
            return round(value, as_integer("round", "ndigits", ndigits))
        try:
            return round(value)
        except (OverflowError, ValueError) as error:
            raise type(error)(f"round: the array holds {value}, which no int can be; use float(x)") from None

    def __trunc__(self) -> int:
        """math.trunc(x) of the element of an array of shape ()."""
        return int(self)

    def item(self, *args: object) -> Scalar:
        """The element of an array with one element, of any rank, as a Python scalar. ValueError for other sizes.

        With arguments as in NumPy the element there: one index into all elements, or an index for each axis.
        """
        if len(args) > 0:
            return cast(Scalar, to_numpy(self).item(*args))
        if self._size != 1:
            raise ValueError(f"item: the array has {self._size} elements, not one; use tolist(), or index it")
        return _native.item(self._dtype.code, memory_of(self), self._offset)

    def tolist(self) -> Any:
        """The elements as Python scalars in nested lists; for a zero-dimensional array the scalar itself."""
        code = self._dtype.code
        if len(self._shape) == 0:
            return _native.item(code, memory_of(self), self._offset)
        return _native.to_list(code, memory_of(self), self._offset, self._shape, self._strides)

    def __repr__(self) -> str:
        return representation(self)

    def __str__(self) -> str:
        return text(self)

    def __format__(self, spec: str, /) -> str:
        if len(self._shape) == 0 and spec != "":
            return format(_native.item(self._dtype.code, memory_of(self), self._offset), spec)
        if spec != "":
            raise TypeError(
                f"format: spec={show(spec)} formats one element, not an array of shape {self._shape}; "
                "use it for the elements"
            )
        return text(self)

    def __dir__(self) -> list[str]:
        """The documented names: public attributes and methods, and special methods of Python and other libraries."""
        hidden = ("__mypyc_attrs__", "__dict__", *METHODS)
        return [name for name in dir(type(self)) if (name[0] != "_" or name.endswith("__")) and name not in hidden]

    # --- the array as a container --------------------------------------------------------------------------------

    def __len__(self) -> int:
        if len(self._shape) == 0:
            raise TypeError("len: a zero-dimensional array has no length; use x.size")
        return self._shape[0]

    def __iter__(self) -> Iterator[Array[DT]]:
        if len(self._shape) == 0:
            raise TypeError("iter: a zero-dimensional array cannot be iterated over; use x.item() or reshape(x, (1,))")
        return _along_first_axis(self)

    def __contains__(self, value: object, /) -> bool:
        right = _comparable("equal", value)
        if right is NotImplemented:
            return False
        found = reduce(_ANY, "any", compare(_EQUAL, "equal", self, right), None, False)
        return bool(_native.item(0, memory_of(found), found._offset))

    def __getitem__(self, key: object, /) -> Array[DT]:
        """x[key], with NumPy's rules: a view for integers, slices, `...` and None, a copy for masks and index arrays.

        A key of integers that names a single element gives a copy of it.
        IndexError for an index that is out of bounds, for too many indices, and for what is not an index.
        """
        return cast("Array[DT]", select(self, key))

    def __setitem__(self, key: object, value: object, /) -> None:
        """x[key] = value, with the keys of x[key]; the value is broadcast, and converted to x's dtype.

        TypeError for complex values in a real array, OverflowError for ints that x's dtype cannot hold, ValueError for
        a value that could not be broadcast and for a read-only array.
        """
        if not (isinstance(value, Strided) or is_scalar(value)):
            value = array_from("__setitem__", "value", value, None, None)
        store(self, key, value)

    # --- NumPy's names -------------------------------------------------------------------------------------------

    def sum(self, axis: Axis = None, dtype: object = None, out: object = None, keepdims: Flag = False) -> Array[Any]:
        """The sum of the elements over `axis`: an int, a tuple of ints, or None for all. See the function `sum`.

        Dtypes: all. The result has `dtype`, to which the elements are converted first; by default x's if
        floating-point, uint64 for unsigned integers, int64 for other integers and bool. `out` must be None.
        """
        refuse_out("sum", out)
        wanted = None if dtype is None else as_dtype("sum", dtype)
        return cast("Array[Any]", accumulate(_SUM, "sum", self, axis, wanted, keepdims))

    def mean(self, axis: Axis = None, dtype: object = None, out: object = None, keepdims: Flag = False) -> Array[Any]:
        """The arithmetic mean over `axis`: an int, a tuple of ints, or None for all. See the function `mean`.

        Dtypes: all, converted to `dtype` first if it is given; floating-point ones are kept, integers and bool give
        float64. `out` must be None.
        """
        refuse_out("mean", out)
        x = self if dtype is None else cast_to("mean", "x", self, as_dtype("mean", dtype))
        return cast("Array[Any]", reduce(_MEAN, "mean", x, axis, keepdims))

    def min(self, axis: Axis = None, out: object = None, keepdims: Flag = False) -> Array[DT]:
        """The smallest element over `axis`: an int, a tuple of ints, or None for all. See the function `min`.

        Dtypes: real and bool, kept; TypeError for complex. `out` must be None.
        """
        refuse_out("min", out)
        return cast("Array[DT]", reduce(_MIN, "min", self, axis, keepdims))

    def max(self, axis: Axis = None, out: object = None, keepdims: Flag = False) -> Array[DT]:
        """The largest element over `axis`: an int, a tuple of ints, or None for all. See the function `max`.

        Dtypes: real and bool, kept; TypeError for complex. `out` must be None.
        """
        refuse_out("max", out)
        return cast("Array[DT]", reduce(_MAX, "max", self, axis, keepdims))

    def any(self, axis: Axis = None, out: object = None, keepdims: Flag = False) -> Array[Any]:
        """True if an element over `axis` is not 0: an int, a tuple of ints, or None for all. See the function `any`.

        Dtypes: all; the result is bool. `out` must be None.
        """
        refuse_out("any", out)
        return cast("Array[Any]", reduce(_ANY, "any", self, axis, keepdims))

    def all(self, axis: Axis = None, out: object = None, keepdims: Flag = False) -> Array[Any]:
        """True if no element over `axis` is 0: an int, a tuple of ints, or None for all. See the function `all`.

        Dtypes: all; the result is bool. `out` must be None.
        """
        refuse_out("all", out)
        return cast("Array[Any]", reduce(_ALL, "all", self, axis, keepdims))

    def reshape(
        self, *shape: object, copy: Flag | None = None, order: Literal["C", "F", "A"] | Unchecked = "C"
    ) -> Array[DT]:
        """The same elements in C order, or in NumPy's `order`, in another shape: one tuple or several integers.

        One size may be -1 and is computed from the others. The result is a view if possible, otherwise a copy;
        copy=True always copies, copy=False raises ValueError where a copy is needed.
        """
        sizes: object = shape[0] if len(shape) == 1 else shape
        return cast(
            "Array[DT]", reshape_in_order("reshape", self, sizes, as_flag_or_none("reshape", "copy", copy), order)
        )

    def astype(
        self,
        dtype: object,
        order: str | Unchecked = "K",
        casting: str | Unchecked = "unsafe",
        subok: Flag = True,
        copy: Flag = True,
    ) -> Array[Any]:
        """A contiguous copy converted to `dtype`; with copy=False this array itself if it has that dtype already.

        Numbers other than 0 become True; real numbers lose their fraction in an integer dtype; integers wrap around.
        TypeError for complex to real, where imaginary parts would be lost. `order` and `casting` are NumPy's.
        """
        wanted = as_dtype("astype", dtype)
        if not are_default(order, casting, subok):
            options = {"copy": copy, "order": order, "casting": casting, "subok": subok}
            return cast("Array[Any]", namespace().astype(self, dtype, **options))
        if not as_flag("astype", "copy", copy) and wanted is self._dtype:
            return self
        return cast("Array[Any]", cast_to("astype", "x", self, wanted))

    def copy(self, order: str | Unchecked = "C") -> Array[DT]:
        """A writable copy in memory of its own: in C order, in NumPy's other orders `F`, `A` and `K` if asked for."""
        if order == "C":
            return cast("Array[DT]", convert(self, self._dtype))
        check_option("copy", "order", order, ("C", "F", "A", "K"))
        return cast("Array[DT]", from_numpy(to_numpy(self).copy(order)))

    # --- other libraries -----------------------------------------------------------------------------------------

    def __array_namespace__(self, /, *, api_version: str | Unchecked | None = None) -> Any:
        """The module raptors_xp, which serves all versions of the standard; ValueError for an unknown version."""
        if api_version is not None:
            check_option("__array_namespace__", "api_version", api_version, _VERSIONS)
        return namespace()

    def to_device(self, device: object, /, *, stream: object = None) -> Array[DT]:
        """The array itself, since "cpu" is the only device; ValueError for another device or a stream."""
        if device is None:
            refuse_device("to_device", device)
        check_device("to_device", device)
        if stream is not None:
            raise ValueError(f"to_device: stream={show(stream)} has no meaning on the CPU; use stream=None")
        return self

    def __dlpack__(
        self,
        /,
        *,
        stream: object = None,
        max_version: tuple[int, int] | Unchecked | None = None,
        dl_device: object = None,
        copy: Flag | None = None,
    ) -> Any:
        """A DLPack capsule that shares the array's memory; versioned if `max_version` is at least (1, 0).

        copy=True exports a copy. BufferError for a device other than the CPU, and for a read-only array if the capsule
        is not versioned.
        """
        return to_dlpack(self, stream, max_version, dl_device, as_flag_or_none("__dlpack__", "copy", copy))

    def __dlpack_device__(self, /) -> tuple[int, int]:
        """The DLPack type and number of the device: (1, 0), the CPU."""
        return (DLPACK_CPU, 0)

    def __array__(self, dtype: object = None, copy: Flag | None = None) -> Any:
        """A numpy.ndarray that shares the array's memory, or a copy if `dtype` or copy=True needs one.

        ValueError where copy=False and a copy is needed.
        """
        wanted = as_flag_or_none("__array__", "copy", copy)
        return convert_ndarray(as_ndarray(memoryview(cast(Any, self))), dtype, wanted)

    def __array_ufunc__(self, ufunc: Any, method: str, /, *inputs: Any, **kwargs: Any) -> Any:
        """NumPy's elementwise functions, such as numpy.sin(x), give arrays, by our kernels where we have them."""
        return array_ufunc(namespace(), ufunc, method, inputs, kwargs)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any, /) -> Any:
        """NumPy's other functions of arrays, such as numpy.concatenate([x, y]), give arrays too."""
        return array_function(namespace(), func, types, args, kwargs)

    def _export(self) -> tuple[Memory, int, int, tuple[int, ...], tuple[int, ...]]:
        """The fields that native code needs for the buffer protocol."""
        return memory_of(self), self._offset, self._dtype.code, self._shape, self._strides

    def __dask_tokenize__(self) -> tuple[str, Any]:
        """What Dask makes the name of equal arrays of: the ndarray, which it knows how to read."""
        return "raptors_xp.Array", to_numpy(self)

    def __sizeof__(self) -> int:
        """The bytes of the object and of its elements, repeated ones once, as Dask and joblib count them."""
        kept = [size for size, stride in zip(self._shape, self._strides, strict=True) if stride != 0 or size == 0]
        return super().__sizeof__() + product(tuple(kept)) * self._dtype.itemsize

    def __copy__(self) -> Array[DT]:
        return self.copy()

    def __deepcopy__(self, memo: object, /) -> Array[DT]:
        return self.copy()

    def __reduce_ex__(self, protocol: Any, /) -> tuple[Any, ...]:
        x: Strided = self
        form: tuple[Any, ...] = ()
        if not self._contiguous:
            # Where another order of the axes is the one in memory, such as a transposed matrix's, nothing is copied.
            strides = self._strides
            order = sorted(range(len(strides)), key=lambda axis: -strides[axis])
            x = permute(self, order)
            if x._contiguous:
                form = (tuple(order),)
            else:
                x = self.copy()
        data: Any = memoryview(cast(Any, x))
        if protocol >= 5:
            from pickle import PickleBuffer

            data = PickleBuffer(cast(Any, x))
        else:
            data = bytearray(data)
        return restore, (data, self._dtype.name, x._shape, *form)


Operand = Array[Any] | bool | int | float | complex


def _learn_fields() -> bool:
    """Tells native code where the fields of an Array are; False if it cannot find them, as in an interpreted class."""
    first: Array[Any] = Array(_native.allocate(1), 48, float64, (2, 3), (80, 16), 6, True)
    second: Array[Any] = Array(_native.allocate(1), 32, float32, (5,), (8,), 5, False)
    return _native.learn_fields(DTYPES, first, _fields_of(first), second, _fields_of(second))


def _fields_of(x: Strided) -> tuple[object, ...]:
    return memory_of(x), x._offset, x._dtype, x._shape, x._strides, x._size, x._contiguous


fields_are_known: Final = _learn_fields()
set_example(Array(_native.borrow(b"")[0], 0, float64, (0,), (8,), 0, True))
set_from_numpy(from_foreign)


def restore(data: object, dtype: str, shape: tuple[int, ...], order: object = None) -> Array[Any]:
    """Unpickles an array: it uses the memory of `data`, where its axes lie in `order`."""
    x = rebuild("unpickling", data, dtype, shape)
    if order is not None:
        axes = as_different_axes("unpickling", "order", order, len(x._shape))
        if len(axes) != len(x._shape):
            raise ValueError(
                f"unpickling: order={show(order)} does not name every axis; give the order that was pickled"
            )
        x = permute(x, [axes.index(axis) for axis in range(len(axes))])
    return cast("Array[Any]", x)


# --- what the methods use --------------------------------------------------------------------------------------------


def _operand(function: str, other: object) -> object:
    """`other` as an operand that the engine takes; NotImplemented if it is of an unknown type, which may take ours."""
    if isinstance(other, Strided):
        return other
    kind = type(other)
    if kind is float or kind is int or kind is bool or kind is complex:
        return other
    # Subclasses, such as numpy.float64 (of float), numpy.complex128 (of complex) and enumerations (of int), count as
    # Python scalars. The arithmetic converts them to the exact types; mypyc would optimise float(other) away.
    if isinstance(other, float):
        return other * 1.0
    if isinstance(other, int):
        return other + 0
    if isinstance(other, complex):
        return complex(other.real, other.imag)
    if is_numpy(other):
        return from_foreign(function, "other", other, None)
    return NotImplemented


def _comparable(function: str, other: object) -> object:
    """Like _operand, but NotImplemented for NumPy arrays of unsupported dtypes too: comparing with them is no error."""
    try:
        return _operand(function, other)
    except TypeError:
        return NotImplemented


def _apply(op: int, function: str, x: Strided, other: object) -> object:
    if isinstance(other, Strided) or is_scalar(other):
        return binary(op, function, x, other)
    right = _operand(function, other)
    return right if right is NotImplemented else binary(op, function, x, right)


def _apply_reflected(op: int, function: str, x: Strided, other: object) -> object:
    left = _operand(function, other)
    return left if left is NotImplemented else binary(op, function, left, x)


def _apply_into(op: int, function: str, x: Strided, other: object) -> object:
    right = _operand(function, other)
    if right is NotImplemented:
        return right
    binary_into(op, function, x, right)
    return x


def _along_first_axis(x: Array[DT]) -> Iterator[Array[DT]]:
    shape = x._shape[1:]
    strides = x._strides[1:]
    offset = x._offset
    step = x._strides[0]
    for _ in range(x._shape[0]):
        yield x._view(offset, shape, strides) if len(shape) > 0 else cast("Array[DT]", element(x, offset))
        offset += step


def _only(x: Strided, function: str) -> Scalar:
    """The element of a zero-dimensional array; TypeError for an array with axes."""
    if len(x._shape) > 0:
        raise TypeError(
            f"{function}: the array has shape {x._shape}, and only one of shape () is one number; index it first"
        )
    return _native.item(x._dtype.code, memory_of(x), x._offset)


def _refuse_kind(x: Strided, function: str, remedy: str) -> NoReturn:
    raise TypeError(f"{function}: the array has dtype {x._dtype}, {remedy}")
