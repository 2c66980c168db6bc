"""Calls of the C extension's functions with arguments that hardly fit, drawn from a seed; and what may come of them.

The dispatch layer never makes most of these calls. Whatever the arguments, a call ends in a result or an exception, and
writes nowhere but into the memory that it was given to write to. The parameters are read from the stub, so that a new
function is drawn without a change here. Elements are aligned: our processors do not need it, the sanitizers ask for it.
"""

import ast
import random
import signal
from pathlib import Path
from typing import Any

from raptors_xp import _native

STUB = Path(__file__).parent.parent.parent / "raptors_xp" / "_native.pyi"
# Not called: adopt and learn_fields are for class Array; buffers and capsules have a fuzzer of their own (exchange.py).
LEFT_OUT = {"adopt", "learn_fields", "borrow", "from_capsule"}
ALLOWED = (TypeError, ValueError, OverflowError, IndexError, MemoryError, BufferError, RuntimeError, TimeoutError)
SIZES = (0, 1, 8, 24, 64, 200, 1000, 4096, 70_000)  # bytes of the memories m0 ... m8
READONLY = (3, 6)
PATTERN = 0xA5  # of the memory that nobody writes to
SECONDS = 2.0  # a call may ask for more work than anyone can wait for
ITEMSIZES = (1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 8, 16)  # by the code of the dtype
UINT8 = 5
HUGE = (2**31, 2**32, 2**61, 2**62, 2**63 - 1, 2**63, -(2**63), 2**64 - 1, 2**64, 2**200)
JUNK = (
    "None",
    "'text'",
    "1.5",
    "float('nan')",
    "()",
    "[1]",
    "object()",
    "(1, 'a')",
    "Fickle(16)",
    "Broken()",
    "b'abc'",
    "False",
)
OPERATIONS = len([name for name in dir(_native) if name.isupper()])


class Fickle(int):
    """An int whose methods say otherwise."""

    def __index__(self) -> int:
        return int(self) + 10**6

    __float__ = __len__ = __int__ = __hash__ = None  # type: ignore[assignment]


class Broken:
    def __index__(self) -> int:
        raise KeyError("not today")

    __float__ = __len__ = __iter__ = __index__  # type: ignore[assignment]


def functions() -> dict[str, list[tuple[str, str]]]:
    """The parameters of every function of the stub, with their annotations; a name with a * may be repeated."""
    found = {}
    for node in ast.parse(STUB.read_text()).body:
        if isinstance(node, ast.FunctionDef) and node.name not in LEFT_OUT:
            found[node.name] = [
                (each.arg, ast.unparse(each.annotation)) for each in node.args.posonlyargs if each.annotation
            ]
            if node.args.vararg is not None:
                found[node.name].append((f"*{node.args.vararg.arg}", ""))
    return found


FUNCTIONS = functions()


