"""Special functions under SciPy's names: some by our own kernels, the other elementwise ones by SciPy's on all cores.

Dtypes of our own: real floating-point, promoted; integers and booleans give float64. Complex numbers, and functions
that are not here, are SciPy's, which is loaded by the first use and is optional. See scipy.special for what each
computes, and docs/accuracy.md for the errors of ours.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final, cast

from raptors_xp import _native
from raptors_xp._array.array import Array
from raptors_xp._core.arguments import Flag
from raptors_xp._core.numpy import load
from raptors_xp._core.operands import as_array, as_operand
from raptors_xp._core.shape import Axis
from raptors_xp._core.strided import Strided
from raptors_xp._engine import elementwise as engine
from raptors_xp._exchange.numpy_calls import call_ufunc, to_numpy
from raptors_xp._functions import elementwise, searching, statistics
from raptors_xp._functions.creation import asarray

Operand = elementwise.Operand

# --- by our own kernels ----------------------------------------------------------------------------------------------

_ENTR: Final[int] = _native.ENTR
_ERF: Final[int] = _native.ERF
_ERFC: Final[int] = _native.ERFC
_EXPIT: Final[int] = _native.EXPIT
_LOGIT: Final[int] = _native.LOGIT
_LOG_EXPIT: Final[int] = _native.LOG_EXPIT
_REL_ENTR: Final[int] = _native.REL_ENTR
_SOFTPLUS: Final[int] = _native.SOFTPLUS
_XLOG1PY: Final[int] = _native.XLOG1PY
_XLOGY: Final[int] = _native.XLOGY


def _is_complex(x: object) -> bool:
    return x._dtype.kind == "c" if isinstance(x, Strided) else isinstance(x, complex)


def _write(result: Array[Any], out: Array[Any] | None) -> Array[Any]:
    """The result, or `out` with its values."""
    if out is None:
        return result
    out[...] = result
    return out


def _unary(operation: int, function: str, x: Operand, out: Array[Any] | None) -> Array[Any]:
    operand = as_operand(function, "x", x)
    if _is_complex(operand):
        return _write(by_scipy(function)(x), out)
    array = operand if isinstance(operand, Strided) else asarray(operand)
    return _write(cast("Array[Any]", engine.unary(operation, function, array)), out)


def _binary(operation: int, function: str, x: Operand, y: Operand, out: Array[Any] | None) -> Array[Any]:
    first, second = as_operand(function, "x", x), as_operand(function, "y", y)
    if _is_complex(first) or _is_complex(second):
        return _write(by_scipy(function)(x, y), out)
    if not isinstance(first, Strided) and not isinstance(second, Strided):
        first = asarray(first)
    return _write(cast("Array[Any]", engine.binary(operation, function, first, second)), out)


def entr(x: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """-x log(x), the summands of an entropy; 0 for 0, and -inf below. See scipy.special.entr."""
    return _unary(_ENTR, "entr", x, out)


def erf(x: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x. See scipy.special.erf."""
    return _unary(_ERF, "erf", x, out)


