"""Elementwise operations, from operands to one native call: promote, plan, run, wrap. No loops over elements here.

`function` is the name of the public function, for error messages. `unary`, `binary` and `compare` begin with the fast
path, for contiguous arrays of one dtype and shape, or such an array and a Python scalar.
"""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._core.arguments import show
from raptors_xp._core.chunks import UNSHARED, grain
from raptors_xp._core.dtypes import MAXIMA, MINIMA, DType, bool_, float64, uint64
from raptors_xp._core.operands import (
    as_array,
    as_operand,
    data_of,
    flat_strides,
    is_flat,
    is_flat_fortran,
    line_strides,
    offset_of,
    refuse_scalars,
    shape_of,
    strides_as,
)
from raptors_xp._core.operations import CONVERT, DIRECT, FLOAT32, RESULTS, compute_dtype, refuse_dtype, twin
from raptors_xp._core.planning import Nest, nest, result_layout, spread_nest
from raptors_xp._core.promotion import COUNT, Scalar, check_fits, holds, promote, weak_dtype
from raptors_xp._core.shape import broadcast_pair, broadcast_shapes, contiguous_strides, fortran_strides
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.results import check_bytes, filled, layout_strides, wrap_result
from raptors_xp._engine.walk import flat_binary, flat_unary, walk

_allocate: Final = _native.allocate
_dense: Final = _native.dense
_item: Final = _native.item
_reduce_flat: Final = _native.reduce_flat
_strided: Final = _native.strided
_DIVIDE: Final[int] = _native.DIVIDE
_POWER: Final[int] = _native.POWER
_SQUARE: Final[int] = _native.SQUARE
_EQUAL: Final[int] = _native.EQUAL
_NOT_EQUAL: Final[int] = _native.NOT_EQUAL
_LESS: Final[int] = _native.LESS
_LESS_EQUAL: Final[int] = _native.LESS_EQUAL
_BITWISE_AND: Final[int] = _native.BITWISE_AND
_BITWISE_OR: Final[int] = _native.BITWISE_OR
_BITWISE_INVERT: Final[int] = _native.BITWISE_INVERT
_ANY: Final[int] = _native.ANY


def unary(op: int, function: str, x: object) -> Strided:
    """Applies `op` to every element, after promotion of x's dtype."""
    if not isinstance(x, Strided):
        x = as_array(function, "x", x)
    dtype = x._dtype
    result = RESULTS[op * COUNT + dtype.code]
    if result is not None:
        if x._contiguous:
            size = x._size
            return x._like(flat_unary(op * COUNT + dtype.code, size, memory_of(x), x._offset), result)
        done = _in_step(op, result, x, x, None)
        if done is not None:
            return done
    other = twin(op, dtype)
    wanted = compute_dtype(other, dtype)
    if wanted is None:
        refuse_dtype(op, function, "x", dtype)
    return _unary_as(other, function, wanted, x)


def _unary_as(op: int, function: str, dtype: DType, x: Strided, in_c_order: bool = False) -> Strided:
    """Applies `op`, computed in `dtype`, to every element; the result keeps x's memory order unless `in_c_order`."""
    result = cast(DType, RESULTS[op * COUNT + dtype.code])
    shape = x._shape
    size = x._size
    if size == 0:
        return x._make(_allocate(0), result, shape)
    layout: tuple[int, ...] | None = None
    if x._contiguous:
        loops = Nest((size,), (result.itemsize,), (x._dtype.itemsize,))
    elif not in_c_order and is_flat_fortran(x, shape):
        loops = Nest((size,), (result.itemsize,), (x._dtype.itemsize,))
        layout = fortran_strides(shape, result.itemsize)
    else:
        size = check_bytes(function, shape, result.itemsize)
        if not in_c_order:
            layout = result_layout(shape, [x._strides], result.itemsize)
        loops = nest(shape, layout_strides(shape, layout, result.itemsize), x._strides)
    return wrap_result(x, walk(op, dtype, size, loops, None, x), result, shape, layout)


def classify(op: int, function: str, x: object, of_integers: bool) -> Strided:
    """Applies `op`, a test of floating-point numbers; for integers and booleans the answer is always `of_integers`."""
    array = as_array(function, "x", x)
    if array._dtype.code >= FLOAT32:
        return unary(op, function, array)
    return filled(function, array, bool_, array._shape, of_integers)


