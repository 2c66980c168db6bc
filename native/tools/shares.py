"""Writes the table of docs/kernels.md: of the bandwidth of the second-level cache, what share each kernel reaches.

    python native/tools/shares.py            writes it
    python native/tools/shares.py --check    changes nothing; exit status 1 if it is not the table there

Nothing is measured here. The costs in the manifest are (costs.py), each in units of one clock, and so is that of a
copy of 64-bit integers, which moves 16 bytes an element. A kernel that moved its bytes as fast has a share of 100 %.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

from raptors_xp import _native

NATIVE = Path(__file__).resolve().parent.parent
PAGE = NATIVE.parent / "docs/kernels.md"
BEGIN, END = "<!-- shares: written by native/tools/shares.py -->\n", "<!-- end of shares -->\n"

spec = importlib.util.spec_from_file_location("costs", NATIVE / "tools/costs.py")
assert spec is not None
assert spec.loader is not None
costs = importlib.util.module_from_spec(spec)
sys.modules["costs"] = costs
spec.loader.exec_module(costs)

# By the form of an operation: operands that are read, and whether as many results are written.
TRAFFIC = {
    "unary": (1, True),
    "binary": (2, True),
    "ternary": (3, True),
    "choice": (2, True),
    "reduce": (1, False),
    "scan": (1, True),
    "extreme": (1, False),
}
SHOWN = {"int32": 3, "int64": 4, "float32": 9, "float64": 10, "complex128": 12}
COPY = _native.cost(_native.TO_U64, 8) / 16  # of a byte


def traffic(name: str, form: str, dtype: int) -> int:
    """The bytes that an element of the operation reads and writes."""
    reads, writes = TRAFFIC[form]
    item = costs.BYTES[dtype]
    result = costs.BYTES[_native.result_dtype(getattr(_native, name.upper()), dtype)] if writes else 0
    return reads * item + result + (form == "choice")  # the condition is of one byte


def share(name: str, form: str, dtype: int) -> str:
    op = getattr(_native, name.upper())
    if _native.result_dtype(op, dtype) < 0:
        return ""
    return f"{COPY * traffic(name, form, dtype) / _native.cost(op, dtype):.0%}"


def table() -> str:
    lines = [
        f"| family | operation | {' | '.join(SHOWN)} |",
        f"| :-- | :-- | {' | '.join('--:' for _ in SHOWN)} |",
    ]
    forms, written = costs.read_lines()
    for line in written:
        if forms[line.name] in TRAFFIC and not line.name.startswith("to_"):
            cells = " | ".join(share(line.name, forms[line.name], dtype) for dtype in SHOWN.values())
            lines.append(f"| {line.path.parent.name.replace('_', ' ')} | {line.name} | {cells} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    text = PAGE.read_text(encoding="utf-8")
    new = re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}{table()}{END}", text, flags=re.DOTALL)
    if "--check" in sys.argv[1:]:
        return int(new != text)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
