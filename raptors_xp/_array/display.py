"""Arrays as text, in NumPy's format: aligned, wrapped, and shortened if they are long. It does not import NumPy."""

from math import inf, isinf, isnan
from struct import pack, unpack
from typing import Any, Final

from raptors_xp import _native
from raptors_xp._core.dtypes import bool_, complex64, complex128, float32, float64, int64
from raptors_xp._core.strided import Strided, memory_of

WIDTH: Final = 75
PRECISION: Final = 8
THRESHOLD: Final = 1000  # arrays with more elements than this are shortened ...
EDGE: Final = 3  # ... to this many elements at either end of an axis

_IMPLIED: Final = (bool_, int64, float64, complex128)  # the default dtypes, which are not printed


def representation(x: Strided) -> str:
    """The text of repr(x)."""
    prefix = "Array("
    text = prefix + _format(x, ", ", len(prefix))
    extras: list[str] = []
    if (x._size == 0 and x._shape != (0,)) or x._size > THRESHOLD:
        extras.append(f"shape={x._shape}")
    if x._size == 0 or x._dtype not in _IMPLIED:
        extras.append(f"dtype={x._dtype}")
    if not extras:
        return text + ")"
    text += ","
    extra = ", ".join(extras) + ")"
    last_line = len(text) - (text.rfind("\n") + 1)
    if last_line + len(extra) + 1 > WIDTH:
        return text + "\n" + " " * len(prefix) + extra
    return text + " " + extra


def text(x: Strided) -> str:
    """The text of str(x)."""
    if len(x._shape) > 0:
        return _format(x, " ", 0)
    value: Any = _native.item(x._dtype.code, memory_of(x), x._offset)
    if x._dtype is float32:
        return _scalar(value, True)
    if x._dtype is complex64:
        sign = "" if repr(value.imag)[0] == "-" or isnan(value.imag) else "+"
        imaginary = _scalar(value.imag, True).removesuffix(".0")
        real = _scalar(value.real, True).removesuffix(".0")
        if value.real == 0 and repr(value.real)[0] != "-":
            return f"{imaginary}j"
        return f"({real}{'+' if isnan(value.imag) else sign}{imaginary}j)"
    return str(value)


def _format(x: Strided, separator: str, indent: int) -> str:
    if x._size == 0:
        return "[]"
    return _Printer(x, separator).array("", x._offset, 0, " " * (indent + 1), WIDTH - (1 if indent > 0 else 0))


# --- layout --------------------------------------------------------------------------------------------------------


class _Printer:
    """An array that is being printed: its elements as words, and their layout in lines."""

    x: Strided
    separator: str
    shortened: bool
    words: dict[int, str]  # by the offset of the element

    def __init__(self, x: Strided, separator: str) -> None:
        self.x = x
        self.separator = separator
        self.shortened = x._size > THRESHOLD
        places = [x._offset]
        for axis in range(len(x._shape)):
            steps = [position * x._strides[axis] for position in self.positions(axis)]
            places = [place + step for place in places for step in steps]
        code = x._dtype.code
        values = [_native.item(code, memory_of(x), place) for place in places]
        self.words = dict(zip(places, _words(values, x._dtype.kind, x._dtype in (float32, complex64), x._shape == ())))

    def positions(self, axis: int) -> list[int]:
        """The positions along an axis that are shown."""
        size = self.x._shape[axis]
        if self.shortened and size > 2 * EDGE:
            return list(range(EDGE)) + list(range(size - EDGE, size))
        return list(range(size))

    def array(self, _: str, offset: int, axis: int, indent: str, width: int) -> str:
        """The text of the part of x that begins at `offset` and has the axes from `axis` on.

        All its lines except the first are indented.
        """
        x = self.x
        left = len(x._shape) - axis
        if left == 0:
            return self.words[offset]
        shown = self.positions(axis)
        gap = EDGE if len(shown) < x._shape[axis] else -1  # the number of the shown position that dots come before
        stride = x._strides[axis]
        done = ""
        if left == 1:
            line = indent
            limit = width - max(len(self.separator.rstrip()), 1)
            for number in range(len(shown)):
                if number == gap:
                    done, line = _extend(done, line, "...", limit, indent)
                    line += self.separator
                done, line = _extend(done, line, self.words[offset + shown[number] * stride], limit, indent)
                if number + 1 < len(shown):
                    line += self.separator
            done += line
        else:
            between = self.separator.rstrip() + "\n" * (left - 1)
            for number in range(len(shown)):
                if number == gap:
                    done += indent + "..." + between
                done += indent + self.array("", offset + shown[number] * stride, axis + 1, indent + " ", width - 1)
                if number + 1 < len(shown):
                    done += between
        return "[" + done[len(indent) :] + "]"


def _extend(done: str, line: str, word: str, limit: int, indent: str) -> tuple[str, str]:
    """The finished lines and the current line, after one more word."""
    if len(line) + len(word) > limit and len(line) > len(indent):
        return done + line.rstrip() + "\n", indent + word
    return done, line + word


# --- words ---------------------------------------------------------------------------------------------------------


