"""x[key] and x[key] = value, with NumPy's rules: the fast paths, and the choice between basic and advanced keys.

Keys are read in keys.py; keys with masks or index arrays are carried out in advanced.py. Of the compiled class Array,
native code (subscripts.c) does what is simple before it asks here: views and elements, and a few elements to write.
"""

from typing import Final, cast

from raptors_xp import _native
from raptors_xp._array.advanced import AdvancedKey, refuse_shape
from raptors_xp._array.keys import basic_view, check_mask, entries_of, is_dots
from raptors_xp._core.operations import FLOAT32
from raptors_xp._core.promotion import Scalar
from raptors_xp._core.strided import Strided, memory_of
from raptors_xp._engine.assignment import assign, check_parts, check_writable, is_element
from raptors_xp._engine.elementwise import contiguous, convert
from raptors_xp._engine.gather import put_line, take
from raptors_xp._engine.masks import compress, fill_from, fill_where
from raptors_xp._engine.overlap import independent

READ: Final = "__getitem__"
WRITE: Final = "__setitem__"

_copy_item: Final = _native.copy_item
_allocate: Final = _native.allocate


# --- reading and writing -------------------------------------------------------------------------------------------


def select(x: Strided, key: object) -> Strided:
    """The result of x[key]."""
    if isinstance(key, Strided) and len(key._shape) > 0:
        code = key._dtype.code
        if 0 < code < FLOAT32 and len(x._shape) > 0:
            return take(READ, x, key, 0)
        if code == 0 and key._shape == x._shape:
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


def _names_an_element(view: Strided, items: list[object]) -> bool:
    """True for a key of integers alone, one for each axis; with `...` it selects a view of no axes."""
    if len(view._shape) > 0:
        return False
    return all(not is_dots(item) for item in items)


def element(x: Strided, offset: int) -> Strided:
    """A copy of the element at this offset, as an array of shape ()."""
    dtype = x._dtype
    return x._place(_copy_item(dtype.itemsize, memory_of(x), offset), 0, dtype, (), (), 1, True)


def store(x: Strided, key: object, value: object) -> None:
    """Carries out x[key] = value, where `value` is an array or a Python scalar."""
    if is_dots(key):
        assign(WRITE, x, value)
        return
    if isinstance(key, Strided):
        if isinstance(value, Strided):
            if value._dtype is x._dtype and _is_line(x, key) and _put_line(x, key, value):
                return
        elif is_element(value, x._dtype.code) and _store_element(x, key, cast(Scalar, value)):
            return
    entries = entries_of(WRITE, key)
    if entries.plain:
        target = basic_view(WRITE, x, entries.items)
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
    return _is_line(x, key) and _put_line(x, key, value)


def _is_line(x: Strided, key: Strided) -> bool:
    """True for indices in one axis, of an x with one axis."""
    rank = len(x._shape)  # as in gather.take
    return rank == 1 and 0 < key._dtype.code < FLOAT32 and len(key._shape) == rank


def _put_line(x: Strided, key: Strided, value: Strided | Scalar) -> bool:
    try:  # it refuses what is read-only itself, and an exception that is not raised costs nothing
        return put_line(WRITE, x, key, value)
    except ValueError:
        check_writable(WRITE, x)
        raise


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
