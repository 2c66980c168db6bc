"""The only device, "cpu", and the error for any other. Nothing is moved between devices."""

from typing import Final, NoReturn

from raptors_xp._core.arguments import show

DEVICE: Final = "cpu"


def check_device(function: str, device: object) -> None:
    """ValueError, naming `function`, unless `device` is "cpu" or None, which means the same."""
    if device is not None and not (isinstance(device, str) and device == DEVICE):
        refuse_device(function, device)


def refuse_device(function: str, device: object) -> NoReturn:
    """Raises the ValueError for a device that does not exist."""
    raise ValueError(f"{function}: device={show(device)} does not exist here; use device={DEVICE!r} or leave it out")
