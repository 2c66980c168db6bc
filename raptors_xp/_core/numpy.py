"""The only module that imports NumPy, and only when one of its functions is called. It sees arrays as buffers alone."""

import _thread
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from itertools import count, pairwise
from typing import Any, Final

from raptors_xp import _native

# Functions of numpy.linalg that emit no floating-point warnings, so that they need no errstate.
_QUIET: Final = ("cholesky", "eig", "eigh", "eigvals", "eigvalsh", "inv", "qr", "solve", "svd")
# The most axes that every version of NumPy takes (NumPy 1 takes 32). Arrays with more are reshaped to fewer first.
NUMPY_RANK: Final = 32
# A stack is cut into this many pieces for each thread, so that a thread that loses its processor delays little work.
_PIECES: Final = 6
# Seconds that a ufunc must take for threads to pay.
_SHARED_FROM: Final = 0.001
# How long a fork waits for calls of LAPACK in other threads, in seconds.
_FORK_WAITS: Final = 2.0

_types: Final[list[Any]] = []  # ndarray and generic, once NumPy is there
_array_class: Final[list[Any]] = []  # ndarray, once one was made of our memory
_scipy: Final[list[Any]] = []  # scipy.fft, once it was looked for
_blas_found: Final[list[bool]] = []  # whether BLAS was found, once it was looked for


def is_numpy(value: object) -> bool:
    """True for NumPy arrays and scalars. Does not import NumPy: before that is imported there are none."""
    if not _types:
        numpy: Any = sys.modules.get("numpy")
        if getattr(numpy, "ndarray", None) is None or getattr(numpy, "generic", None) is None:
            return False  # not imported, or not to the end
        _types.extend((numpy.ndarray, numpy.generic))
    if isinstance(value, type):
        return False
    return isinstance(value, _types[0]) or isinstance(value, _types[1])  # noqa: SIM101 (see operands.is_scalar)


def load() -> Any:
    """The numpy module, imported on first use."""
    try:
        import numpy
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise ModuleNotFoundError(
            "raptors_xp: linear algebra and Fourier transforms need NumPy: pip install numpy",
            name="numpy",
        ) from None
    return numpy


def scipy_fft() -> Any:
    """The module scipy.fft, imported on first use; None where SciPy is not installed."""
    if len(_scipy) == 0:
        try:
            _scipy.append(import_module("scipy.fft"))
        except ImportError:
            _scipy.append(None)
    return _scipy[0]


def as_ndarray(view: memoryview) -> Any:
    """A numpy.ndarray that shares the memory of `view`."""
    return load().asarray(view)


def share_ndarray(shape: tuple[int, ...], dtype: Any, owner: object) -> Any:
    """A numpy.ndarray over the contiguous memory of `owner`. Faster than as_ndarray, which finds out the dtype."""
    if len(_array_class) == 0:
        _array_class.append(load().ndarray)
    return _array_class[0](shape, dtype, owner)


def convert_ndarray(array: Any, dtype: object, copy: bool | None) -> Any:
    """The result of `__array__(dtype, copy)`, given an ndarray that shares the array's memory."""
    if dtype is not None and array.dtype != dtype:
        if copy is False:
            raise ValueError(
                f"__array__: dtype {array.dtype} to {dtype} needs a copy, which copy=False forbids; use copy=None"
            )
        return array.astype(dtype)
    return array.copy() if copy else array


# --- calls -----------------------------------------------------------------------------------------------------------


def has_blas() -> bool:
    """True if NumPy is there, and linked with a BLAS that our own code can call. Imports NumPy."""
    if len(_blas_found) == 0:
        try:
            library = getattr(load().linalg, "_umath_linalg", None)
        except ModuleNotFoundError:
            library = None
        _blas_found.append(library is not None and _native.find_blas(library.__file__))
    return _blas_found[0]


