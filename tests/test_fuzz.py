"""The fuzzer itself: programs that fail are found, and made short; programs that do not fail are not reported."""

import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from raptors_xp import _native
from tests.fuzz import exchange, native
from tests.fuzz.__main__ import KINDS, in_child, shortened
from tests.fuzz.judge import are_rounded, judge
from tests.fuzz.programs import Program

ROOT = Path(__file__).parent.parent
GOOD = ["a0 = make((3, 2), 'int8', 1)", "a1 = a0[::-1]", "a1 += 1", "a2 = xp.sum(a1, axis=0)"]
CRASH = "import ctypes; ctypes.string_at(0)"


def test_programs_that_agree_pass() -> None:
    assert judge(GOOD) is None
    assert in_child([GOOD, GOOD]) is None


def test_other_elements_shapes_dtypes_and_errors_are_found() -> None:
    wrong = {
        "a1[0, 0] = 5 if isinstance(a0, np.ndarray) else 6": "a0 has other elements",
        "a1 = a1[0] if isinstance(a0, np.ndarray) else a1": "a1 has int8 (3, 2), not int8 (2,)",
        "a1 = xp.astype(a1, xp.int16 if isinstance(a0, np.ndarray) else xp.int8)": "a1 has int8 (3, 2), not int16",
        "a1 = a1 + 1 if isinstance(a0, np.ndarray) else a1[9]": "ours IndexError",
        "a1 = a1[9] if isinstance(a0, np.ndarray) else a1": "NumPy's IndexError",
    }
    for line, expected in wrong.items():
        found = judge([*GOOD[:2], line, *GOOD[2:]])
        assert found is not None, line
        assert expected in found
        assert line in found


@pytest.mark.parametrize(
    ("ours", "theirs", "are"),
    [
        ([1e8, 3.0], [1e8 + 8, 3.0], True),
        ([1e8, 3.0], [1e8 + 8, 4.0], False),  # whole numbers that the dtype holds
        ([1e8], [1.1e8], False),
        ([3.0], [3.0000002], False),
        ([1e8, np.nan], [1e8, 1.0], False),
    ],
)
def test_only_large_numbers_may_be_rounded(ours: list[float], theirs: list[float], are: bool) -> None:
    assert are_rounded(np.float32(ours), np.float32(theirs)) is are
    assert not are_rounded(np.float32(ours), np.float64(theirs))
    assert not are_rounded(np.int64([1]), np.int64([2]))


def test_a_crash_is_found_and_made_short() -> None:
    program = [*GOOD, CRASH, *GOOD]
    assert in_child([GOOD, program]) == (1, "died of SIGSEGV")
    assert shortened(program, "died of SIGSEGV") == [CRASH]


def test_a_seed_is_a_program() -> None:
    assert Program(7).lines == Program(7).lines
    assert Program(7).lines != Program(8).lines


def test_some_calls() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--calls", "2000", "--seed", "11"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for kind in KINDS:
        assert re.search(rf"^{kind}: 20\d\d calls, seed 11: 0 failures ", run.stdout, re.MULTILINE), run.stdout


def test_every_function_of_the_extension_is_called_with_success() -> None:
    """Arguments that never fit would prove little."""
    done, asked = Counter[str](), Counter[str]()
    names = {f"m{number}": _native.allocate(size) for number, size in enumerate(native.SIZES)}
    names |= {"native": _native, "Fickle": native.Fickle, "Broken": native.Broken}
    for seed in range(600):
        for line in native.program(seed):
            function = line.removeprefix("native.").split("(")[0]
            if "922337203685477" in line:  # more work than anyone waits for
                continue
            asked[function] += 1
            with suppress(*native.ALLOWED, KeyError):
                exec(line, names)
                done[function] += 1
    assert asked.keys() == native.FUNCTIONS.keys()
    assert asked.keys() == done.keys()


def test_lies_about_elements_are_seen_as_such() -> None:
    assert exchange.judge(["take(Producer((3, 2), [2, 1], 2, 64, 0))", "same(fields('f8', 5, 3))"]) is None
    found = exchange.judge(["np.testing.assert_array_equal(np.asarray(x), 0)"])
    assert found is not None
    assert "AssertionError" in found
    assert exchange.Producer((300,), [8], 2, 64, 0).expected() is None
    assert exchange.Producer((3,), [-1], 2, 64, 0).expected() is not None
