"""The standard's constants e, inf, nan, newaxis and pi. Nothing else lives here."""

from typing import Final

e: Final = 2.718281828459045
inf: Final = float("inf")
nan: Final = float("nan")
newaxis: Final = None
pi: Final = 3.141592653589793
