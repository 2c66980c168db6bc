"""NumPy's methods and attributes of arrays beside the standard's. Each calls the function of its name in the namespace.

The functions lie above, so they are looked up in the module that the namespace is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from raptors_xp._core.dtypes import uint8
from raptors_xp._core.numpy import load
from raptors_xp._core.operands import is_scalar
from raptors_xp._core.strided import Strided, memory_of, wrap
from raptors_xp._engine.views import part_of
from raptors_xp._exchange.borrowed import aligned
from raptors_xp._exchange.numpy_calls import call_numpy, from_numpy, to_numpy

# The module raptors_xp, which its __init__.py sets.
_namespace: Any = None


def set_namespace(module: object) -> None:
    """Sets the module that `__array_namespace__` returns, and whose functions methods call."""
    global _namespace
    _namespace = module


def namespace() -> Any:
    """The module raptors_xp."""
    return _namespace


class Flat:
    """What `x.flat` gives: an iterator over the elements as arrays of shape (), which also takes a subscript.

    Subscripts are NumPy's for one axis: reading copies, and values that are written are repeated. See numpy.flatiter.
    """

    def __init__(self, array: Strided) -> None:
        self._array = array
        self._elements: Iterator[Any] | None = None

    def __iter__(self) -> Flat:
        return self

    def __next__(self) -> Any:
        if self._elements is None:
            self._elements = iter(_namespace.reshape(self._array, (-1,)))
        return next(self._elements)

    def __len__(self) -> int:
        return self._array._size

    def __getitem__(self, key: object) -> Any:
        return from_numpy(to_numpy(self._array).flat[to_numpy(key)])

    def __setitem__(self, key: object, values: object) -> None:
        copied = load().array(to_numpy(values))  # as they may lie in the array itself
        to_numpy(self._array).flat[to_numpy(key)] = copied

    def __array__(self, dtype: object = None, copy: object = None) -> Any:
        line = _namespace.reshape(self._array, (-1,), copy=copy)
        return line.__array__(dtype, False if copy is False else None)


class NumpyMethods(Strided):
    """What arrays have beside the standard, under NumPy's names, with NumPy's parameters and answers."""

    @property
    def real(self) -> Any:
        """A view of the real parts; of a real array, of the array."""
        return part_of(self, False) if self._dtype.kind == "c" else call_numpy("real", self)

    @property
    def imag(self) -> Any:
        """A view of the imaginary parts; of a real array zeros, read-only."""
        return part_of(self, True) if self._dtype.kind == "c" else call_numpy("imag", self)

    @property
    def base(self) -> Any:
        """None if the elements, in C order, are all that the memory holds; otherwise an array of all of it."""
        memory, dtype = memory_of(self), self._dtype
        if self._contiguous and self._size * dtype.itemsize == memory.nbytes:
            return None
        if memory.nbytes % dtype.itemsize != 0 or not aligned(memory, 0, dtype, ()):
            dtype = uint8  # it does not consist of such elements
        return wrap(memory, 0, dtype, (memory.nbytes // dtype.itemsize,), (dtype.itemsize,))

    @property
    def data(self) -> memoryview:
        """The elements as a memoryview, without a copy."""
        return memoryview(cast(Any, self))

    @property
    def flat(self) -> Flat:
        """The elements, one after another, in C order: to iterate over, to read and to write as in one axis."""
        return Flat(self)

    @flat.setter
    def flat(self, values: Any) -> None:
        Flat(self)[...] = values

    def argmax(self, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Any:
        """Where the largest element is. See the function argmax."""
        return _written(out, _namespace.argmax(self, axis=axis, keepdims=keepdims))

    def argmin(self, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Any:
        """Where the smallest element is. See the function argmin."""
        return _written(out, _namespace.argmin(self, axis=axis, keepdims=keepdims))

    def argsort(self, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:  # noqa: ARG002
        """The positions that sort the elements along an axis; equal ones keep their order, whatever `kind` says."""
        _refuse_order("argsort", order)
        if axis is None:
            return _namespace.argsort(_namespace.reshape(self, (-1,)))
        return _namespace.argsort(self, axis=axis)

    def sort(self, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> None:  # noqa: ARG002
        """Sorts the elements along an axis in place. See the function sort."""
        _refuse_order("sort", order)
        cast(Any, self)[...] = _namespace.sort(self, axis=axis)

    def clip(self, min: Any = None, max: Any = None, out: Any = None) -> Any:
        """The elements, raised to min and lowered to max. See the function clip."""
        return _written(out, _namespace.clip(self, min, max))

    def conj(self) -> Any:
        """The complex conjugates. See the function conj."""
        return _namespace.conj(self) if self._dtype.kind == "c" else self

    def conjugate(self) -> Any:
        """The complex conjugates. See the function conj."""
        return self.conj()

    def cumsum(self, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
        """Running sums. See the function cumsum."""
        return _written(out, _namespace.cumsum(self, axis, dtype))

    def cumprod(self, axis: Any = None, dtype: Any = None, out: Any = None) -> Any:
        """Running products. See the function cumprod."""
        return _written(out, _namespace.cumprod(self, axis, dtype))

    def diagonal(self, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
        """A read-only view of the diagonals. See the function diagonal."""
        return _namespace.diagonal(self, offset, axis1, axis2)

    def dot(self, b: Any, out: Any = None) -> Any:
        """The product with b. See the function dot."""
        return _written(out, _namespace.dot(self, _array_like(b)))

    def fill(self, value: Any) -> None:
        """Sets all elements to a value."""
        cast(Any, self)[...] = value

    def flatten(self, order: str = "C") -> Any:
        """A copy of all elements in one axis."""
        flat = _namespace.ravel(self, order)
        return flat.copy()

    def nonzero(self) -> Any:
        """Where the elements are not 0: the indices along each axis. See the function nonzero."""
        return _namespace.nonzero(self)

    def prod(self, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False) -> Any:
        """The product of the elements over `axis`. See the function prod."""
        return _written(out, _namespace.prod(self, axis=axis, dtype=dtype, keepdims=keepdims))

    def ptp(self, axis: Any = None, out: Any = None, keepdims: Any = False) -> Any:
        """The largest element less the smallest. See the function ptp."""
        return _written(out, _namespace.ptp(self, axis, keepdims=keepdims))

    def ravel(self, order: str = "C") -> Any:
        """All elements in one axis, as a view if possible. See the function ravel."""
        return _namespace.ravel(self, order)

    def repeat(self, repeats: Any, axis: Any = None) -> Any:
        """Each element several times. See the function repeat."""
        return _namespace.repeat(self, repeats, axis=axis)

    def round(self, decimals: int = 0, out: Any = None) -> Any:
        """The elements rounded to so many decimals. See the function round."""
        return _written(out, _namespace.round(self, decimals=decimals))

    def searchsorted(self, v: Any, side: str = "left", sorter: Any = None) -> Any:
        """Where values would be inserted. See the function searchsorted."""
        return _namespace.searchsorted(self, _array_like(v), side=side, sorter=sorter)

    def squeeze(self, axis: Any = None) -> Any:
        """A view without axes of size 1: those in `axis`, or all. See the function squeeze."""
        return _namespace.squeeze(self, axis)

    def std(self, axis: Any = None, dtype: Any = None, out: Any = None, ddof: float = 0, keepdims: Any = False) -> Any:
        """The standard deviation over `axis`. See the function std."""
        return _written(out, _namespace.std(self, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims))

    def var(self, axis: Any = None, dtype: Any = None, out: Any = None, ddof: float = 0, keepdims: Any = False) -> Any:
        """The variance over `axis`. See the function var."""
        return _written(out, _namespace.var(self, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims))

    def swapaxes(self, axis1: int, axis2: int) -> Any:
        """A view with two axes exchanged. See the function swapaxes."""
        return _namespace.swapaxes(self, axis1, axis2)

    def take(self, indices: Any, axis: Any = None, out: Any = None, mode: str = "raise") -> Any:
        """The elements at the indices along an axis, or of all elements in one axis. See numpy.take."""
        return _written(out, call_numpy("take", self, indices, axis, mode=mode))

    def tobytes(self, order: str = "C") -> bytes:
        """The bytes of all elements, one after another."""
        return cast(bytes, to_numpy(self).tobytes(order))

    def tofile(self, fid: Any, sep: str = "", format: str = "%s") -> None:
        """Writes the elements to a file, as bytes or as text. See numpy.ndarray.tofile."""
        to_numpy(self).tofile(fid, sep, format)

    def trace(self, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: Any = None) -> Any:
        """The sum of the diagonal. See the function trace."""
        return _written(out, _namespace.trace(self, offset, axis1, axis2, dtype))

    def transpose(self, *axes: Any) -> Any:
        """A view with the axes in another order, by default reversed. See the function transpose."""
        order: Any = axes
        if len(axes) == 0:
            order = None
        elif len(axes) == 1:
            order = axes[0]
        return _namespace.transpose(self, order)

    def view(self, dtype: Any = None) -> Any:
        """The same bytes as elements of another dtype; None gives a view of all. See numpy.ndarray.view."""
        if dtype is None:
            return self._view(self._offset, self._shape, self._strides)
        return call_numpy("asarray", to_numpy(self).view(dtype))


def _array_like(value: Any) -> Any:
    """The value, which may be all that asarray takes, as what functions take: an array or a Python scalar."""
    return value if isinstance(value, Strided) or is_scalar(value) else _namespace.asarray(value)


def _refuse_order(function: str, order: Any) -> None:
    if order is not None:
        raise ValueError(f"{function}: order={order!r} names fields, and arrays have none; leave it out")


def _written(out: Any, result: Any) -> Any:
    """The result, or `out`, into which it has been written."""
    if out is None:
        return result
    call_numpy("copyto", out, result)
    return out
