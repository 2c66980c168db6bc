"""What the namespace says of itself: capabilities, devices, dtypes. No arrays."""

from typing import Final, cast

from raptors_xp._core.arguments import Unchecked, check_option
from raptors_xp._core.device import DEVICE, check_device
from raptors_xp._core.dtypes import DTYPES, KINDS, DType, complex128, float64, int64
from raptors_xp._core.shape import RANK_LIMIT

Kind = str | tuple[str, ...] | Unchecked


class Info:
    """The namespace that `__array_namespace_info__` gives."""

    def capabilities(self) -> dict[str, bool | int | None]:
        """What the library can do: boolean indexing, data-dependent shapes, and how many axes."""
        return {"boolean indexing": True, "data-dependent shapes": True, "max dimensions": RANK_LIMIT}

    def default_device(self) -> str:
        """The device that arrays are made on."""
        return DEVICE

    def default_dtypes(self, *, device: object = None) -> dict[str, DType]:
        """The dtypes that arrays have where none is named."""
        check_device("default_dtypes", device)
        return {"real floating": float64, "complex floating": complex128, "integral": int64, "indexing": int64}

    def devices(self) -> tuple[str, ...]:
        """All devices."""
        return (DEVICE,)

    def dtypes(self, *, device: object = None, kind: Kind | None = None) -> dict[str, DType]:
        """The dtypes of one kind, of several, or all, by their names."""
        check_device("dtypes", device)
        if kind is None:
            return {each.name: each for each in DTYPES}
        wanted = ""
        names: tuple[object, ...] = kind if isinstance(kind, tuple) else (kind,)
        for name in names:
            check_option("dtypes", "kind", name, tuple(KINDS))
            wanted += KINDS[cast(str, name)]
        return {each.name: each for each in DTYPES if each.kind in wanted}


_INFO: Final = Info()


def __array_namespace_info__() -> Info:
    """The namespace's inspection functions."""
    return _INFO
