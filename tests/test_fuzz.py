"""The fuzzer itself: programs that fail are found, and made short; programs that do not fail are not reported."""

import subprocess
import sys
from pathlib import Path

from tests.fuzz.__main__ import in_child, shortened
from tests.fuzz.judge import judge
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
    assert " 0 failures " in run.stdout
