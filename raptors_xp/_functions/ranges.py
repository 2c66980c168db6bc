"""The standard's arange and linspace: their arguments read, and the ranges that the engine builds. Nothing else.

See "Creation Functions" in the Array API standard 2025.12.
"""

from __future__ import annotations

from operator import index
from typing import Any, Final, NoReturn, SupportsComplex, SupportsFloat, SupportsIndex, TypeGuard, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag, as_flag, as_real, has, show
from raptors_xp._core.device import check_device
from raptors_xp._core.dtypes import DType, DTypeLike, as_dtype, complex128, float32, float64, int64
from raptors_xp._core.shape import COUNT_LIMIT, as_size
from raptors_xp._core.strided import memory_of
from raptors_xp._engine.elementwise import unary
from raptors_xp._engine.ranges import float_range, integer_range, spaced
from raptors_xp._engine.results import check_bytes, refuse_size
from raptors_xp._exchange.numpy_calls import call_numpy
from raptors_xp._exchange.sequences import cast_to

Real = SupportsFloat | SupportsIndex

_FLOOR: Final[int] = _native.FLOOR


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _number(function: str, argument: str, value: object) -> int | float:
    """An argument of arange: an int or a float. A zero-dimensional array gives its element."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if not isinstance(value, bool) and has(value, "__index__"):
        try:
            return index(cast(Any, value))
        except TypeError:  # arrays of floats have __index__ too, but it raises
            pass
    return as_real(function, argument, value)


def arange(
    start: Real,
    /,
    stop: Real | None = None,
    step: Real = 1,
    *,
    dtype: DTypeLike | None = None,
    device: object = None,
) -> Array[Any]:
    """The numbers start, start + step, start + 2 * step ... before `stop`, along one axis.

    With one argument they run from 0 to `start`. There are ceil((stop - start) / step) numbers, or none if that is
    negative. Dtypes: all; by default int64 if all arguments are integers, otherwise float64. ValueError for a step of 0
    and for numbers that are not finite, OverflowError for numbers that the dtype cannot hold.
    """
    if device is not None:
        check_device("arange", device)
    wanted = None if dtype is None else as_dtype("arange", dtype)
    if stop is None and _is_int(start) and _is_int(step) and step == 1:
        return cast("Array[Any]", integer_range("arange", 0, 1, max(0, start), int64 if wanted is None else wanted))
    first = 0 if stop is None else _number("arange", "start", start)
    end = _number("arange", "start", start) if stop is None else _number("arange", "stop", stop)
    by = _number("arange", "step", step)
    if by == 0:
        raise ValueError("arange: step=0 never reaches stop; give another step, or use full")
    if isinstance(first, int) and isinstance(end, int) and isinstance(by, int):
        whole = max(0, -((first - end) // by))
        if whole > COUNT_LIMIT:
            _refuse_count(first, end, by)
        return cast("Array[Any]", integer_range("arange", first, by, whole, int64 if wanted is None else wanted))
    first, end, by = as_real("arange", "start", first), as_real("arange", "stop", end), as_real("arange", "step", by)
    if not (first - first == 0 and end - end == 0 and by == by):  # math.isfinite is a call
        raise ValueError(
            f"arange: start={show(first)}, stop={show(end)} and step={show(by)} are not all finite; "
            "use linspace or full"
        )
    quotient = (end - first) / by
    if not quotient < COUNT_LIMIT:
        _refuse_count(first, end, by)
    count = max(0, _ceiling(quotient))
    return cast("Array[Any]", float_range("arange", first, by, count, float64 if wanted is None else wanted))


def _is_single(value: object) -> bool:
    """True for a float32 number of ours or NumPy's."""
    return not isinstance(value, float) and str(getattr(value, "dtype", "")) == "float32"


def _refuse_count(start: object, stop: object, step: object) -> NoReturn:
    raise MemoryError(
        f"arange: start={show(start)}, stop={show(stop)} and step={show(step)} ask for more elements than fit in any "
        "memory; give a larger step"
    )


def _ceiling(value: float) -> int:
    whole = int(value)
    return whole + 1 if value > whole else whole


def linspace(
    start: Real | SupportsComplex,
    stop: Real | SupportsComplex,
    /,
    num: SupportsIndex,
    *,
    dtype: DTypeLike | None = None,
    device: object = None,
    endpoint: Flag = True,
) -> Array[Any]:
    """`num` evenly spaced numbers from `start` to `stop`, in shape (num,); endpoint=False leaves out `stop`.

    Dtypes: all; by default float64, or complex128 if one of the ends is complex. For integer dtypes they are rounded
    down.
    """
    if device is not None:
        check_device("linspace", device)
    count = as_size("linspace", "num", num, 0)
    keeps_stop = as_flag("linspace", "endpoint", endpoint)
    is_complex = isinstance(start, complex) or isinstance(stop, complex)
    natural: DType = complex128 if is_complex else float64
    wanted = natural if dtype is None else as_dtype("linspace", dtype)
    if wanted is float32 and _is_single(start) and _is_single(stop):  # NumPy computes in float32 then
        return cast("Array[Any]", call_numpy("linspace", start, stop, count, endpoint=keeps_stop, dtype="float32"))
    first: Any = _end("start", start, is_complex)
    last: Any = _end("stop", stop, is_complex)
    check_bytes("linspace", (count,), max(natural.itemsize, wanted.itemsize))
    steps = count - 1 if keeps_stop else count
    direct = natural if wanted.kind in "biu" or (is_complex and wanted.kind == "f") else wanted
    try:
        result = spaced("linspace", first, last, count, steps, direct)
    except MemoryError:
        refuse_size("linspace", (count,), wanted.itemsize)
    if keeps_stop and count > 1:
        _native.set_item(direct.code, memory_of(result), (count - 1) * direct.itemsize, last)
    if wanted is direct:
        return cast("Array[Any]", result)
    if wanted.kind in "iu" and not is_complex:  # as in NumPy: rounded down, not towards zero
        result = unary(_FLOOR, "linspace", result)
    return cast("Array[Any]", cast_to("linspace", "start to stop", result, wanted))


def _end(argument: str, value: object, is_complex: bool) -> complex:
    """`start` or `stop` of linspace as a float, or as a complex number if one of them is complex."""
    if is_complex and isinstance(value, complex):
        return value
    number = as_real("linspace", argument, value)
    return complex(number) if is_complex else number