def positive(function: str, x: object) -> Strided:
    """A copy of a numeric array."""
    array = as_array(function, "x", x)
    if array._dtype is bool_:
        raise TypeError(f"{function}: dtype bool of x is not supported, only numeric dtypes; convert with astype")
    return convert(array, array._dtype, False)


def logical_not(function: str, x: object) -> Strided:
    """True where an element is 0."""
    array = as_array(function, "x", x)
    return unary(_BITWISE_INVERT, function, array) if array._dtype is bool_ else compare(_EQUAL, function, array, 0)


def convert(x: Strided, dtype: DType, in_c_order: bool = True) -> Strided:
    """A new copy in any dtype; contiguous if `in_c_order`, otherwise with the axes in the same memory order as x's."""
    op = CONVERT + dtype.code
    if x._contiguous:
        size = x._size
        code = x._dtype.code
        return x._like(flat_unary(op * COUNT + code, size, memory_of(x), x._offset), dtype)
    shape = x._shape
    rank = len(shape)  # mypyc unpacks a tuple at every use once len(shape) itself has been compared
    if rank == 1 or (in_c_order and x._size < UNSHARED):  # this one and the next: nothing is to be planned
        if x._size >= UNSHARED:
            check_bytes("astype", shape, dtype.itemsize)
        return _to_dense(op * COUNT + x._dtype.code, dtype, x)
    if not in_c_order and is_flat_fortran(x, shape):
        size = x._size
        memory = flat_unary(op * COUNT + x._dtype.code, size, memory_of(x), x._offset)
        strides = x._strides if dtype is x._dtype else fortran_strides(shape, dtype.itemsize)
        return x._place(memory, 0, dtype, shape, strides, size, False)
    return _unary_as(op, "astype", x._dtype, x, in_c_order)


def _to_dense(kernel: int, result: DType, x: Strided) -> Strided:
    """Applies a kernel to the elements of a non-contiguous array in C order."""
    shape = x._shape
    size = x._size
    memory = _dense(kernel, grain(kernel, size), memory_of(x), x._offset, shape, x._strides)
    return x._place(memory, 0, result, shape, contiguous_strides(shape, result.itemsize), size, True)


def contiguous(x: Strided) -> Strided:
    """The array itself if it is contiguous, otherwise a contiguous copy."""
    return x if x._contiguous else convert(x, x._dtype)


def _direct(op: int, x1: object, x2: object) -> Strided | None:
    """The fast path of `binary`, `compare` and `logical`; None if the operands need promotion or planning."""
    if isinstance(x1, Strided):
        a: Strided = x1  # a variable of this type: mypyc would check the narrowed object again at every use
        dtype = a._dtype
        code = dtype.code
        kernel = op * COUNT + code
        result = DIRECT[kernel]
        if result is None:
            return None
        size = a._size
        if isinstance(x2, Strided):
            b: Strided = x2
            if b._dtype is not dtype or (b._shape is not a._shape and not _is_same_shape(a, b)):
                return None
            if not a._contiguous or not b._contiguous:
                return _in_step(op, result, a, a, b)
            return a._like(flat_binary(kernel, size, memory_of(a), a._offset, memory_of(b), b._offset), result)
        if not is_plain(x2, code):
            return None
        if not a._contiguous:
            return _in_step(op, result, a, a, x2)
        return a._like(flat_binary(kernel, size, memory_of(a), a._offset, cast(Scalar, x2), 0), result)
    if isinstance(x2, Strided):
        b = x2
        code = b._dtype.code
        kernel = op * COUNT + code
        result = DIRECT[kernel]
        if result is None or not is_plain(x1, code):
            return None
        if not b._contiguous:
            return _in_step(op, result, b, x1, b)
        size = b._size
        return b._like(flat_binary(kernel, size, cast(Scalar, x1), 0, memory_of(b), b._offset), result)
    return None


