"""NumPy's gufuncs for LAPACK and the FFT, called without the functions around them, which cost microseconds.

Their names are private to NumPy. Where one is missing, `find` gives None, and the public function does the same.
"""

from contextvars import Context
from typing import Any, Final

from raptors_xp._core.numpy import forks, linalg_error, load

# NumPy's name of the gufunc, and its signature for real and for complex matrices. NumPy computes them in double
# precision, whatever the dtype.
_LINALG: Final[dict[str, tuple[str, str, str]]] = {
    "cholesky": ("cholesky_lo", "d->d", "D->D"),
    "det": ("det", "d->d", "D->D"),
    "eig": ("eig", "d->DD", "D->DD"),
    "eigh": ("eigh_lo", "d->dd", "D->dD"),
    "eigvals": ("eigvals", "d->D", "D->D"),
    "eigvalsh": ("eigvalsh_lo", "d->d", "D->d"),
    "inv": ("inv", "d->d", "D->D"),
    "qr": ("qr_r_raw", "d->d", "D->D"),
    "qr complete": ("qr_complete", "dd->d", "DD->D"),
    "qr reduced": ("qr_reduced", "dd->d", "DD->D"),
    "slogdet": ("slogdet", "d->dd", "D->Dd"),
    "solve": ("solve", "dd->d", "DD->D"),
    "svd": ("svd_f", "d->ddd", "D->DdD"),
    "svd reduced": ("svd_s", "d->ddd", "D->DdD"),
    "svd values": ("svd", "d->d", "D->d"),
}


# Functions that numpy.linalg lets give what they give, nan for example.
_NEVER_FAIL: Final = ("det", "slogdet")


class Gufunc:
    """A gufunc of numpy.linalg with one signature; `results` are NumPy's letters of the dtypes that it gives."""

    def __init__(self, routine: str, function: Any, signature: str) -> None:
        self._function = function
        self._signature = signature
        self._contexts = _silent if routine in _NEVER_FAIL else _failing
        self.results = signature[signature.index(">") + 1 :]

    def run(self, array: Any, other: Any = None) -> Any:
        """The result of one array or two, or a tuple of results. LinAlgError where a matrix has no result."""
        contexts = self._contexts
        context = contexts.take()
        forks.begin()
        try:
            if other is None:
                return context.run(self._function, array, signature=self._signature)
            return context.run(self._function, array, other, signature=self._signature)
        finally:
            forks.end()
            contexts.give(context)


class _Contexts:
    """Contexts with one treatment of floating-point errors by NumPy, each for one thread at a time.

    Entering one takes a tenth of the time of numpy.errstate.
    """

    def __init__(self, **treatment: object) -> None:
        self._treatment = treatment
        self._free: list[Context] = []

    def take(self) -> Context:
        """A context that nobody else uses until it is given back."""
        try:
            return self._free.pop()
        except IndexError:
            context = Context()
            internals = load()._core.umath
            context.run(internals._extobj_contextvar.set, internals._make_extobj(**self._treatment))
            return context

    def give(self, context: Context) -> None:
        """Gives it back."""
        self._free.append(context)


def _fail(*details: object) -> None:
    """What NumPy calls where a matrix has no result."""
    del details  # the kind of error and a mask, the same each time
    raise linalg_error("the matrix has no result")


# An invalid operation is how the gufuncs of numpy.linalg say that they failed.
_failing: Final = _Contexts(call=_fail, invalid="call", divide="ignore", over="ignore", under="ignore")
_silent: Final = _Contexts(invalid="ignore", divide="ignore", over="ignore", under="ignore")
_found: Final[dict[str, list[Gufunc]]] = {}
_transforms: Final[dict[str, Any]] = {}


def find(routine: str, is_complex: bool) -> Gufunc | None:
    """The gufunc for a routine of numpy.linalg; None if this NumPy has none by its name."""
    known = _found.get(routine)
    if known is None:
        name, *signatures = _LINALG[routine]
        function = getattr(getattr(load().linalg, "_umath_linalg", None), name, None)
        if function is None or not _has_contexts():
            signatures = []
        known = _found[routine] = [Gufunc(routine, function, each) for each in signatures]
    return known[is_complex] if len(known) > 0 else None


def find_transform(routine: str) -> Any:
    """The gufunc of numpy.fft for "fft", "ifft", "irfft", "rfft_n_even" or "rfft_n_odd"; None if it has none."""
    if routine not in _transforms:
        function = getattr(getattr(load().fft, "_pocketfft_umath", None), routine, None)
        known = getattr(function, "signature", None) in ("(n),()->(m)", "(m),()->(n)") and _has_contexts()
        _transforms[routine] = function if known else None
    return _transforms[routine]


def run_transform(function: Any, source: Any, factor: Any, target: Any, axis: int) -> None:
    """Writes the transform along an axis, multiplied by the factor, into `target`, without floating-point warnings."""
    context = _silent.take()
    try:
        if axis == source.ndim - 1:
            context.run(function, source, factor, target)
        else:
            context.run(function, source, factor, target, axes=[(axis,), (), (axis,)])
    finally:
        _silent.give(context)


def _has_contexts() -> bool:
    """Whether this NumPy keeps its treatment of floating-point errors in a context variable that we know."""
    internals = getattr(getattr(load(), "_core", None), "umath", None)
    return hasattr(internals, "_extobj_contextvar") and hasattr(internals, "_make_extobj")
