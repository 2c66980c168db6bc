"""What other libraries have to be told about us, as soon as they are imported. None is imported by us.

threadpoolctl is told of our threads: they are in `threadpool_info()`, and `threadpool_limits` holds for them. Dask is
told of our arrays: it computes with them and its own together, and its percentiles take them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from raptors_xp import _native
from raptors_xp._core.numpy import load

Tell = Callable[[Any], None]  # of a module that was imported


def _tell_threadpoolctl(version: str, module: Any) -> None:
    """Our library is known by a symbol, as other projects have files of the same name."""
    members = {
        "user_api": "raptors_xp",
        "internal_api": "raptors_xp",
        "filename_prefixes": ("_native",),
        "check_symbols": ("raptors_xp_thread_pool",),
        "get_num_threads": staticmethod(_native.threads),
        "set_num_threads": staticmethod(_native.set_threads),
        "get_version": staticmethod(lambda: version),
    }
    module.register(type("RaptorsController", (module.LibController,), members))


def _tell_dask(array_type: type, module: Any) -> None:
    module.register_chunk_type(array_type)
    lookup = sys.modules["dask.array.dispatch"].percentile_lookup
    lookup.register(array_type, lookup.dispatch(load().ndarray))


class _Imports:
    """A finder of modules that waits for those which want to be told, and finds no other."""

    def __init__(self, waiting: dict[str, Tell]) -> None:
        self._waiting = waiting

    def find_spec(self, name: str, *_: object) -> Any:
        tell = self._waiting.pop(name, None)
        if tell is None:
            return None
        from importlib.util import find_spec  # which takes a millisecond

        spec: Any = find_spec(name)
        if spec is None or spec.loader is None:
            self._waiting[name] = tell
            return spec
        spec.loader = _Loader(spec.loader, tell)
        if len(self._waiting) == 0:
            sys.meta_path.remove(cast(Any, self))
        return spec


class _Loader:
    """The loader of a module, which tells it when it has been executed."""

    def __init__(self, loader: Any, tell: Tell) -> None:
        self._loader = loader
        self._tell = tell

    def create_module(self, spec: Any) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._tell(module)


def tell_others(array_type: type, version: str) -> None:
    """Tells threadpoolctl and Dask about class Array and this version of ours now, or when they are imported."""
    # Of each module a name that it defines at its end: before that it is being imported just now.
    wanted: dict[str, tuple[str, Tell]] = {
        "threadpoolctl": ("register", partial(_tell_threadpoolctl, version)),
        "dask.array": ("register_chunk_type", partial(_tell_dask, array_type)),
    }
    waiting: dict[str, Tell] = {}
    for name, (last, tell) in wanted.items():
        module = sys.modules.get(name)
        if hasattr(module, last):
            tell(module)
        else:
            waiting[name] = tell
    if len(waiting) > 0:
        sys.meta_path.insert(0, _Imports(waiting))