def _in_step(op: int, result: DType, like: Strided, x1: object, x2: object) -> Strided | None:
    """Applies `op` to arrays of `like`'s dtype and shape, or scalars, that are not all contiguous but walk alike.

    They have one axis, or are dense in Fortran order. None for others, which need planning. A single operand is x1.
    """
    size = like._size
    if size == 0:
        return None
    shape = like._shape
    code = like._dtype.code
    kernel = op * COUNT + code
    rank = len(shape)  # as in convert
    if rank == 1:
        if x2 is None:
            return _to_dense(kernel, result, like)
        memory = _strided(
            op, code, grain(kernel, size), shape, None, 0, contiguous_strides(shape, result.itemsize),
            data_of(x1), code, offset_of(x1), line_strides(x1),
            data_of(x2), code, offset_of(x2), line_strides(x2),
        )  # fmt: skip
        return like._make(memory, result, shape)
    if not is_flat_fortran(x1, shape) or (x2 is not None and not is_flat_fortran(x2, shape)):
        return None
    if x2 is None:
        memory = flat_unary(kernel, size, data_of(x1), offset_of(x1))
    else:
        memory = flat_binary(kernel, size, data_of(x1), offset_of(x1), data_of(x2), offset_of(x2))
    same = result.itemsize == like._dtype.itemsize
    strides = like._strides if same else fortran_strides(shape, result.itemsize)
    return like._place(memory, 0, result, shape, strides, size, False)


def _is_same_shape(a: Strided, b: Strided) -> bool:
    """True if the shapes are equal. Arrays with one axis are compared by size, which is faster than by tuples."""
    rank = len(a._shape)  # as in convert
    if rank == 1 and len(b._shape) == rank:
        return a._size == b._size
    return a._shape == b._shape


def is_plain(value: object, code: int) -> bool:
    """True for a Python scalar that the dtype with this code holds without promotion; floats may be rounded."""
    if isinstance(value, float):
        return code >= FLOAT32
    if isinstance(value, int):
        if code >= FLOAT32:
            return -(1 << 53) <= value <= 1 << 53
        if 0 <= value <= 127:  # comparing it with the limits of 64 bits takes some hundred instructions
            return code > 0
        return MINIMA[code] <= value <= MAXIMA[code] and code > 0
    return False


def binary(op: int, function: str, x1: object, x2: object) -> Strided:
    """Applies `op` to pairs of elements, after promotion and broadcasting; one operand may be a Python scalar."""
    if op == _POWER and _is_square(x1, x2):
        return unary(_SQUARE, function, x1)
    done = _direct(op, x1, x2)
    if done is not None:
        return done
    x1, x2 = as_operand(function, "x1", x1), as_operand(function, "x2", x2)
    op, dtype = resolve(op, function, x1, x2)
    return _binary_as(op, function, dtype, x1, x2)


def _is_square(x1: object, x2: object) -> bool:
    """True if x1 ** x2 is x1 * x1 in x1's dtype."""
    if not isinstance(x1, Strided):
        return False
    if isinstance(x2, float):  # separate from int: comparing a numpy.float64 gives a numpy.bool, not a bool
        square = x2 == 2.0
    elif isinstance(x2, int):
        square = x2 == 2
    else:
        return False
    if not square:
        return False
    return x1._dtype is not bool_ and weak_dtype(x2, x1._dtype) is x1._dtype


def divide(function: str, x1: object, x2: object) -> Strided:
    """True division; integers and booleans are converted to the default float."""
    return binary(_DIVIDE, function, x1, x2)


def logical(op: int, function: str, x1: object, x2: object) -> Strided:
    """Applies a bitwise operation to truth values: numbers other than 0 count as True."""
    if isinstance(x1, Strided) and x1._dtype is bool_:
        done = _direct(op, x1, x2)
        if done is not None:
            return done
    elif isinstance(x1, Strided) and isinstance(x2, Strided) and x1._size > 0 and x1._contiguous and x2._contiguous:
        done = _flat_logical(op, x1, x2)
        if done is not None:
            return done
    x1, x2 = as_operand(function, "x1", x1), as_operand(function, "x2", x2)
    common_dtype(function, x1, x2)
    first: object = x1 if isinstance(x1, Strided) else bool(x1)
    second: object = x2 if isinstance(x2, Strided) else bool(x2)
    return _binary_as(op, function, bool_, first, second)


def _flat_logical(op: int, a: Strided, b: Strided) -> Strided | None:
    """`logical` for contiguous arrays, a faster _binary_as if they have one shape; otherwise None."""
    size = a._size
    if not _is_same_shape(a, b):
        return None
    memory = _strided(
        op, bool_.code, grain(op * COUNT + bool_.code, size), (size,), None, 0, (bool_.itemsize,),
        memory_of(a), a._dtype.code, a._offset, (a._dtype.itemsize,),
        memory_of(b), b._dtype.code, b._offset, (b._dtype.itemsize,),
    )  # fmt: skip
    return a._like(memory, bool_)


