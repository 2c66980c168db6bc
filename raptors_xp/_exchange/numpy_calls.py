"""Calls of NumPy's functions on our arrays, which are ndarrays over the same memory there, and results as arrays again.

NEP 13 and NEP 18 (`__array_ufunc__`, `__array_function__`): `numpy.sin(x)` is `xp.sin(x)` where that is the same
function; everything else goes through NumPy. No function of the namespace is here.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from raptors_xp._core.dtypes import as_dtype
from raptors_xp._core.numpy import as_ndarray, is_numpy, load
from raptors_xp._core.strided import Strided
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
    function = load()
    for part in name.split("."):
        function = getattr(function, part)
    return _call(function, args, kwargs)


# --- NEP 13 and NEP 18 -----------------------------------------------------------------------------------------------

# NumPy's elementwise functions that have another name here; the others have the same.
_RENAMED: Final[dict[str, str]] = {
    "absolute": "abs",
    "arccos": "acos",
    "arccosh": "acosh",
    "arcsin": "asin",
    "arcsinh": "asinh",
    "arctan": "atan",
    "arctan2": "atan2",
    "arctanh": "atanh",
    "conjugate": "conj",
    "invert": "bitwise_invert",
    "left_shift": "bitwise_left_shift",
    "power": "pow",
    "right_shift": "bitwise_right_shift",
    "rint": "round",
}

# Functions that are the same here: our name if it is another one, how many operands come first, and the names of the
# parameters that NumPy takes by position after them. Where ours takes less, NumPy is asked.
_REDUCED: Final = ("axis", "dtype", "out", "keepdims")
_REDUCED_TO_SAME: Final = ("axis", "out", "keepdims")
_FUNCTIONS: Final[dict[str, tuple[str, int, tuple[str, ...]]]] = {
    "all": ("all", 1, _REDUCED_TO_SAME),
    "amax": ("max", 1, _REDUCED_TO_SAME),
    "amin": ("min", 1, _REDUCED_TO_SAME),
    "any": ("any", 1, _REDUCED_TO_SAME),
    "argmax": ("argmax", 1, _REDUCED_TO_SAME),
    "argmin": ("argmin", 1, _REDUCED_TO_SAME),
    "argsort": ("argsort", 1, ("axis",)),
    "astype": ("astype", 2, ()),
    "broadcast_to": ("broadcast_to", 2, ()),
    "clip": ("clip", 3, ("out",)),
    "concatenate": ("concat", 1, ("axis", "out")),
    "cumsum": ("cumulative_sum", 1, ("axis", "dtype", "out")),
    "cumprod": ("cumulative_prod", 1, ("axis", "dtype", "out")),
    "diff": ("diff", 1, ("n", "axis", "prepend", "append")),
    "empty_like": ("empty_like", 1, ("dtype",)),
    "expand_dims": ("expand_dims", 2, ()),
    "flip": ("flip", 1, ("axis",)),
    "full_like": ("full_like", 2, ("dtype",)),
    "isin": ("isin", 2, ()),
    "matrix_transpose": ("matrix_transpose", 1, ()),
    "max": ("max", 1, _REDUCED_TO_SAME),
    "mean": ("mean", 1, _REDUCED),
    "min": ("min", 1, _REDUCED_TO_SAME),
    "moveaxis": ("moveaxis", 3, ()),
    "nonzero": ("nonzero", 1, ()),
    "ones_like": ("ones_like", 1, ("dtype",)),
    "prod": ("prod", 1, _REDUCED),
    "repeat": ("repeat", 2, ("axis",)),
    "reshape": ("reshape", 2, ()),
    "roll": ("roll", 2, ("axis",)),
    "round": ("round", 1, ("decimals", "out")),
    "searchsorted": ("searchsorted", 2, ("side", "sorter")),
    "sort": ("sort", 1, ("axis",)),
    "squeeze": ("squeeze", 1, ("axis",)),
    "stack": ("stack", 1, ("axis", "out")),
    "std": ("std", 1, ("axis", "dtype", "out", "ddof", "keepdims")),
    "sum": ("sum", 1, _REDUCED),
    "take": ("take", 2, ("axis", "out")),
    "take_along_axis": ("take_along_axis", 2, ("axis",)),
    "tensordot": ("tensordot", 2, ("axes",)),
    "tile": ("tile", 2, ()),
    "tril": ("tril", 1, ("k",)),
    "triu": ("triu", 1, ("k",)),
    "unique_all": ("unique_all", 1, ()),
    "unique_counts": ("unique_counts", 1, ()),
    "unique_inverse": ("unique_inverse", 1, ()),
    "unique_values": ("unique_values", 1, ()),
    "var": ("var", 1, ("axis", "dtype", "out", "ddof", "keepdims")),
    "where": ("where", 3, ()),
    "zeros_like": ("zeros_like", 1, ("dtype",)),
    "linalg.cholesky": ("linalg.cholesky", 1, ()),
    "linalg.det": ("linalg.det", 1, ()),
    "linalg.eigh": ("linalg.eigh", 1, ()),
    "linalg.eigvalsh": ("linalg.eigvalsh", 1, ()),
    "linalg.inv": ("linalg.inv", 1, ()),
    "linalg.matrix_power": ("linalg.matrix_power", 2, ()),
    "linalg.pinv": ("linalg.pinv", 1, ()),
    "linalg.qr": ("linalg.qr", 1, ("mode",)),
    "linalg.slogdet": ("linalg.slogdet", 1, ()),
    "linalg.solve": ("linalg.solve", 2, ()),
    "linalg.svd": ("linalg.svd", 1, ("full_matrices",)),
    "fft.fft": ("fft.fft", 1, ("n", "axis", "norm", "out")),
    "fft.ifft": ("fft.ifft", 1, ("n", "axis", "norm", "out")),
    "fft.rfft": ("fft.rfft", 1, ("n", "axis", "norm", "out")),
    "fft.irfft": ("fft.irfft", 1, ("n", "axis", "norm", "out")),
    "fft.fftn": ("fft.fftn", 1, ("s", "axes", "norm", "out")),
    "fft.ifftn": ("fft.ifftn", 1, ("s", "axes", "norm", "out")),
    "fft.rfftn": ("fft.rfftn", 1, ("s", "axes", "norm", "out")),
    "fft.irfftn": ("fft.irfftn", 1, ("s", "axes", "norm", "out")),
    "fft.fftshift": ("fft.fftshift", 1, ("axes",)),
    "fft.ifftshift": ("fft.ifftshift", 1, ("axes",)),
}

# What those say who take less than NumPy. NumPy then takes it, or says what is wrong.
_LESS: Final = (TypeError, ValueError, IndexError)

Same = tuple[Callable[..., Any], int, tuple[str, ...]]
_ufuncs: dict[object, Callable[..., Any]] = {}  # NumPy's, and ours
_functions: dict[object, Same] = {}


def array_ufunc(namespace: Any, ufunc: Any, method: str, inputs: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The result of a NumPy ufunc, ours or another library's, of which an operand or `out` is one of our arrays."""
    if not all(_is_known(each) for each in inputs):
        return NotImplemented
    if method == "__call__" and len(kwargs) == 0:
        if len(_ufuncs) == 0:
            _find_ufuncs(namespace)
        same = _ufuncs.get(ufunc)
        if same is not None:
            try:
                return same(*inputs)
            except _LESS:
                pass
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
            ours = getattr(namespace, _RENAMED.get(name, name), None)
            if callable(ours):
                _ufuncs[function] = ours


def _find_functions(namespace: Any) -> None:
    numpy = load()
    for name, (ours, operands, names) in _FUNCTIONS.items():
        function, same = numpy, namespace
        for part in name.split("."):
            function = getattr(function, part, None)
        for part in ours.split("."):
            same = getattr(same, part)
        if function is not None:
            _functions[function] = (same, operands, names)
