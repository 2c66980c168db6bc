"""The one device there is, and the refusal of all others. Nothing is moved here."""

from typing import Final, NoReturn

from raptors_xp._core.arguments import show

DEVICE: Final = "cpu"


def check_device(function: str, device: object) -> None:
    """ValueError, in the name of `function`, for every device but the one there is; None is that."""
    if device is not None and not (isinstance(device, str) and device == DEVICE):
        refuse_device(function, device)


def refuse_device(function: str, device: object) -> NoReturn:
    """ValueError for a device that is not there."""
    raise ValueError(f"{function}: device={show(device)} does not exist here; use device={DEVICE!r} or leave it out")
