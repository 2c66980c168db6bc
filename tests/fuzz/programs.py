"""Random programs: lines of Python over a few arrays, that mean the same for raptors_xp and for NumPy as `xp`.

Values are small whole numbers, so that every result is exact in every dtype and NumPy's is the only right one: integers
wrap around, floats do not round. What the two libraries are meant to do differently (tests/differential) is not drawn.
"""

import random
from collections.abc import Callable
from typing import Final

INTEGERS: Final = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
FLOATS: Final = ("float32", "float64")
DTYPES: Final = ("bool", *INTEGERS, *FLOATS, "complex64", "complex128")
ARRAYS: Final = 6  # names a0, a1, ...: new arrays take the place of old ones
SIZES: Final = (0, 1, 1, 2, 3, 3, 4, 5)


class Program:
    """Draws lines, and knows what shapes and dtypes the arrays are likely to have; wrong guesses are errors in both."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.lines: list[str] = []
        self.shapes: dict[str, tuple[int, ...]] = {}
        self.dtypes: dict[str, str] = {}
        for number in range(3):
            self.make(f"a{number}")
        for _ in range(self.random.randrange(4, 16)):
            self.random.choice(STEPS)(self)

    # --- parts of lines ----------------------------------------------------------------------------------------------
    def old(self) -> str:
        return self.random.choice(list(self.shapes))

    def new(self, shape: tuple[int, ...], dtype: str) -> str:
        """A name for an array that the next line makes; it may be one that the line uses."""
        name = f"a{self.random.randrange(ARRAYS)}"
        self.shapes[name], self.dtypes[name] = shape, dtype
        return name

    def alike(self, name: str) -> str:
        """An array of the same dtype as this one, if there is another."""
        others = [each for each, dtype in self.dtypes.items() if dtype == self.dtypes[name]]
        return self.random.choice(others)

    def shape(self, most: int = 3) -> tuple[int, ...]:
        return tuple(self.random.choice(SIZES) for _ in range(self.random.choice((0, 1, 1, 2, 2, most))))

    def make(self, name: str) -> None:
        shape, dtype = self.shape(), self.random.choice(DTYPES)
        if self.random.random() < 0.1:  # more positions than are checked at a time
            shape = (self.random.choice((700, 1500)), *shape[1:2])
        seed = self.random.randrange(1000)
        self.lines.append(f"{name} = make({shape}, {dtype!r}, {seed})")
        self.shapes[name], self.dtypes[name] = shape, dtype

    def scalar(self, dtype: str) -> str:
        if dtype == "bool":
            return self.random.choice(("True", "False"))
        value = self.random.choice((0, 1, 2, 3, 5, 100) if dtype[0] == "u" else (0, 1, -1, 2, 3, -5, 100))
        return str(float(value)) if dtype in FLOATS and self.random.random() < 0.5 else str(value)

    def slice(self, size: int) -> str:
        def end() -> str:
            return self.random.choice(("", "", str(self.random.randrange(-size - 2, size + 3))))

        return f"{end()}:{end()}{self.random.choice(('', '', ':1', ':2', ':-1', ':-2', ':3'))}"

    def index(self, size: int) -> str:
        if size == 0 or self.random.random() < 0.03:
            return str(self.random.randrange(-size - 1, size + 2))
        return str(self.random.randrange(-size, size))

    def basic_key(self, name: str) -> str:
        entries = []
        for size in self.shapes[name]:
            kind = self.random.random()
            if kind < 0.15:
                entries.append("None")
            if kind > 0.95:
                break
            entries.append(self.index(size) if kind < 0.4 else self.slice(size))
        if entries and self.random.random() < 0.2:
            entries[self.random.randrange(len(entries))] = "..."
        return ", ".join(entries) if entries else self.random.choice(("...", "()"))

    def indices(self, size: int, shape: tuple[int, ...]) -> str:
        """An index array: a list, a new array, or an array of the program, whose memory may be the target's."""
        kind = self.random.random()
        if kind < 0.3:
            return f"xp.asarray(xp.astype({self.old()}, xp.int64) % {max(size, 1)})"
        if kind < 0.5:
            return f"apart({self.share(self.old())})"
        dtype = self.random.choice(INTEGERS)
        seed, low = self.random.randrange(1000), 0 if dtype[0] == "u" else -size
        return f"indices({shape}, {dtype!r}, {low}, {max(size, low + 1)}, {seed})"

    def advanced_key(self, name: str) -> str:
        shape, kind = self.shapes[name], self.random.random()
        if kind < 0.25:
            return f"{self.share(name)} != 0"
        if kind < 0.35:
            return f"{self.alike(name)} > 1"
        if not shape:
            return "True"
        positions = self.shape(2)
        entries = []
        for size in shape:
            which = self.random.random()
            if which < 0.5:
                entries.append(self.indices(size, positions))
            elif which < 0.9:
                entries.append(self.slice(size))
            else:
                entries.append(self.index(size))
        return ", ".join(entries)

    def share(self, name: str) -> str:
        """The same memory through another object."""
        return self.random.choice(
            (
                name,
                f"xp.from_dlpack({name})",
                f"xp.asarray(memoryview({name}))",
                f"xp.asarray(np.asarray({name}))",
                f"xp.asarray(np.asarray({name})[...])",
                f"{name}[...]",
            )
        )

    def value(self, name: str) -> str:
        """What is assigned to elements of an array."""
        kind = self.random.random()
        if kind < 0.4:
            return self.scalar(self.dtypes[name])
        if kind < 0.7:
            return self.share(self.alike(name))
        return f"{self.alike(name)}[{self.basic_key(self.alike(name))}]"


# --- lines -----------------------------------------------------------------------------------------------------------


