"""threadpoolctl sees our threads: they are in threadpool_info(), and threadpool_limits(...) holds for them.

It is told when it is imported, before or after us. We never import it ourselves.
"""

import sys
from typing import Any

from raptors_xp import _native
from raptors_xp._version import __version__

_NAME = "threadpoolctl"


def tell_threadpoolctl() -> None:
    """Registers our threads now, or as soon as threadpoolctl is imported."""
    module = sys.modules.get(_NAME)
    if module is not None and hasattr(module, "register"):  # and not being imported just now
        _register(module)
    else:
        sys.meta_path.insert(0, _ImportOfThreadpoolctl())


class _ImportOfThreadpoolctl:
    """A finder of modules that waits for threadpoolctl, and finds nothing itself."""

    def find_spec(self, name: str, *_: Any) -> Any:
        if name != _NAME:
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_and_register(module: Any) -> None:
            execute(module)
            _register(module)

        spec.loader.exec_module = execute_and_register  # type: ignore[method-assign]
        return spec


def _register(threadpoolctl: Any) -> None:
    """Our controller. The library is known by a symbol, as other projects have files of the same name."""
    members = {
        "user_api": "raptors_xp",
        "internal_api": "raptors_xp",
        "filename_prefixes": ("_native",),
        "check_symbols": ("raptors_xp_thread_pool",),
        "get_num_threads": staticmethod(_native.threads),
        "set_num_threads": staticmethod(_native.set_threads),
        "get_version": staticmethod(lambda: __version__),
    }
    controller = type("RaptorsController", (threadpoolctl.LibController,), members)
    threadpoolctl.register(controller)
