"""NumPy's products of arrays, beside those of the standard (products.py). Names, parameters and answers are NumPy's."""

from __future__ import annotations

from typing import Any, Final, SupportsIndex, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.numpy import is_numpy, load
from raptors_xp._core.operands import as_array, as_operand
from raptors_xp._core.strided import ArrayOf, Strided
from raptors_xp._engine.elementwise import binary
from raptors_xp._engine.views import reshape
from raptors_xp._exchange.numpy_calls import call_numpy
from raptors_xp._functions import elementwise, products

Operand = elementwise.Operand

_MULTIPLY: Final[int] = _native.MULTIPLY


def einsum(subscripts: Any, *operands: Any, optimize: Any = None, **kwargs: Any) -> Array[Any]:
    """Sums of products over the axes that `subscripts` name. See numpy.einsum.

    Three operands and more are contracted in the order that opt_einsum or NumPy finds, and by matrix products.
    """
    if optimize is None:
        optimize = len(operands) > 1 and kwargs.get("dtype") is None
    given: list[Any] = [subscripts, *operands]
    if optimize is not False:
        # So optimized, NumPy sums some operands alone, before it promotes them: True and True would be True.
        dtypes = {each.dtype for each in given if isinstance(each, Strided) or is_numpy(each)}
        if len(dtypes) > 1:
            common = load().result_type(*dtypes)
            given = [each.astype(common) if isinstance(each, Strided) or is_numpy(each) else each for each in given]
    return cast("Array[Any]", call_numpy("einsum", *given, optimize=optimize, **kwargs))


def cross(
    a: ArrayOf[Any],
    b: ArrayOf[Any],
    axisa: SupportsIndex = -1,
    axisb: SupportsIndex = -1,
    axisc: SupportsIndex = -1,
    axis: SupportsIndex | None = None,
) -> Array[Any]:
    """The cross product of the vectors along an axis of a and one of b, into one of the result. See numpy.cross."""
    x, y = as_array("cross", "a", a), as_array("cross", "b", b)
    return cast("Array[Any]", call_numpy("cross", x, y, axisa, axisb, axisc, axis))


def dot(a: Operand, b: Operand) -> Array[Any]:
    """The product over the last axis of a and the second to last of b, or the last; of scalars a * b. See numpy.dot."""
    x, y = as_operand("dot", "a", a), as_operand("dot", "b", b)
    if not isinstance(x, Strided) or not isinstance(y, Strided) or not x._shape or not y._shape:
        return cast("Array[Any]", binary(_MULTIPLY, "dot", x, y))
    if len(x._shape) <= 2 and len(y._shape) <= 2:
        return products.matmul(cast(Any, x), cast(Any, y))
    return products.tensordot(cast(Any, x), cast(Any, y), axes=((-1,), (-2 if len(y._shape) > 1 else -1,)))


def inner(a: Operand, b: Operand) -> Array[Any]:
    """The product over the last axes of both. See numpy.inner."""
    x, y = as_operand("inner", "a", a), as_operand("inner", "b", b)
    if not isinstance(x, Strided) or not isinstance(y, Strided) or not x._shape or not y._shape:
        return cast("Array[Any]", binary(_MULTIPLY, "inner", x, y))
    return products.tensordot(cast(Any, x), cast(Any, y), axes=((-1,), (-1,)))


def outer(a: ArrayOf[Any], b: ArrayOf[Any]) -> Array[Any]:
    """Each element of a times each of b, both in one axis. See numpy.outer."""
    x, y = as_array("outer", "a", a), as_array("outer", "b", b)
    return products.outer(cast(Any, reshape("outer", x, (-1,), None)), cast(Any, reshape("outer", y, (-1,), None)))


def vdot(a: ArrayOf[Any], b: ArrayOf[Any]) -> Array[Any]:
    """The sum of the products of all elements, those of a conjugated. See numpy.vdot."""
    x, y = as_array("vdot", "a", a), as_array("vdot", "b", b)
    return products.vecdot(cast(Any, reshape("vdot", x, (-1,), None)), cast(Any, reshape("vdot", y, (-1,), None)))


def kron(a: ArrayOf[Any], b: ArrayOf[Any]) -> Array[Any]:
    """The Kronecker product: blocks of b, each times an element of a. See numpy.kron."""
    return cast("Array[Any]", call_numpy("kron", as_array("kron", "a", a), as_array("kron", "b", b)))


def trace(a: ArrayOf[Any], offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None) -> Array[Any]:
    """The sum of the diagonal in the plane of two axes. See numpy.trace."""
    return cast("Array[Any]", call_numpy("trace", as_array("trace", "a", a), offset, axis1, axis2, dtype))