def fresh(p: Program) -> None:
    p.make(f"a{p.random.randrange(ARRAYS)}")


def view(p: Program) -> None:
    x = p.old()
    shape, dtype = p.shapes[x], p.dtypes[x]
    kind = p.random.randrange(7)
    if kind <= 2:
        key = p.basic_key(x)
        p.lines.append(f"{p.new(shape, dtype)} = {x}[{key}]")
    elif kind == 3:
        order = list(range(len(shape)))
        p.random.shuffle(order)
        p.lines.append(f"{p.new(tuple(shape[k] for k in order), dtype)} = xp.permute_dims({x}, {tuple(order)})")
    elif kind == 4:
        p.lines.append(f"{p.new(shape, dtype)} = xp.flip({x})")
    elif kind == 5:
        wanted = (2, *shape)
        p.lines.append(f"{p.new(wanted, dtype)} = xp.broadcast_to({x}, {wanted})")
    else:
        p.lines.append(f"{p.new(shape, dtype)} = {p.share(x)}")


def read(p: Program) -> None:
    x = p.old()
    p.lines.append(f"{p.new(p.shape(), p.dtypes[x])} = {x}[{p.advanced_key(x)}]")


def write(p: Program) -> None:
    x = p.old()
    key = p.basic_key(x) if p.random.random() < 0.4 else p.advanced_key(x)
    p.lines.append(f"{x}[{key}] = apart({p.value(x)})")


def in_place(p: Program) -> None:
    x = p.old()
    dtype = p.dtypes[x]
    signs = {"bool": ("&", "|", "^")}.get(dtype, ("+", "-", "*") + (("&", "|", "^") if dtype in INTEGERS else ()))
    target = x if p.random.random() < 0.4 else f"{x}[{p.basic_key(x)}]"
    p.lines.append(f"{target} {p.random.choice(signs)}= {p.value(x)}")


UNARY: Final = ("negative", "positive", "square", "conj", "real", "logical_not", "isnan")
BINARY: Final = (
    *("add", "subtract", "multiply", "maximum", "minimum", "equal", "not_equal", "less", "less_equal", "greater"),
    *("logical_and", "logical_or", "logical_xor", "bitwise_and", "bitwise_or", "bitwise_xor"),
)
REDUCTIONS: Final = ("sum", "prod", "max", "min", "any", "all", "count_nonzero", "argmax", "argmin")


def elementwise(p: Program) -> None:
    x = p.old()
    shape, dtype = p.shapes[x], p.dtypes[x]
    if p.random.random() < 0.3:
        line = f"xp.{p.random.choice(UNARY)}({x})"
    elif p.random.random() < 0.1:
        line = f"xp.{p.random.choice(('abs', 'sign'))}(xp.real({x}))"
    elif p.random.random() < 0.2:
        line = f"xp.where({p.alike(x)} != 0, {p.value(x)}, {x})"
    else:
        other = p.value(x) if p.random.random() < 0.6 else p.old()
        line = f"xp.{p.random.choice(BINARY)}({x}, {other})"
    p.lines.append(f"{p.new(shape, dtype)} = {line}")


def reduction(p: Program) -> None:
    x = p.old()
    shape, dtype = p.shapes[x], p.dtypes[x]
    axis = p.random.choice(("None", *map(str, range(len(shape)))))
    keeps = p.random.choice(("", ", keepdims=True"))
    name = p.random.choice(REDUCTIONS)
    wrapping = f"xp.astype(xp.real({x}), xp.int64)" if name == "prod" else x  # others stay whole numbers, and small
    p.lines.append(f"{p.new(shape[1:], dtype)} = xp.{name}({wrapping}, axis={axis}{keeps})")


def along(p: Program) -> None:
    """Functions along an axis, and those that put arrays together."""
    x = p.old()
    shape, dtype = p.shapes[x], p.dtypes[x]
    axis = p.random.randrange(-len(shape), len(shape)) if shape else 0
    calls: list[Callable[[], str]] = [
        lambda: f"sort({x}, {axis}, {p.random.choice((True, False))})",
        lambda: f"argsort({x}, {axis}, {p.random.choice((True, False))})",
        lambda: f"xp.cumulative_sum({x}, axis={axis})",
        lambda: f"xp.concat([{x}, {p.alike(x)}], axis={axis})",
        lambda: f"xp.stack([{x}, {x}], axis={axis})",
        lambda: f"xp.roll({x}, {p.random.randrange(-5, 6)}, axis={axis})",
        lambda: f"xp.repeat({x}, {p.random.randrange(4)}, axis={axis})",
        lambda: f"xp.take({x}, {p.indices(shape[axis] if shape else 1, (3,))}, axis={axis})",
        lambda: f"xp.take_along_axis({x}, {p.indices(shape[axis] if shape else 1, shape)}, axis={axis})",
        lambda: f"xp.unique_values({x})",
        lambda: f"xp.nonzero({x})[0]",
        lambda: f"xp.reshape({x}, (-1,), copy=True)",
        lambda: f"xp.tile({x}, (2,))",
        lambda: f"xp.tril({x})",
        lambda: f"xp.expand_dims({x}, axis={axis})",
        lambda: f"squared({x})",
        lambda: f"xp.searchsorted(sort(xp.reshape({x}, (-1,)), 0, False), {p.alike(x)})",
    ]
    p.lines.append(f"{p.new(shape, dtype)} = {p.random.choice(calls)()}")


STEPS: Final[list[Callable[[Program], None]]] = [
    *([fresh] * 2),
    *([view] * 5),
    *([read] * 3),
    *([write] * 6),
    *([in_place] * 4),
    *([elementwise] * 4),
    *([reduction] * 2),
    *([along] * 4),
]
