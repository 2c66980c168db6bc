"""Calls of NumPy's functions on our arrays, which are ndarrays over the same memory there, and results as arrays again.

NEP 13 and NEP 18 (`__array_ufunc__`, `__array_function__`): `numpy.sin(x)` is `xp.sin(x)` where that is the same
function; everything else goes through NumPy. No function of the namespace is here.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from raptors_xp import _native
from raptors_xp._core.dtypes import as_dtype
from raptors_xp._core.numpy import as_ndarray, is_numpy, load, run_elementwise
from raptors_xp._core.shape import contiguous_strides, product
from raptors_xp._core.strided import Strided, wrap_fresh
from raptors_xp._engine.results import fresh_memory
from raptors_xp._exchange.buffers import from_foreign

# --- there and back --------------------------------------------------------------------------------------------------


def to_numpy(value: Any) -> Any:
    """`value` with every array in it, in lists, tuples and dicts too, as an ndarray over the same memory."""
    if isinstance(value, Strided):
        return as_ndarray(memoryview(cast(Any, value)))
    if isinstance(value, list):
        return [to_numpy(each) for each in value]
    if isinstance(value, tuple):
        return _like_tuple(value, [to_numpy(each) for each in value])
    if type(value) is dict:
        return {name: to_numpy(each) for name, each in value.items()}
    return value


def from_numpy(value: Any) -> Any:
    """`value` with every ndarray and NumPy scalar of a dtype that we have as an array over the same memory."""
    if is_numpy(value):
        return _array_of(value)
    if isinstance(value, list):
        return [from_numpy(each) for each in value]
    if isinstance(value, tuple):
        return _like_tuple(value, [from_numpy(each) for each in value])
    return value


def _array_of(value: Any) -> Any:
    numpy = load()
    if isinstance(value, numpy.ndarray) and type(value) not in (numpy.ndarray, numpy.memmap):  # as masked arrays
        return value
    try:
        as_dtype("", value.dtype)
    except TypeError:  # float16, objects, another byte order
        return value
    return from_foreign("", "", value, None)


def _like_tuple(value: tuple[Any, ...], items: list[Any]) -> Any:
    """The items in a tuple of the type of `value`, which may be a named one."""
    if type(value) is tuple:
        return tuple(items)
    return type(value)(*items) if hasattr(value, "_fields") else type(value)(items)


def call_numpy(name: str, *args: Any, **kwargs: Any) -> Any:
    """numpy.NAME(*args, **kwargs) of arrays, with arrays as results. NAME may be dotted: "linalg.norm"."""
    function = _inside(load(), name)
    if isinstance(function, load().ufunc) and len(kwargs) == 0:
        return call_ufunc(function, args)
    return _call(function, args, kwargs)


def _inside(module: Any, name: str) -> Any:
    """The function of a dotted name."""
    for part in name.split("."):
        module = getattr(module, part)
    return module


# --- NEP 13 and NEP 18 -----------------------------------------------------------------------------------------------

# Functions that are the same here: how many operands come first, and the names of the parameters that NumPy takes by
# position after them. Where ours takes less, NumPy is asked.
_REDUCED: Final = ("axis", "dtype", "out", "keepdims")
_REDUCED_TO_SAME: Final = ("axis", "out", "keepdims")
_SPREAD: Final = ("axis", "dtype", "out", "ddof", "keepdims")
_LINE: Final = ("n", "axis", "norm", "out")
_LINES: Final = ("s", "axes", "norm", "out")
_FUNCTIONS: Final[dict[str, tuple[int, tuple[str, ...]]]] = {
    "all": (1, _REDUCED_TO_SAME),
    "amax": (1, _REDUCED_TO_SAME),
    "amin": (1, _REDUCED_TO_SAME),
    "any": (1, _REDUCED_TO_SAME),
    "argmax": (1, _REDUCED_TO_SAME),
    "argmin": (1, _REDUCED_TO_SAME),
    "argsort": (1, ("axis",)),
    "astype": (2, ()),
    "broadcast_to": (2, ()),
    "clip": (3, ("out",)),
    "concatenate": (1, ("axis", "out")),
    "cumsum": (1, ("axis", "dtype", "out")),
    "cumprod": (1, ("axis", "dtype", "out")),
    "diff": (1, ("n", "axis", "prepend", "append")),
    "empty_like": (1, ("dtype",)),
    "expand_dims": (2, ()),
    "flip": (1, ("axis",)),
    "full_like": (2, ("dtype",)),
    "isin": (2, ()),
    "matrix_transpose": (1, ()),
    "max": (1, _REDUCED_TO_SAME),
    "mean": (1, _REDUCED),
    "min": (1, _REDUCED_TO_SAME),
    "moveaxis": (3, ()),
    "nonzero": (1, ()),
    "ones_like": (1, ("dtype",)),
    "prod": (1, _REDUCED),
    "repeat": (2, ("axis",)),
    "reshape": (2, ()),
    "roll": (2, ("axis",)),
    "round": (1, ("decimals", "out")),
    "searchsorted": (2, ("side", "sorter")),
    "sort": (1, ("axis",)),
    "squeeze": (1, ("axis",)),
    "stack": (1, ("axis", "out")),
    "std": (1, _SPREAD),
    "sum": (1, _REDUCED),
    "take": (2, ("axis", "out")),
    "take_along_axis": (2, ("axis",)),
    "tensordot": (2, ("axes",)),
    "tile": (2, ()),
    "tril": (1, ("k",)),
    "triu": (1, ("k",)),
    "unique_all": (1, ()),
    "unique_counts": (1, ()),
    "unique_inverse": (1, ()),
    "unique_values": (1, ()),
    "var": (1, _SPREAD),
    "where": (3, ()),
    "zeros_like": (1, ("dtype",)),
    "linalg.cholesky": (1, ()),
    "linalg.det": (1, ()),
    "linalg.eigh": (1, ()),
    "linalg.eigvalsh": (1, ()),
    "linalg.inv": (1, ()),
    "linalg.matrix_power": (2, ()),
    "linalg.pinv": (1, ()),
    "linalg.qr": (1, ("mode",)),
    "linalg.slogdet": (1, ()),
    "linalg.solve": (2, ()),
    "linalg.svd": (1, ("full_matrices",)),
    "fft.fft": (1, _LINE),
    "fft.ifft": (1, _LINE),
    "fft.rfft": (1, _LINE),
    "fft.irfft": (1, _LINE),
    "fft.fftn": (1, _LINES),
    "fft.ifftn": (1, _LINES),
    "fft.rfftn": (1, _LINES),
    "fft.irfftn": (1, _LINES),
    "fft.fftshift": (1, ("axes",)),
    "fft.ifftshift": (1, ("axes",)),
}
# Those with another name here.
_OTHER_NAMES: Final[dict[str, str]] = {
    "amax": "max",
    "amin": "min",
    "concatenate": "concat",
    "cumsum": "cumulative_sum",
    "cumprod": "cumulative_prod",
}

# What those say who take less than NumPy. NumPy then takes it, or says what is wrong.
_LESS: Final = (TypeError, ValueError, IndexError)

Same = tuple[Callable[..., Any], int, tuple[str, ...]]
_ufuncs: dict[object, Callable[..., Any] | None] = {}  # NumPy's and SciPy's, and ours; None where there is none
_functions: dict[object, Same] = {}


# Elements from which a ufunc may take long enough for threads to pay.
_MANY: Final = 1 << 14


def call_ufunc(ufunc: Any, inputs: tuple[Any, ...]) -> Any:
    """An elementwise ufunc of arrays and scalars, NumPy's or another library's; large arrays are cut for threads."""
    views = [to_numpy(each) for each in inputs]
    threads = _native.threads()
    if threads > 1 and ufunc.nout == 1 and ufunc.signature is None and all(_is_plain(each) for each in views):
        try:
            shape: tuple[int, ...] = load().broadcast_shapes(*[getattr(each, "shape", ()) for each in views])
        except ValueError:  # the ufunc says what is wrong
            shape = ()
        if product(shape) >= _MANY:
            return _shared(ufunc, views, shape, threads)
    return from_numpy(ufunc(*views))


def _is_plain(value: Any) -> bool:
    """Whether the value is an array, and no masked one or its like, or a scalar."""
    return type(value) is load().ndarray or isinstance(value, (bool, int, float, complex, load().generic))


def _shared(ufunc: Any, views: list[Any], shape: tuple[int, ...], threads: int) -> Any:
    """The result on several threads, in memory of ours; on one if it is of a dtype that we do not have."""
    arrays = [each for each in views if getattr(each, "ndim", 0) > 0]
    dtype = ufunc(*[each.flat[:1] if getattr(each, "ndim", 0) > 0 else each for each in views]).dtype
    try:
        known = as_dtype("", dtype)
    except TypeError:
        return ufunc(*views)
    result = wrap_fresh(fresh_memory(str(ufunc.__name__), known, shape), known, shape)
    are_rows = all(each.shape == shape and each.flags.c_contiguous for each in arrays)
    are_columns = not are_rows and all(each.shape == shape and each.flags.f_contiguous for each in arrays)
    if are_columns:  # as elsewhere, the result keeps that order
        result = result._view(0, shape, contiguous_strides(shape[::-1], known.itemsize)[::-1])
    out = to_numpy(result)
    if are_rows or are_columns:
        views = [each.ravel("K") if getattr(each, "ndim", 0) > 0 else each for each in views]
        out = out.ravel("K")
    run_elementwise(ufunc, views, out, threads)
    return result


def array_ufunc(namespace: Any, ufunc: Any, method: str, inputs: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of a NumPy ufunc, ours or another library's, of which an operand or `out` is one of our arrays."""
    if not all(_is_known(each) for each in inputs):
        return NotImplemented
    if method == "__call__" and len(kwargs) == 0:
        if len(_ufuncs) == 0:
            _find_ufuncs(namespace)
        if ufunc not in _ufuncs:
            _ufuncs[ufunc] = _find_special(namespace, ufunc)
        same = _ufuncs[ufunc]
        if same is not None:
            try:
                return same(*inputs)
            except _LESS:
                pass
        return call_ufunc(ufunc, inputs)
    return _call(getattr(ufunc, method), inputs, kwargs)


