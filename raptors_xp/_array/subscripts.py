"""x[key] and x[key] = value, with NumPy's rules: the fast paths, and the choice between basic and advanced keys.

Keys are read in keys.py; keys with masks or index arrays are carried out in advanced.py.
"""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._array.advanced import AdvancedKey, refuse_shape
from raptors_xp._array.keys import basic_view, bounds, check_mask, entries_of, is_dots, is_slice
from raptors_xp._core.dtypes import MAXIMA, MINIMA, DType
from raptors_xp._core.promotion import Scalar
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.assignment import assign, check_parts, check_writable
from raptors_xp._engine.elementwise import contiguous, convert
from raptors_xp._engine.gather import out_of_range, put, take
from raptors_xp._engine.masks import compress, fill_from, fill_where
from raptors_xp._engine.overlap import independent, may_meet

READ: Final = "__getitem__"
WRITE: Final = "__setitem__"

_copy_item: Final = _native.copy_item
_set_item: Final = _native.set_item
_allocate: Final = _native.allocate


# --- reading and writing -------------------------------------------------------------------------------------------


def select(x: Strided, key: object) -> Strided:
    """The result of x[key]."""
    if isinstance(key, int) and not isinstance(key, bool) and len(x._shape) > 0:
        shape = x._shape
        size = shape[0]
        if key >= size or key < -size:
            out_of_range(READ, key, 0, size)
        strides = x._strides
        position = key if key >= 0 else key + size
        offset = x._offset + position * strides[0]
        return element(x, offset) if len(shape) == 1 else x._view(offset, shape[1:], strides[1:])
    if is_slice(key) and len(x._shape) > 0:
        return _slice(READ, x, key)
    if isinstance(key, Strided) and len(key._shape) > 0:
        if key._dtype.kind in "iu" and len(x._shape) > 0:
            return take(READ, x, key, 0)
        if key._dtype.code == 0 and key._shape == x._shape:
            return compress(x, key)
    entries = entries_of(READ, key)
    if entries.plain:
        view = basic_view(READ, x, entries.items)
        if _names_an_element(view, entries.items):
            return element(x, view._offset)
        return convert(view, view._dtype) if entries.copies else view
    if len(entries.items) == 1:  # a mask that was a list or a NumPy array, or stood in a tuple
        mask = entries.items[0]
        if isinstance(mask, Strided) and mask._dtype.code == 0 and mask._shape == x._shape:
            return compress(x, mask)
    return AdvancedKey(READ, x, entries.items, False).read(x)


def _slice(function: str, x: Strided, key: slice) -> Strided:
    """The view of a slice of the first axis."""
    start, count, step = bounds(function, key, x._shape[0])
    stride = x._strides[0]
    offset = x._offset + start * stride if count > 0 else x._offset
    return x._view(offset, (count, *x._shape[1:]), (step * stride, *x._strides[1:]))


def _names_an_element(view: Strided, items: list[object]) -> bool:
    """True for a key of integers alone, one for each axis; with `...` it selects a view of no axes."""
    if len(view._shape) > 0:
        return False
    return all(not is_dots(item) for item in items)


def element(x: Strided, offset: int) -> Strided:
    """A copy of the element at this offset, as an array of shape ()."""
    dtype = x._dtype
    return x._make(_copy_item(dtype.itemsize, memory_of(x), offset), dtype, ())


def store(x: Strided, key: object, value: object) -> None:
    """Carries out x[key] = value, where `value` is an array or a Python scalar."""
    if is_dots(key):
        assign(WRITE, x, value)
        return
    if is_slice(key) and len(x._shape) > 0:
        assign(WRITE, _slice(WRITE, x, key), value)
        return
    if isinstance(key, int) and not isinstance(key, bool) and len(x._shape) == 1 and _is_element(value, x._dtype):
        size = x._size
        if key >= size or key < -size:
            out_of_range(WRITE, key, 0, size)
        position = key if key >= 0 else key + size
        _put(x, x._offset + position * x._strides[0], value)
        return
    if isinstance(key, Strided) and _is_element(value, x._dtype) and _store_element(x, key, cast(Scalar, value)):
        return
    entries = entries_of(WRITE, key)
    if entries.plain:
        target = basic_view(WRITE, x, entries.items)
        if len(target._shape) == 0 and _is_element(value, x._dtype):
            _put(x, target._offset, value)
        else:
            assign(WRITE, target, value)
        return
    check_writable(WRITE, x)
    if not isinstance(value, Strided):
        # The scalar becomes an array of x's dtype; assign checks that it fits.
        single = x._make(_allocate(x._dtype.itemsize), x._dtype, ())
        assign(WRITE, single, value)
        value = single
    check_parts(WRITE, "value", value, x._dtype)
    if len(entries.items) == 1:
        mask = entries.items[0]
        if isinstance(mask, Strided) and mask._dtype.code == 0:
            check_mask(WRITE, mask, x._shape, 0)
            if _store_masked(x, mask, value):
                return
    AdvancedKey(WRITE, x, entries.items, True).write(x, value)


def _store_element(x: Strided, key: Strided, value: Scalar) -> bool:
    """x[key] = value for masks of x's shape, and for integer keys if key and x have one axis; False for other keys."""
    if key._dtype.code == 0:
        if key._shape != x._shape or len(key._shape) == 0:
            return False
        check_writable(WRITE, x)
        fill_where(x, key, value)
        return True
    if key._dtype.kind not in "iu" or len(key._shape) != 1 or len(x._shape) != 1 or may_meet(key, x):
        return False
    check_writable(WRITE, x)
    single = x._make(_allocate(x._dtype.itemsize), x._dtype, ())
    _put(single, 0, value)
    put(WRITE, x, key, single)
    return True


def _store_masked(x: Strided, mask: Strided, value: Strided) -> bool:
    """x[mask] = value if value has one element, or one axis while the mask has x's shape; False for other values."""
    if value._size == 1 and len(value._shape) <= 1:
        if mask._size == 0:
            return True
        ones = (1,) * (len(x._shape) - len(mask._shape))
        condition = mask._view(mask._offset, mask._shape + ones, mask._strides + ones)
        fill_where(x, condition, independent(value, x))
        return True
    if not x._contiguous or mask._shape != x._shape or len(value._shape) != 1:
        return False
    count = fill_from(x, mask, contiguous(independent(value, x)))
    if count is not None:
        refuse_shape(WRITE, value._shape, (count,))
    return True


def _put(x: Strided, offset: int, value: object) -> None:
    """Stores a scalar for which _is_element is true."""
    check_writable(WRITE, x)
    _set_item(x._dtype.code, memory_of(x), offset, cast(Scalar, value))


def _is_element(value: object, dtype: DType) -> bool:
    """True for a Python scalar of the dtype's own kind and range."""
    if isinstance(value, float):
        return dtype.kind == "f"
    if isinstance(value, bool):
        return dtype.kind == "b"
    if isinstance(value, int):
        return MINIMA[dtype.code] <= value <= MAXIMA[dtype.code]
    return False
