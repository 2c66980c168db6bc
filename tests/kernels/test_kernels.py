"""Runs the native check of the kernels (check.c), built by native/build.py. What is checked is said there, not here."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_kernels() -> None:
    command = [sys.executable, str(ROOT / "native" / "build.py"), "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    assert "all equal" in result.stdout
