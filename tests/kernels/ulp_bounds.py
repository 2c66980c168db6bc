"""The errors that the kernels promise: the BOUND lines of native/kernels, beside the formulas. No number is here."""

from __future__ import annotations

import re
from pathlib import Path

KERNELS = Path(__file__).resolve().parents[2] / "native" / "kernels"
DTYPES = ("float32", "float64", "complex64", "complex128")
LINE = re.compile(r"^BOUND\((\w+), ([\d.]+), ([\d.]+), ([\d.]+), ([\d.]+)\)$", re.MULTILINE)


def read_bounds() -> dict[tuple[str, str], float]:
    """The promised errors in ULP by operation (as in _native: "EXP") and dtype, where there are any."""
    found: dict[tuple[str, str], float] = {}
    for path in sorted(KERNELS.glob("*/operations.inc")):
        text = path.read_text()
        lines = LINE.findall(text)
        if len(lines) != text.count("BOUND("):
            raise ValueError(f"{path.relative_to(KERNELS)}: a line is not BOUND(name, f32, f64, c64, c128)")
        for name, *bounds in lines:
            found |= {(name.upper(), dtype): float(bound) for dtype, bound in zip(DTYPES, bounds) if float(bound) > 0}
    return found


BOUNDS = read_bounds()