def resolve(op: int, function: str, x1: object, x2: object) -> tuple[int, DType]:
    """The operation to run and the dtype to compute it in; raises if the operands are not supported."""
    common = common_dtype(function, x1, x2)
    other = twin(op, common)
    dtype = compute_dtype(other, common)
    if dtype is None:
        refuse_dtype(op, function, _dtypes_of(x1, x2), common)
    check_scalar(function, "x1", x1, dtype)
    check_scalar(function, "x2", x2, dtype)
    if op == _POWER and dtype.code < FLOAT32 and _has_negative(x2) and not _is_empty(x1):
        raise ValueError(
            f"{function}: x2 is negative, and integers to negative powers do not fit dtype {dtype}; "
            "convert x1 with astype to a floating-point dtype"
        )
    return other, dtype


def _dtypes_of(x1: object, x2: object) -> str:
    """A description of the operands' dtypes, for an error about the dtype that they promote to."""
    return f"x1 and x2 ({_described(x1)} and {_described(x2)})"


def _described(x: object) -> str:
    return str(x._dtype) if isinstance(x, Strided) else f"the Python scalar {show(x)}"


def _is_empty(x: object) -> bool:
    return isinstance(x, Strided) and x._size == 0


def _has_negative(exponent: object) -> bool:
    if not isinstance(exponent, Strided):
        return cast(int, exponent) < 0
    if exponent._dtype.kind != "i" or exponent._size == 0:
        return False
    negative = _binary_as(_LESS, "pow", exponent._dtype, exponent, 0)
    return bool(_item(0, _reduce_flat(_ANY * COUNT, negative._size, memory_of(negative), 0), 0))


def common_dtype(function: str, x1: object, x2: object, is_swapped: bool = False) -> DType:
    """The dtype that arrays and Python scalars promote to; TypeError if both are scalars.

    `is_swapped` says that the operands are in the opposite order to the public function's, for error messages:
    greater(x1, x2) is computed as x2 < x1.
    """
    if isinstance(x1, Strided):
        return promote(x1._dtype, x2._dtype) if isinstance(x2, Strided) else weak_dtype(cast(Scalar, x2), x1._dtype)
    if not isinstance(x2, Strided):
        if is_swapped:
            x1, x2 = x2, x1
        refuse_scalars(function, x1, x2)
    return weak_dtype(cast(Scalar, x1), x2._dtype)


def check_scalar(function: str, argument: str, x: object, dtype: DType) -> None:
    """OverflowError if x is a Python int that the dtype cannot hold."""
    if not isinstance(x, Strided) and not holds(dtype, cast(Scalar, x)):
        check_fits(function, argument, cast(Scalar, x), dtype)


def _binary_as(op: int, function: str, dtype: DType, x1: object, x2: object) -> Strided:
    """Applies `op`, computed in `dtype`, to every pair; the operands have been checked, and one of them is an array."""
    result = cast(DType, RESULTS[op * COUNT + dtype.code])
    maker = x1 if isinstance(x1, Strided) else cast(Strided, x2)
    shape = maker._shape
    layout: tuple[int, ...] | None = None
    loops: Nest | None = None
    if is_flat(x1, shape) and is_flat(x2, shape):
        size = maker._size
        loops = Nest((size,), (result.itemsize,), flat_strides(x1), flat_strides(x2))
    elif is_flat_fortran(x1, shape) and is_flat_fortran(x2, shape):
        size = maker._size
        loops = Nest((size,), (result.itemsize,), flat_strides(x1), flat_strides(x2))
        layout = fortran_strides(shape, result.itemsize)
    else:
        if isinstance(x1, Strided) and isinstance(x2, Strided) and x1._contiguous and x2._contiguous:
            if x1._size >= x2._size:
                loops = spread_nest(shape, x2._shape, result.itemsize, x1._dtype.itemsize, x2._dtype.itemsize)
            else:
                loops = spread_nest(x2._shape, shape, result.itemsize, x2._dtype.itemsize, x1._dtype.itemsize)
                if loops is not None:
                    maker = x2
                    shape = x2._shape
                    loops = Nest(loops.shape, loops.out, loops.second, loops.first)
        if loops is None:
            shape = broadcast_pair(function, shape_of(x1), shape_of(x2))
            first, second = strides_as(x1, shape), strides_as(x2, shape)
            layout = result_layout(shape, [first, second], result.itemsize)
            loops = nest(shape, layout_strides(shape, layout, result.itemsize), first, second)
        size = check_bytes(function, shape, result.itemsize)
    if size == 0:
        return maker._make(_allocate(0), result, shape)
    return wrap_result(maker, walk(op, dtype, size, loops, None, x1, x2), result, shape, layout)