def _words(values: list[Any], kind: str, single: bool, alone: bool) -> list[str]:
    """The elements as words, padded to one width."""
    if kind == "b":
        return [("True" if alone else " True") if value else "False" for value in values]
    if kind == "f":
        return _float_words(values, single, False)
    if kind == "c":
        reals = _float_words([value.real for value in values], single, False)
        imaginaries = _float_words([value.imag for value in values], single, True)
        result: list[str] = []
        for real, imaginary in zip(reals, imaginaries):
            end = len(imaginary.rstrip())
            result.append(real + imaginary[:end] + "j" + imaginary[end:])
        return result
    words = [str(value) for value in values]
    width = max([len(word) for word in words])
    return [word.rjust(width) for word in words]


def _float_words(values: list[float], single: bool, signed: bool) -> list[str]:
    """Real numbers aligned at the decimal point; in scientific notation if NumPy would use it for them."""
    finite = [value for value in values if not isnan(value) and not isinf(value)]
    largest, smallest = 0.0, inf
    for value in finite:
        if value != 0.0:
            size = abs(value)
            largest = max(largest, size)
            smallest = min(smallest, size)
    most, least = 1e8, 0.0001
    ratio = largest / smallest
    if single:  # NumPy computes the ratio and the limits in the precision of the array
        most, least = 1e6, _round_single(0.0001)
        ratio = _round_single(ratio) if ratio < 3e38 else inf
    scientific = largest > 0.0 and (largest >= most or smallest < least or ratio > 1000.0)
    before, after, exponent = 0, 0, 0
    pieces: list[tuple[str, str, str]] = []  # digits before and after the decimal point, and the exponent
    for value in finite:
        piece = _scientific(value, single) if scientific else _positional(value, single)
        if signed and piece[0][0] != "-":
            piece = ("+" + piece[0], piece[1], piece[2])
        pieces.append(piece)
        before = max(before, len(piece[0]))
        after = max(after, len(piece[1]))
        exponent = max(exponent, len(piece[2]))
    width = after + (exponent + 1 if scientific else 0)  # of what comes after the decimal point
    if len(finite) < len(values):
        for value in values:
            if isnan(value) or isinf(value):
                before = max(before, (4 if signed or value == -inf else 3) - (width + 1))
    result: list[str] = []
    number = 0
    for value in values:
        if isnan(value) or isinf(value):
            word = "nan" if isnan(value) else "-inf" if value < 0 else "inf"
            if signed and word[0] != "-":
                word = "+" + word
            result.append(word.rjust(before + width + 1))
            continue
        head, tail, power = pieces[number]
        number += 1
        if scientific:
            if len(tail) < after:  # as in NumPy, filled up with the element's further digits, which need not be zeros
                sign = "+" if head[0] == "+" else ""
                head, _, rest = (sign + f"{value:.{after}e}").partition(".")
                tail, _, power = rest.partition("e")
            # All exponents get as many digits as the longest one.
            power = power[0] + power[1:].rjust(exponent - 1, "0")
            result.append(head.rjust(before) + "." + tail + "e" + power)
        else:
            result.append(head.rjust(before) + "." + tail.ljust(after))
    return result


def _round_single(value: float) -> float:
    rounded: float = unpack("f", pack("f", value))[0]
    return rounded


def _shortest(value: float, single: bool) -> float:
    """The float64 whose repr is the shortest text that identifies the element: itself, unless it is a float32."""
    if not single or value == 0.0:
        return value
    for digits in range(1, 10):
        candidate = float(f"{value:.{digits}g}")
        if abs(candidate) < 3.4028236e38 and _round_single(candidate) == value:
            return candidate
    return value


def _positional(value: float, single: bool) -> tuple[str, str, str]:
    digits = f"{_shortest(value, single):.17g}" if abs(value) >= 1e16 else repr(_shortest(value, single))
    if "e" in digits:
        digits = f"{value:.20f}"
    head, _, tail = digits.partition(".")
    if len(tail) > PRECISION:
        head, _, tail = f"{value:.{PRECISION}f}".partition(".")
    return head, tail.rstrip("0"), ""


def _scientific(value: float, single: bool) -> tuple[str, str, str]:
    digits = repr(_shortest(value, single))
    significant = len(digits.partition("e")[0].replace("-", "").replace(".", "").lstrip("0").rstrip("0"))
    if significant > PRECISION + 1:
        digits = f"{value:.{PRECISION}e}"
    else:
        digits = f"{_shortest(value, single):.{max(significant - 1, 0)}e}"
    mantissa, _, power = digits.partition("e")
    head, _, tail = mantissa.partition(".")
    return head, tail.rstrip("0"), power


def _scalar(value: float, single: bool) -> str:
    """A single number, as str() prints a NumPy scalar of its precision."""
    size = abs(value)
    if isnan(value) or isinf(value) or not single or size == 0.0:
        return str(value)
    if 0.0001 <= size < 1e6:
        return repr(_shortest(value, single))
    digits = repr(_shortest(value, single)).partition("e")[0].replace(".", "").lstrip("-0").rstrip("0")
    return f"{_shortest(value, single):.{len(digits) - 1}e}"