def begin_blas() -> bool:
    """Enters a call of BLAS by several threads of ours, while it has one; what it returns is for end_blas.

    How BLAS sums depends on the number of its threads, and its threads and ours would wait for each other.
    """
    limited = _blas.enter(1)
    forks.begin()
    return limited


def end_blas(limited: bool) -> None:
    """Leaves the call."""
    forks.end()
    if limited:
        _blas.leave()


class Call:
    """A function of numpy.linalg or numpy.fft with its options, to be run on whole arrays or piece by piece.

    Results are converted to `dtype` if it is not None: the dtype that NumPy chooses may depend on the values in a
    piece. `function` is the name of the public function, for error messages.
    """

    def __init__(
        self, function: str, module: str, routine: str, options: dict[str, Any], dtype: str | None = None
    ) -> None:
        self._function = function
        self._routine: Callable[..., Any] = getattr(getattr(load(), module), routine)
        self._options = options
        self._dtype = dtype
        self._quiet = routine in _QUIET
        # Since NumPy 2 the functions of numpy.fft take `out` and compute in the precision of their input.
        self._writes = module == "fft" and not load().__version__.startswith("1.")

    def run(self, *arrays: Any) -> list[Any]:
        """The results as ndarrays, without floating-point warnings. LinAlgError where a matrix has no result."""
        numpy = load()
        forks.begin()
        try:
            if self._quiet:
                result = self._routine(*arrays, **self._options)
            else:
                with numpy.errstate(all="ignore"):
                    result = self._routine(*arrays, **self._options)
        except MemoryError as error:
            raise MemoryError(f"{self._function}: {error}; work in parts") from None
        finally:
            forks.end()
        results = result if isinstance(result, tuple) else (result,)
        return [numpy.asarray(each, self._dtype) for each in results]

    def run_shared(self, arrays: list[Any], axis: int, threads: int) -> list[Any]:
        """Like run, but on several threads: the arrays are cut along `axis`, an axis that the results share."""
        keys = _keys(arrays[0], axis, threads)
        first = self.run(*[array[keys[0]] for array in arrays])
        results: list[Any] = []
        for part in first:
            shape = list(part.shape)
            shape[axis] = arrays[0].shape[axis]
            whole = load().empty(shape, part.dtype)
            whole[keys[0]] = part
            results.append(whole)

        def work(key: Any) -> None:
            for whole, part in zip(results, self.run(*[array[key] for array in arrays])):
                whole[key] = part

        _Job(work, keys[1:]).finish(threads)
        return results

    def run_into(self, array: Any, out: Any) -> None:
        """Writes the single result into `out`, converted to its dtype if necessary."""
        if self._writes:
            with load().errstate(all="ignore"):
                result = self._routine(array, out=out, **self._options)
        else:
            result = self.run(array)[0]
        if result is not out:  # hfft accepts `out` but ignores it
            out[...] = result

    def run_shared_into(self, array: Any, out: Any, axis: int, threads: int) -> None:
        """Like run_into, but on several threads: the array and `out` are cut along `axis`."""

        def work(key: Any) -> None:
            self.run_into(array[key], out[key])

        _Job(work, _keys(array, axis, threads)).finish(threads)


def run_scipy_fft(function: str, routine: str, array: Any, options: dict[str, Any], threads: int) -> Any:
    """The result of a function of scipy.fft, computed on so many threads."""
    try:
        return getattr(scipy_fft(), routine)(array, workers=threads, **options)
    except MemoryError as error:
        raise MemoryError(f"{function}: {error}; work in parts") from None