def erfc(x: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """1 - erf(x), accurate also where that is close to 0. See scipy.special.erfc."""
    return _unary(_ERFC, "erfc", x, out)


def expit(x: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """The logistic sigmoid, 1 / (1 + exp(-x)). See scipy.special.expit."""
    return _unary(_EXPIT, "expit", x, out)


def logit(x: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """log(x / (1 - x)), the inverse of expit; nan outside of 0 to 1. See scipy.special.logit."""
    return _unary(_LOGIT, "logit", x, out)


def log_expit(x: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """The logarithm of expit. See scipy.special.log_expit."""
    return _unary(_LOG_EXPIT, "log_expit", x, out)


def softplus(x: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """log(1 + exp(x)), without overflow. See scipy.special.softplus."""
    return _unary(_SOFTPLUS, "softplus", x, out)


def xlogy(x: Operand, y: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """x log(y); 0 where x is 0 and y is not nan. See scipy.special.xlogy."""
    return _binary(_XLOGY, "xlogy", x, y, out)


def xlog1py(x: Operand, y: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """x log(1 + y); 0 where x is 0 and y is not nan. See scipy.special.xlog1py."""
    return _binary(_XLOG1PY, "xlog1py", x, y, out)


def rel_entr(x: Operand, y: Operand, /, out: Array[Any] | None = None) -> Array[Any]:
    """x log(x / y), the summands of a relative entropy; 0 for x = 0 <= y, else inf where x or y is not positive.

    See scipy.special.rel_entr.
    """
    return _binary(_REL_ENTR, "rel_entr", x, y, out)


# --- along axes ------------------------------------------------------------------------------------------------------


def _shifted(function: str, x: Strided, axis: Axis) -> tuple[Array[Any], Array[Any]]:
    """x less its largest element along the axes, and that element; 0 is subtracted where it is not finite."""
    largest = statistics.max(cast("Array[Any]", x), axis=axis, keepdims=True)
    shift = searching.where(elementwise.isfinite(largest), largest, 0)
    return cast("Array[Any]", engine.binary(_native.SUBTRACT, function, x, shift)), largest


def _as_floating(function: str, argument: str, x: Operand) -> Strided:
    """The argument as an array of a floating-point dtype."""
    operand = as_operand(function, argument, x)
    array = as_array(function, argument, operand if isinstance(operand, Strided) else asarray(operand))
    return array if array._dtype.kind in "fc" else cast("Array[Any]", array).astype("float64")


def logsumexp(
    a: Operand, axis: Axis = None, b: Operand | None = None, keepdims: Flag = False, return_sign: Flag = False
) -> Any:
    """log(sum(b exp(a))) along the axes, without overflow. See scipy.special.logsumexp.

    SciPy computes it for complex numbers, and with `b` or `return_sign`.
    """
    x = _as_floating("logsumexp", "a", a)
    if b is not None or return_sign or _is_complex(x):
        return _scipy_special("logsumexp").logsumexp(a, axis=axis, b=b, keepdims=keepdims, return_sign=return_sign)
    if x._size == 0:
        return elementwise.log(statistics.sum(elementwise.exp(cast("Array[Any]", x)), axis=axis, keepdims=keepdims))
    below, largest = _shifted("logsumexp", x, axis)
    is_largest = below == 0
    count = searching.count_nonzero(is_largest, axis=axis, keepdims=True).astype(largest.dtype)
    # The largest are kept out of the sum, so that the logarithm is of 1 and a rest that may be very small.
    rest = statistics.sum(searching.where(is_largest, 0, elementwise.exp(below)), axis=axis, keepdims=True)
    finite = elementwise.log1p(rest / count) + elementwise.log(count) + largest
    result = searching.where(elementwise.isfinite(largest), finite, largest)
    return result if keepdims else result.squeeze(axis)


def softmax(x: Operand, axis: Axis = None) -> Array[Any]:
    """exp(x) / sum(exp(x)) along the axes, without overflow. See scipy.special.softmax."""
    array = cast("Array[Any]", _as_floating("softmax", "x", x))
    powers = elementwise.exp(array - statistics.max(array, axis=axis, keepdims=True))
    powers /= statistics.sum(powers, axis=axis, keepdims=True)
    return powers


def log_softmax(x: Operand, axis: Axis = None) -> Array[Any]:
    """The logarithm of softmax. See scipy.special.log_softmax."""
    below, _ = _shifted("log_softmax", _as_floating("log_softmax", "x", x), axis)
    below -= elementwise.log(statistics.sum(elementwise.exp(below), axis=axis, keepdims=True))
    return below


# --- SciPy's ---------------------------------------------------------------------------------------------------------


class SpecialFunction:
    """An elementwise function of scipy.special, which gives arrays for arrays and computes large ones on all cores."""

    __name__: str
    __doc__: str | None
    _ufunc: Any

    def __init__(self, name: str, ufunc: Any) -> None:
        self.__name__ = name
        self.__doc__ = str(ufunc.__doc__)
        self._ufunc = ufunc

    def __call__(self, *args: Any, out: Any = None) -> Any:
        if out is None:
            return call_ufunc(self._ufunc, args)
        self._ufunc(*to_numpy(args), out=to_numpy(out))
        return out

    def __reduce__(self) -> tuple[Any, ...]:
        return by_scipy, (self.__name__,)

    def __repr__(self) -> str:
        return f"<function raptors_xp.special.{self.__name__}>"


def _scipy_special(function: str) -> Any:
    """The module scipy.special."""
    try:
        return import_module("scipy.special")
    except ImportError:
        raise ModuleNotFoundError(
            f"{function}: SciPy computes this, and is not installed: pip install scipy", name="scipy"
        ) from None


def by_scipy(name: str) -> SpecialFunction:
    """SciPy's function of this name; AttributeError if there is none that is elementwise with one result."""
    function = getattr(_scipy_special(name), name, None)
    function = getattr(function, "__wrapped__", function)  # SciPy's own dispatch
    if not isinstance(function, load().ufunc) or function.nout != 1 or function.signature is not None:
        raise AttributeError(f"{name}: scipy.special has no elementwise function of this name")
    return SpecialFunction(name, function)


def special_function(name: str) -> SpecialFunction | None:
    """SciPy's function of this name; None without SciPy, and for what is not elementwise."""
    if name.startswith("_"):
        return None
    try:
        return by_scipy(name)
    except (AttributeError, ModuleNotFoundError):
        return None


def scipy_names() -> list[str]:
    """The names of SciPy's elementwise functions; none without SciPy."""
    try:
        names: list[str] = _scipy_special("dir").__all__
    except ModuleNotFoundError:
        return []
    return [name for name in names if special_function(name) is not None]
