"""Processes that run statements for us: worker.py in this build's interpreter, or in another one that holds another
build. Starts them, asks them, ends them; what is asked is for others to say."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import raptors_xp
from raptors_xp._command.reporting import UsageError

_SCRIPT: Final = str(Path(__file__).with_name("worker.py"))


class Worker:
    """A running worker. `python` is another interpreter, whose own raptors_xp is asked; without it, this very one."""

    def __init__(
        self,
        python: str | None = None,
        environment: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
    ) -> None:
        variables = {**os.environ, **(environment or {})}
        variables.pop("PYTHONPATH", None)
        if python is None:
            variables["PYTHONPATH"] = str(Path(raptors_xp.__file__).parent.parent)
        self._command = [*prefix, python or sys.executable, "-P", _SCRIPT]
        try:
            self._process = subprocess.Popen(
                self._command,
                env=variables,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        except OSError as error:
            raise UsageError(
                f"{self._command[0]} cannot be started: {error.strerror}; give a Python interpreter"
            ) from error
        greeting = self._answer()
        self.version: Final = str(greeting["version"])
        self.place: Final = str(greeting["place"])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def setup(self, code: str) -> None:
        self._ask({"setup": code})

    def time(self, statement: str, number: int, samples: int) -> list[float]:
        """Seconds a run of the statement: `samples` figures, each over `number` runs."""
        answer = self._ask({"statement": statement, "number": number, "samples": samples})
        return [float(seconds) for seconds in answer["samples"]]

    def finish(self) -> str:
        """Ends the worker as an interpreter ends, and gives what stands on its standard error."""
        return self._process.communicate()[1]

    def _ask(self, request: dict[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            complaint = self.finish().strip()
            raise UsageError(
                f"{' '.join(self._command)} ended with status {self._process.returncode}; "
                f"give an interpreter that can import numpy and raptors_xp\n{complaint}"
            )
        return dict(json.loads(line))