class Drawing:
    """The arguments of one call: one dtype, and dimensions that often fit into the memory."""

    def __init__(self, random_: random.Random) -> None:
        self.random = random_
        self.dtype = random_.randrange(13)
        self.rank = random_.choice((0, 1, 1, 2, 2, 3, 5))
        self.memory = random_.choice((4, 5, 6, 7, 7, 8, 8, 8))

    def size(self) -> int:
        return self.random.choice((0, 1, 1, 2, 3, 3, 4, 5, 7, 8, 17, 64))

    def count(self) -> int:
        return self.random.choice((0, 1, 2, 5, 7, 8, 16, 31, 60, 300))

    def shape(self, rank: int) -> str:
        return repr(tuple(self.size() for _ in range(rank)))

    def strides(self, rank: int, dtype: int | None = None) -> str:
        item = ITEMSIZES[self.dtype if dtype is None else dtype]
        step = (0, item, item, 2 * item, 4 * item, 8 * item, 48, -item, -2 * item)
        return repr(tuple(self.random.choice(step) for _ in range(rank)))

    def offset(self) -> int:
        return self.random.choice((0, 0, 0, 16, 32, 64, 128, -16))

    def operation(self, name: str) -> int:
        kinds = {"reduce": ("SUM", "PROD", "MEAN", "MAX", "MIN", "ALL", "ANY"), "extreme": ("ARGMAX", "ARGMIN")}
        kinds["scan"] = ("CUMULATIVE_SUM", "CUMULATIVE_PROD")
        known = [getattr(_native, each) for each in kinds.get(name.removesuffix("_flat"), ()) if hasattr(_native, each)]
        return self.random.choice(known) if known and self.random.random() < 0.8 else self.random.randrange(OPERATIONS)

    def operands(self, function: str) -> list[str]:
        drawn: list[str] = []
        for _ in range(self.random.choice((1, 2) if function == "fill" else (1, 2, 2, 2, 3))):
            operand = self.random.choice((f"m{self.memory}", f"m{self.memory}", "2", "1.5", "True", "1j"))
            drawn.append(operand)
            if function == "strided":
                dtype = self.dtype if self.random.random() < 0.5 else self.random.randrange(13)
                drawn += [str(dtype), str(self.offset()), self.strides(self.rank, dtype)]
            else:
                drawn.append(str(self.offset()))
        if function == "fill" or (function == "flat" and self.random.random() < 0.3):
            drawn.append("64")
        return drawn

    def pick(self) -> str:
        code, item = self.random.choice(((1, 1), (4, 8), (4, 8), (4, 8), (8, 8), (2, 2)))
        return (
            f"(m{self.memory}, {code}, {8 * self.size()}, {self.step(item)}, {self.count()}, {ITEMSIZES[self.dtype]})"
        )

    def step(self, item: int) -> str:
        return repr(tuple(self.random.choice((0, item, item, 2 * item)) for _ in range(self.rank)))

    def values(self) -> str:
        return repr([self.random.choice((True, 0, 1, -1, 300, 2**40, 1.5, -0.0, 2j)) for _ in range(self.size())])

    def argument(self, function: str, name: str, kind: str) -> list[str]:
        if name.startswith("*"):
            return self.operands(function)
        if name == "kernel":
            return [str(self.operation(function) * 13 + self.dtype)]
        if name == "op":
            return [str(self.operation(function))]
        if name in ("dtype", "itemsize"):
            return [str(self.dtype if name == "dtype" else ITEMSIZES[self.dtype])]
        if kind == "list[Scalar]":
            return [self.values()]
        if "tuple[tuple" in kind:
            return [f"({''.join(f'{self.pick()}, ' for _ in range(self.random.choice((1, 1, 1, 2, 6))))})"]
        if "tuple" in kind:
            extra = {"a_strides": 2, "b_strides": 2, "values_strides": self.rank}.get(name, 0)
            rank = self.rank + (self.random.choice((extra, extra, 0, 1)) if extra else 0)
            if name == "out_strides":  # the elements of the result may be larger
                return [repr(tuple(self.random.choice((0, 16, 16, 32, 48, -16)) for _ in range(rank)))]
            return [self.strides(rank) if "strides" in name else self.shape(rank)]
        return [self.plain(name, kind)]

    def plain(self, name: str, kind: str) -> str:
        if "Memory" in kind:
            return "None" if "None" in kind and self.random.random() < 0.5 else f"m{self.memory}"
        if kind == "bool":
            return self.random.choice(("False", "True"))
        if "Literal" in kind:
            return self.random.choice(("'copy'", "'read'"))
        if kind == "Scalar" or kind == "object":
            return self.random.choice(("3", "2.5", "True", "-1", "1j", "300"))
        if name == "step":
            return self.strides(1).strip("(),")
        if name == "out_step":
            return str(self.random.choice((8, 16, 16, 32, -16, 0)))
        if "offset" in name:
            return str(self.offset())
        return str(self.count() if name in ("n", "count", "columns", "size") else self.size())

    def wrong(self) -> str:
        """An argument that fits no parameter, or any."""
        kind = self.random.randrange(5)
        if kind == 0:
            return str(self.random.choice(HUGE))
        if kind == 1:
            return self.random.choice(JUNK)
        if kind == 2:
            return f"m{self.random.randrange(len(SIZES))}"
        if kind == 3:
            return repr(
                tuple(self.random.choice((-16, 0, 16, 48, *HUGE)) for _ in range(self.random.choice((1, 2, 3, 64, 65))))
            )
        return str(self.random.choice((-16, 48, 64, 1008)))


def program(seed: int) -> list[str]:
    """Calls as lines of Python, of which each can be left out."""
    random_ = random.Random(seed)
    lines = []
    for _ in range(random_.randrange(5, 40)):
        function = random_.choice(list(FUNCTIONS))
        drawing = Drawing(random_)
        arguments = [text for name, kind in FUNCTIONS[function] for text in drawing.argument(function, name, kind)]
        for _ in range(random_.choice((0, 0, 0, 1, 1, 2))):
            if arguments:
                arguments[random_.randrange(len(arguments))] = drawing.wrong()
        if random_.random() < 0.03:
            arguments = arguments[: random_.randrange(len(arguments) + 1)]
        if function == "set_threads":
            arguments = [random_.choice((str(_native.threads()), "0", "-1", "2000", "None"))]
        lines.append(f"native.{function}({', '.join(arguments)})")
    return lines


def content(memory: _native.Memory) -> list[Any]:
    return _native.to_list(UINT8, memory, 0, (memory.nbytes,), (1,))


def late(*_: object) -> None:
    raise TimeoutError


def judge(lines: list[str]) -> str | None:
    """What is wrong with a program; None if nothing is."""
    memories = {
        f"m{number}": _native.pack(UINT8, [1, 0] * (size // 2) + [1] * (size % 2), size)
        for number, size in enumerate(SIZES)
    }
    untouched = _native.pack(UINT8, [PATTERN] * 4000, 4000)
    for number in READONLY:
        memories[f"m{number}"] = memories[f"m{number}"].as_readonly()
    names: dict[str, Any] = {"native": _native, "Fickle": Fickle, "Broken": Broken, **memories}
    before = [content(memories[f"m{n}"]) for n in READONLY]
    signal.signal(signal.SIGALRM, late)
    for line in lines:
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            try:
                exec(line, names)
            finally:  # inside, as the time may be up while it is being stopped
                signal.setitimer(signal.ITIMER_REAL, 0)
        except ALLOWED:
            pass
        except BaseException as error:
            if type(error) is not KeyError or "Broken" not in line:
                return f"{line}: {type(error).__name__}: {error}"
    if [content(memories[f"m{n}"]) for n in READONLY] != before:
        return "read-only memory was written to"
    if set(content(untouched)) != {PATTERN}:
        return "other memory was written to"
    return None