def _keys(array: Any, axis: int, threads: int) -> list[tuple[slice, ...]]:
    """Keys that cut the array into pieces along an axis; a single key if there is one thread."""
    size = int(array.shape[axis])
    pieces = min(size, threads * _PIECES) if threads > 1 else 1
    bounds = [size * piece // pieces for piece in range(pieces + 1)]
    return [(*[slice(None)] * axis, slice(start, stop)) for start, stop in pairwise(bounds)]


class _Elementwise:
    """A ufunc of arrays and scalars that broadcast to the shape of `out`, where the results go.

    No closures: two that know each other are a cycle, and would hold the arrays until the garbage collector runs.
    """

    def __init__(self, ufunc: Any, arrays: list[Any], out: Any) -> None:
        self._ufunc = ufunc
        self._arrays = arrays
        self._out = out
        self._errors: dict[str, Any] = {**load().geterr(), "call": load().geterrcall()}

    def run(self, key: tuple[slice, ...]) -> None:
        """Computes what the key cuts out of the first axis. Floating-point errors are treated as the caller has it."""
        rank = self._out.ndim
        parts = [each[key] if getattr(each, "ndim", 0) == rank and each.shape[0] > 1 else each for each in self._arrays]
        with load().errstate(**self._errors):
            self._ufunc(*parts, out=self._out[key])


def run_elementwise(ufunc: Any, arrays: list[Any], out: Any, threads: int) -> None:
    """Writes a ufunc of arrays and scalars that broadcast to the shape of `out`; on several threads if that pays."""
    work = _Elementwise(ufunc, arrays, out)
    keys = _keys(out, 0, threads)
    began = time.perf_counter()
    work.run(keys[0])
    if (time.perf_counter() - began) * len(keys) >= _SHARED_FROM:
        _Job(work.run, keys[1:]).finish(threads)
    elif len(keys) > 1:
        work.run((slice(keys[0][0].stop, None),))


class _Job:
    """Work cut into pieces, which threads claim one after another.

    The calling thread works too. At the end it waits only for pieces that another thread has begun, so a thread that
    was never given a processor costs nothing.
    """

    def __init__(self, work: Callable[[Any], None], keys: list[Any]) -> None:
        self._work = work
        self._keys = keys
        self._next = count()
        self._error: BaseException | None = None
        self._locks: list[Any] = []

    def _run(self) -> None:
        """Claims and runs pieces until none is left or one has failed."""
        while True:
            piece = next(self._next)
            if piece >= len(self._keys) or self._error is not None:
                return
            try:
                self._work(self._keys[piece])
                _native.check_signals()
            except BaseException as error:
                self._error = error
                return

    def _help(self, lock: Any) -> None:
        """The body of an additional thread, which holds the lock while it works."""
        with lock:
            self._run()

    def finish(self, threads: int) -> None:
        """Runs all pieces on at most `threads` threads; raises the error of a piece that failed."""
        for _ in range(min(threads, len(self._keys)) - 1):
            lock = _thread.allocate_lock()
            try:
                _thread.start_new_thread(self._help, (lock,))
            except RuntimeError:  # the system has no more threads: this one does it all
                break
            self._locks.append(lock)
        self._run()
        for lock in self._locks:
            with lock:
                pass
        if self._error is not None:
            raise self._error


class _Forks:
    """Lets a process fork only while no call of ours is inside LAPACK or BLAS.

    OpenBLAS takes a lock in every call. A child that is forked while another thread holds it waits for ever at its
    first product: nobody is left to release it. Calls are short pieces, so a fork waits for them to end; not for ever,
    because a single large matrix may take minutes, and takes the lock seldom.
    """

    def __init__(self) -> None:
        self._inside = 0  # calls that run now
        self._forking = 0  # forks that are under way; a signal's handler may fork within one

    def begin(self) -> None:
        """Enters a call; waits while the process forks."""
        if self._forking > 0:
            _wait(lambda: self._forking == 0)
        self._inside += 1  # no other thread runs between the question and this, so no lock is needed

    def end(self) -> None:
        """Leaves a call."""
        self._inside -= 1

    def before(self) -> None:
        """Holds new calls back, and waits until those that run have ended."""
        self._forking += 1
        _wait(lambda: self._inside == 0)

    def in_parent(self) -> None:
        """Lets calls go on."""
        self._forking -= 1

    def in_child(self) -> None:
        """In a child no other thread is left to end its call."""
        self._forking = 0
        self._inside = 0


def _wait(ready: Callable[[], bool]) -> None:
    """Waits for other threads, for a limited time: the one that is waited for may be the one that waits."""
    given_up = time.monotonic() + _FORK_WAITS
    while not ready() and time.monotonic() < given_up:
        time.sleep(0.0002)


class _Blas:
    """The number of threads of OpenBLAS, which is one for the process. Of another BLAS nothing is known or changed."""

    def __init__(self) -> None:
        self._lock = _thread.allocate_lock()
        self._held = False  # while the process forks
        self._entered = 0  # contexts that hold it to few threads now
        self._before = 0  # its threads before the first of these
        self._limited = 0  # its threads in them
        self._most: int | None = None  # its threads at first sight; None: not looked up
        self._get: Callable[[], int] | None = None
        self._set: Callable[[int], object] | None = None

    def before_fork(self) -> None:
        """Gives its threads back for the time of a fork: the child is to have them, and can safely call nothing."""
        self._held = self._lock.acquire(timeout=_FORK_WAITS)
        if self._entered > 0 and self._set is not None:
            self._limited = self._get() if self._get is not None else 0
            self._set(self._before)

    def in_parent(self) -> None:
        """Limits it again."""
        if self._entered > 0 and self._set is not None:
            self._set(self._limited)
        if self._held:
            self._lock.release()

    def in_child(self) -> None:
        """In a child nobody is left to end a context, or to release the lock."""
        self._lock = _thread.allocate_lock()
        self._entered = 0

    def _find(self) -> int:
        """Looks up the thread functions of the library that NumPy is linked with; returns its number of threads."""
        import ctypes

        module = getattr(load().linalg, "_umath_linalg", None)
        library = None if module is None else ctypes.CDLL(module.__file__)
        for form in ("scipy_openblas_%s_num_threads64_", "openblas_%s_num_threads64_", "openblas_%s_num_threads"):
            if library is not None and hasattr(library, form % "set"):
                self._get, self._set = getattr(library, form % "get"), getattr(library, form % "set")
                return self._get()
        return 0

    def enter(self, threads: int) -> bool:
        """Holds it to so many threads until `leave`; False if it has no more anyway."""
        most = self._most
        if most is None:
            most = self._most = self._find()
        if threads >= most or self._get is None or self._set is None:
            return False
        with self._lock:
            now = self._get()
            if self._entered == 0:
                self._before = now
            self._entered += 1
            if threads < now:
                self._set(threads)
        return True

    def leave(self) -> None:
        with self._lock:
            if self._entered > 0:
                self._entered -= 1
                if self._entered == 0 and self._set is not None:
                    self._set(self._before)


forks: Final = _Forks()
_blas: Final = _Blas()


def _before_fork() -> None:
    forks.before()
    _blas.before_fork()


def _after_in_parent() -> None:
    _blas.in_parent()
    forks.in_parent()


def _after_in_child() -> None:
    _blas.in_child()
    forks.in_child()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(before=_before_fork, after_in_parent=_after_in_parent, after_in_child=_after_in_child)


class blas_limit:
    """A context in which OpenBLAS uses at most so many threads, the caller's among them.

    Callers that share its threads would wait in turn; and it does not know how many we may use.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._entered = False

    def __enter__(self) -> None:
        self._entered = _blas.enter(self._threads)

    def __exit__(self, *failure: object) -> None:
        if self._entered:
            _blas.leave()


def is_linalg_error(error: Exception) -> bool:
    """True for the error that numpy.linalg raises where a matrix has no result."""
    return isinstance(error, load().linalg.LinAlgError)


def linalg_error(message: str) -> Exception:
    """A numpy.linalg.LinAlgError, so that code written to catch NumPy's errors catches ours. It is a ValueError."""
    error: Exception = load().linalg.LinAlgError(message)
    return error
