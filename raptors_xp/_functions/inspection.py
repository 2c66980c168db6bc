"""The standard's inspection functions: what the namespace says of its capabilities, devices and dtypes. No arrays.

See "Inspection" in the Array API standard 2025.12.
"""

from typing import Final, cast

from raptors_xp._core.arguments import Unchecked, check_option
from raptors_xp._core.device import DEVICE, check_device
from raptors_xp._core.dtypes import DTYPES, KINDS, PublicDType, complex128, float64, int64, show_dtype
from raptors_xp._core.shape import RANK_LIMIT

Kind = str | tuple[str, ...] | Unchecked


class Info:
    """The object that `__array_namespace_info__` returns."""

    def capabilities(self) -> dict[str, bool | int | None]:
        """What the library supports: boolean indexing, data-dependent shapes, and the largest number of axes."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": RANK_LIMIT}

    def default_device(self) -> str:
        """The device that new arrays are on."""
        return DEVICE

    def default_dtypes(self, *, device: object = None) -> dict[str, PublicDType]:
        """The default dtypes of new arrays, by kind."""
        check_device("default_dtypes", device)
        defaults = {"real floating": float64, "complex floating": complex128, "integral": int64, "indexing": int64}
        return {kind: show_dtype(dtype) for kind, dtype in defaults.items()}

    def devices(self) -> tuple[str, ...]:
        """All devices that arrays can be on."""
        return (DEVICE,)

    def dtypes(self, *, device: object = None, kind: Kind | None = None) -> dict[str, PublicDType]:
        """The dtypes of a kind such as "integral", of a tuple of kinds, or, for None, all dtypes; by name."""
        check_device("dtypes", device)
        if kind is None:
            return {each.name: show_dtype(each) for each in DTYPES}
        wanted = ""
        names: tuple[object, ...] = kind if isinstance(kind, tuple) else (kind,)
        for name in names:
            check_option("dtypes", "kind", name, tuple(KINDS))
            wanted += KINDS[cast(str, name)]
        return {each.name: show_dtype(each) for each in DTYPES if each.kind in wanted}


_INFO: Final = Info()


def __array_namespace_info__() -> Info:
    """An object with the inspection functions: capabilities, default_device, default_dtypes, devices, dtypes."""
    return _INFO