def array_function(namespace: Any, function: Any, types: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of a NumPy function of which an argument is one of our arrays."""
    array_type = load().ndarray
    if not all(issubclass(each, (Strided, array_type)) for each in types):
        return NotImplemented
    if len(_functions) == 0:
        _find_functions(namespace)
    same = _functions.get(function)
    if same is not None:
        ours, operands, names = same
        if operands <= len(args) <= operands + len(names):
            options = {**dict(zip(names, args[operands:])), **kwargs}
            if options.get("out", False) is None:
                del options["out"]
            try:
                return ours(*args[:operands], **options)
            except _LESS:
                pass
    return _call(function, args, kwargs)


def _call(function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """NumPy's function of ndarrays; what it wrote to is returned as it was given."""
    result = function(*to_numpy(args), **to_numpy(dict(kwargs)))
    out = kwargs.get("out")
    if isinstance(out, tuple):
        return out[0] if len(out) == 1 else out if all(each is not None for each in out) else from_numpy(result)
    return from_numpy(result) if out is None else out


def _is_known(value: object) -> bool:
    """False for what may take our arrays itself, as dask, pandas and xarray do."""
    if isinstance(value, Strided) or is_numpy(value):
        return True
    return not hasattr(type(value), "__array_ufunc__")


def _find_ufuncs(namespace: Any) -> None:
    numpy = load()
    for name in dir(numpy):
        function = getattr(numpy, name)
        if isinstance(function, numpy.ufunc):
            ours = getattr(namespace, name, None)
            if callable(ours):
                _ufuncs[function] = ours


def _find_special(namespace: Any, ufunc: Any) -> Callable[..., Any] | None:
    """Our own function for one of SciPy's."""
    name = str(ufunc.__name__)
    theirs = getattr(sys.modules.get("scipy.special._ufuncs"), name, None)
    if theirs is not ufunc or name not in namespace.special.__all__:
        return None
    return cast("Callable[..., Any]", getattr(namespace.special, name))


def _find_functions(namespace: Any) -> None:
    numpy = load()
    for name, (operands, names) in _FUNCTIONS.items():
        ours = _inside(namespace, _OTHER_NAMES.get(name, name))
        try:
            _functions[_inside(numpy, name)] = (ours, operands, names)
        except AttributeError:  # of a later NumPy than this one
            continue