def ternary_as(op: int, function: str, dtype: DType, x1: Strided, x2: object, x3: object) -> Strided:
    """Applies `op`, computed in `dtype`, to every triple; the operands have been checked, and the first is an array."""
    shape = x1._shape
    layout: tuple[int, ...] | None = None
    if x1._contiguous and is_flat(x2, shape) and is_flat(x3, shape):
        size = x1._size
        loops = Nest((size,), (dtype.itemsize,), flat_strides(x1), flat_strides(x2), flat_strides(x3))
    else:
        shape = broadcast_shapes(function, shape, shape_of(x2), shape_of(x3))
        size = check_bytes(function, shape, dtype.itemsize)
        first, second, third = strides_as(x1, shape), strides_as(x2, shape), strides_as(x3, shape)
        layout = result_layout(shape, [first, second, third], dtype.itemsize)
        loops = nest(shape, layout_strides(shape, layout, dtype.itemsize), first, second, third)
    if size == 0:
        return x1._make(_allocate(0), dtype, shape)
    return wrap_result(x1, walk(op, dtype, size, loops, None, x1, x2, x3), dtype, shape, layout)


# --- comparisons -----------------------------------------------------------------------------------------------------


def compare(op: int, function: str, x1: object, x2: object, is_swapped: bool = False) -> Strided:
    """Applies EQUAL, NOT_EQUAL, LESS or LESS_EQUAL to every pair. Exact for integers of all dtypes and Python ints.

    For `is_swapped` see common_dtype.
    """
    done = _direct(op, x1, x2)
    if done is not None:
        return done
    x1 = as_operand(function, "x2" if is_swapped else "x1", x1)
    x2 = as_operand(function, "x1" if is_swapped else "x2", x2)
    common = common_dtype(function, x1, x2, is_swapped)
    dtype = compute_dtype(op, common)
    if dtype is None:
        refuse_dtype(op, function, _dtypes_of(x1, x2), common)
    if isinstance(x1, Strided) and isinstance(x2, Strided):
        if dtype is float64 and x1._dtype.kind in "iu" and x2._dtype.kind in "iu":
            return _compare_signs(op, function, x1, x2)
    elif isinstance(x1, int) and isinstance(x2, Strided):
        if not holds(dtype, x1):
            return _compare_beyond(op, function, x2, x1, True)
    elif isinstance(x1, Strided) and isinstance(x2, int) and not holds(dtype, x2):
        return _compare_beyond(op, function, x1, x2, False)
    return _binary_as(op, function, dtype, x1, x2)


def _compare_signs(op: int, function: str, x1: Strided, x2: Strided) -> Strided:
    """Compares a signed dtype with uint64, since no integer dtype holds both.

    They are compared as uint64, and the answer is corrected where the signed number is negative.
    """
    signed = x1 if x1._dtype.kind == "i" else x2
    as_unsigned = _binary_as(op, function, uint64, x1, x2)
    if op == _NOT_EQUAL or (op != _EQUAL and signed is x1):
        return binary(_BITWISE_OR, function, _binary_as(_LESS, function, signed._dtype, signed, 0), as_unsigned)
    return binary(_BITWISE_AND, function, _binary_as(_LESS_EQUAL, function, signed._dtype, 0, signed), as_unsigned)


def _compare_beyond(op: int, function: str, x: Strided, scalar: int, scalar_first: bool) -> Strided:
    """Compares with a Python int outside the range of x's dtype: only infinities in x are beyond such a number."""
    above = scalar > 0
    if op in (_EQUAL, _NOT_EQUAL) or x._dtype.code < FLOAT32:
        answer = op == _NOT_EQUAL or (op != _EQUAL and above != scalar_first)
        return filled(function, x, bool_, x._shape, answer)
    limit = float("inf") if above else float("-inf")
    strict = _LESS if above != scalar_first else _LESS_EQUAL
    if scalar_first:
        return _binary_as(strict, function, x._dtype, limit, x)
    return _binary_as(strict, function, x._dtype, x, limit)
