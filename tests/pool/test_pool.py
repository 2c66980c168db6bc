"""Runs the check of the thread pool (pool.c), built by native/build.py. What is checked is said there, not here."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_pool() -> None:
    command = [sys.executable, str(ROOT / "native" / "build.py"), "--check-pool", "--", "5"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    assert "no race" in result.stdout
