"""The table of test_bad_input.py: for every function a call that works, bad ones, and the dtypes it takes."""

from bad_input import calls_of_extensions, calls_of_shapes, calls_of_values
from bad_input.calls_of_values import BITWISE
from bad_input.kinds import Function

TABLE: dict[str, Function] = {**calls_of_values.CALLS, **calls_of_shapes.CALLS, **calls_of_extensions.CALLS}

# The kinds of dtype that a function takes, where it does not take all: what is not here is a TypeError.
TAKEN = {
    name: kinds
    for kinds, names in {
        "iuf": "ceil floor trunc",
        "iufc": "conj negative positive real round sign subtract linalg.cross",
        "fc": "reciprocal",
        "biu": f"bitwise_invert {BITWISE}",
        "c": "imag",
        "biuf": """signbit floor_divide maximum minimum remainder atan2 copysign hypot logaddexp nextafter greater
            greater_equal less less_equal clip argmax argmin searchsorted max min std var fft.rfft fft.ihfft
            fft.rfftn""",
    }.items()
    for name in names.split()
}
