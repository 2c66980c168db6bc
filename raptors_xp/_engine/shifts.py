"""Circular shifts along axes: elements that leave at one end enter at the other. Made of views and assignments."""

from raptors_xp._core.strided import Strided
from raptors_xp._engine.assignment import assign
from raptors_xp._engine.results import fresh


def rolled(function: str, x: Strided, shifts: list[int]) -> Strided:
    """A copy of x, shifted circularly along every axis: each axis is cut into two parts, which change places."""
    shape = x._shape
    result = fresh(function, x, x._dtype, shape)
    if x._size == 0:
        return result
    parts: list[tuple[int, int, tuple[int, ...]]] = [(x._offset, 0, ())]  # offset in x, offset in the result, shape
    for axis in range(len(shape)):
        size = shape[axis]
        by = shifts[axis] % size
        longer: list[tuple[int, int, tuple[int, ...]]] = []
        for origin, place, sizes in parts:
            longer.append((origin, place + by * result._strides[axis], (*sizes, size - by)))
            if by > 0:
                longer.append((origin + (size - by) * x._strides[axis], place, (*sizes, by)))
        parts = longer
    for origin, place, sizes in parts:
        assign(function, result._view(place, sizes, result._strides), x._view(origin, sizes, x._strides))
    return result
