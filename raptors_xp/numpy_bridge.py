"""The one module that imports NumPy, and only when a function here is called. Knows nothing of Array but its buffer."""

import sys
from collections.abc import Callable
from itertools import count
from typing import Any, Final

# Functions that keep quiet about overflow and the like by themselves.
_QUIET: Final = ("cholesky", "eig", "eigh", "eigvals", "eigvalsh", "inv", "qr", "solve", "svd")
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
    """A function of numpy.linalg or numpy.fft with its options, ready to be run on whole arrays or piece by piece."""

    def __init__(self, module: str, name: str, options: dict[str, Any]) -> None:
        self._function: Callable[..., Any] = getattr(getattr(load(), module), name)
        self._options = options
        self._quiet = name in _QUIET

    def run(self, *arrays: Any) -> list[Any]:
        """The results as ndarrays; nothing warns of overflow and the like. LinAlgError where a matrix has no answer."""
        numpy = load()
        if self._quiet:
            result = self._function(*arrays, **self._options)
        else:
            with numpy.errstate(all="ignore"):
                result = self._function(*arrays, **self._options)
        return [numpy.asarray(each) for each in result] if isinstance(result, tuple) else [numpy.asarray(result)]

    def run_shared(self, array: Any, axis: int, threads: int) -> list[Any]:
        """As run, of one array cut along `axis`, which the results have in the same place, over several threads."""
        size = int(array.shape[axis])
        pieces = min(size, threads * _PIECES)
        if threads == 1 or pieces < 2:
            return self.run(array)
        job = _Job(self, array, axis, pieces)
        job.work(True)
        return job.finish(threads)


class _Job:
    """One call cut into pieces, which threads claim one after the other. The caller takes part, and waits for pieces
    that have been begun alone: a thread that never got a processor costs nothing."""

    def __init__(self, call: Call, array: Any, axis: int, pieces: int) -> None:
        self._call = call
        self._array = array
        self._before: tuple[slice, ...] = (slice(None),) * axis
        self._bounds = [int(array.shape[axis]) * piece // pieces for piece in range(pieces + 1)]
        self._pieces = pieces
        self._axis = axis
        self._next = count()
        self._done = [False] * pieces
        self._results: list[Any] = []
        self._error: Exception | None = None
        self._locks: list[Any] = []

    def _key(self, piece: int) -> tuple[slice, ...]:
        return (*self._before, slice(self._bounds[piece], self._bounds[piece + 1]))

    def work(self, once: bool) -> None:
        """Runs pieces until there are none; only one, the first, if `once`: it shows the shapes of the results."""
        while True:
            piece = next(self._next)
            if piece >= self._pieces or self._error is not None:
                return
            try:
                parts = self._call.run(self._array[self._key(piece)])
                if once:
                    self._results = [self._room(part) for part in parts]
                for whole, part in zip(self._results, parts):
                    whole[self._key(piece)] = part
            except Exception as error:
                self._error = error
                return
            if once:
                return

    def _room(self, part: Any) -> Any:
        shape = list(part.shape)
        shape[self._axis] = self._bounds[-1]
        return load().empty(shape, part.dtype)

    def _help(self, lock: Any) -> None:
        """What another thread does. The lock is free unless it is at work."""
        with lock:
            self.work(False)

    def finish(self, threads: int) -> list[Any]:
        """Runs the other pieces, on `threads` threads, and gives the whole results."""
        import _thread

        for _ in range(threads - 1):
            lock = _thread.allocate_lock()
            self._locks.append(lock)
            _thread.start_new_thread(self._help, (lock,))
        self.work(False)
        for lock in self._locks:
            with lock:
                pass
        if self._error is not None:
            raise self._error
        return self._results


def is_linalg_error(error: Exception) -> bool:
    """True of what numpy.linalg raises where a matrix has no answer."""
    return isinstance(error, load().linalg.LinAlgError)


def linalg_error(message: str) -> Exception:
    """numpy.linalg.LinAlgError, which is a ValueError, so that what catches NumPy's catches ours."""
    error: Exception = load().linalg.LinAlgError(message)
    return error
