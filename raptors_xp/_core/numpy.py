"""The one module that imports NumPy, and only when a function here is called. Knows nothing of Array but its buffer."""

import _thread
import sys
from collections.abc import Callable
from itertools import count, pairwise
from typing import Any, Final

# Functions that keep quiet about overflow and the like by themselves.
_QUIET: Final = ("cholesky", "eig", "eigh", "eigvals", "eigvalsh", "inv", "qr", "solve", "svd")
# Axes of an array that every version of NumPy takes: before 2, 32. Of more, some are made one first.
NUMPY_RANK: Final = 32
# A stack is cut into this many pieces a thread, so that a thread that loses its processor holds up little.
_PIECES: Final = 6


def is_numpy(value: object) -> bool:
    """True of NumPy arrays and scalars. Loads nothing: without NumPy loaded there are none."""
    numpy = sys.modules.get("numpy")
    if numpy is None or isinstance(value, type):
        return False
    array_type = getattr(numpy, "ndarray", None)
    scalar_type = getattr(numpy, "generic", None)
    if array_type is None or scalar_type is None:  # NumPy is being imported just now
        return False
    return isinstance(value, (array_type, scalar_type))


def load() -> Any:
    """The numpy module."""
    import numpy

    return numpy


def as_ndarray(view: memoryview) -> Any:
    """A numpy.ndarray over the memory of `view`."""
    return load().asarray(view)


def convert_ndarray(array: Any, dtype: object, copy: bool | None) -> Any:
    """What `__array__(dtype, copy)` answers, given an ndarray over the array's own memory."""
    if dtype is not None and array.dtype != dtype:
        if copy is False:
            raise ValueError(
                f"__array__: dtype {array.dtype} to {dtype} needs a copy, which copy=False forbids; use copy=None"
            )
        return array.astype(dtype)
    return array.copy() if copy else array


# --- calls -----------------------------------------------------------------------------------------------------------


def matmul_into(first: memoryview, second: memoryview, out: memoryview) -> None:
    """out = first @ second, by BLAS."""
    numpy = load()
    with numpy.errstate(all="ignore"):
        numpy.matmul(numpy.asarray(first), numpy.asarray(second), out=numpy.asarray(out))


class Call:
    """A function of numpy.linalg or numpy.fft with its options, ready to be run on whole arrays or piece by piece.

    The results are converted to `dtype`, if one is named: NumPy's own may depend on the values in a piece.
    `function` is the public one's name, for errors.
    """

    def __init__(
        self, function: str, module: str, routine: str, options: dict[str, Any], dtype: str | None = None
    ) -> None:
        self._function = function
        self._routine: Callable[..., Any] = getattr(getattr(load(), module), routine)
        self._options = options
        self._dtype = dtype
        self._quiet = routine in _QUIET
        # From version 2 on the functions of numpy.fft take `out`, and compute in the precision of their input.
        self._writes = module == "fft" and not load().__version__.startswith("1.")

    def run(self, *arrays: Any) -> list[Any]:
        """The results as ndarrays; nothing warns of overflow and the like. LinAlgError where a matrix has no answer."""
        numpy = load()
        try:
            if self._quiet:
                result = self._routine(*arrays, **self._options)
            else:
                with numpy.errstate(all="ignore"):
                    result = self._routine(*arrays, **self._options)
        except MemoryError as error:
            raise MemoryError(f"{self._function}: {error}; work in parts") from None
        results = result if isinstance(result, tuple) else (result,)
        return [numpy.asarray(each, self._dtype) for each in results]

    def run_shared(self, arrays: list[Any], axis: int, threads: int) -> list[Any]:
        """As run, of arrays cut along `axis`, which the results have in the same place, over several threads."""
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
        """The one result into memory that is there, converted if need be."""
        if self._writes:
            with load().errstate(all="ignore"):
                result = self._routine(array, out=out, **self._options)
        else:
            result = self.run(array)[0]
        if result is not out:  # hfft takes `out`, and does not look at it
            out[...] = result

    def run_shared_into(self, array: Any, out: Any, axis: int, threads: int) -> None:
        """As run_into, of an array cut along `axis`, over several threads."""

        def work(key: Any) -> None:
            self.run_into(array[key], out[key])

        _Job(work, _keys(array, axis, threads)).finish(threads)


def _keys(array: Any, axis: int, threads: int) -> list[tuple[slice, ...]]:
    """Slices that cut the array into pieces along an axis; only one for one thread."""
    size = int(array.shape[axis])
    pieces = min(size, threads * _PIECES) if threads > 1 else 1
    bounds = [size * piece // pieces for piece in range(pieces + 1)]
    return [(*[slice(None)] * axis, slice(start, stop)) for start, stop in pairwise(bounds)]


class _Job:
    """Work cut into pieces, which threads claim one after the other. The caller takes part, and waits for pieces that
    have been begun alone: a thread that never got a processor costs nothing."""

    def __init__(self, work: Callable[[Any], None], keys: list[Any]) -> None:
        self._work = work
        self._keys = keys
        self._next = count()
        self._error: Exception | None = None
        self._locks: list[Any] = []

    def _run(self) -> None:
        """Runs pieces until there are none."""
        while True:
            piece = next(self._next)
            if piece >= len(self._keys) or self._error is not None:
                return
            try:
                self._work(self._keys[piece])
            except Exception as error:
                self._error = error
                return

    def _help(self, lock: Any) -> None:
        """What another thread does. The lock is free unless it is at work."""
        with lock:
            self._run()

    def finish(self, threads: int) -> None:
        """Runs all pieces, on so many threads at most; raises what one of them raised."""
        for _ in range(min(threads, len(self._keys)) - 1):
            lock = _thread.allocate_lock()
            self._locks.append(lock)
            _thread.start_new_thread(self._help, (lock,))
        self._run()
        for lock in self._locks:
            with lock:
                pass
        if self._error is not None:
            raise self._error


class _BlasAlone:
    """A context in which OpenBLAS works on the thread that calls it alone: its own threads would wait for ours.

    Another BLAS goes on as it does.
    """

    def __init__(self) -> None:
        self._lock = _thread.allocate_lock()
        self._entered = 0
        self._threads = 0
        self._found = False
        self._get: Callable[[], int] | None = None
        self._set: Callable[[int], object] | None = None

    def _find(self) -> None:
        """The functions of the library that NumPy is linked with."""
        import ctypes

        self._found = True
        module = getattr(load().linalg, "_umath_linalg", None)
        if module is None:
            return
        library = ctypes.CDLL(module.__file__)
        for form in ("scipy_openblas_%s_num_threads64_", "openblas_%s_num_threads64_", "openblas_%s_num_threads"):
            if hasattr(library, form % "set"):
                self._get, self._set = getattr(library, form % "get"), getattr(library, form % "set")
                return

    def __enter__(self) -> None:
        with self._lock:
            if not self._found:
                self._find()
            if self._entered == 0 and self._get is not None and self._set is not None:
                self._threads = self._get()
                self._set(1)
            self._entered += 1

    def __exit__(self, *failure: object) -> None:
        with self._lock:
            self._entered -= 1
            if self._entered == 0 and self._set is not None:
                self._set(self._threads)


blas_alone: Final = _BlasAlone()


def is_linalg_error(error: Exception) -> bool:
    """True of what numpy.linalg raises where a matrix has no answer."""
    return isinstance(error, load().linalg.LinAlgError)


def linalg_error(message: str) -> Exception:
    """numpy.linalg.LinAlgError, which is a ValueError, so that what catches NumPy's catches ours."""
    error: Exception = load().linalg.LinAlgError(message)
    return error
