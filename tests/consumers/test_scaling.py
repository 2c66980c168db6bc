"""The examples of docs/scaling.md run as they are, at small size, with chunks of both kinds."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```python\n([^`]*)^```$", (ROOT / "docs" / "scaling.md").read_text(), re.MULTILINE)
SCRIPTS = {block.split(":", 1)[0].removeprefix("# "): block for block in BLOCKS}


def test_the_scripts_are_found() -> None:
    assert set(SCRIPTS) == {"dask", "cubed"}


@pytest.mark.parametrize("chunks", ["raptors_xp", "numpy"])
@pytest.mark.parametrize("name", ["dask", "cubed"])
def test_examples(name: str, chunks: str, tmp_path: Path) -> None:
    script = tmp_path / f"{name}_scaling.py"
    script.write_text(SCRIPTS[name])
    environment = {**os.environ, "SCALING_SIDE": "240", "SCALING_CHUNKS": chunks}
    paths = [str(ROOT), *filter(None, [environment.get("PYTHONPATH")])]  # this checkout, wherever the script lies
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    done = subprocess.run(
        [sys.executable, str(script)], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(rf"{name}, .*chunks of {chunks}: \d+\.\d\d s\n", done.stdout), done.stdout
