"""Runs statements on demand in a process of its own: a parent speaks to it in lines of JSON. `bench --against` and
`bench --instructions` start it as a script, with the interpreter of any build: public names only, nothing of ours else.

    {"setup": CODE}                                      makes the names for what follows; the answer is {}
    {"statement": CODE, "number": N, "samples": COUNT}   times N runs, so many times: {"samples": [SECONDS A RUN, ...]}
"""

import gc
import json
import sys
import timeit
from collections.abc import Iterable
from pathlib import Path

import numpy

import raptors_xp


def respond(request: dict[str, object], names: dict[str, object]) -> dict[str, object]:
    if "setup" in request:
        names.clear()
        names.update({"xp": raptors_xp, "numpy": numpy})
        exec(str(request["setup"]), names)
        return {}
    number, samples = int(str(request["number"])), int(str(request["samples"]))
    timer = timeit.Timer(str(request["statement"]), globals=names)
    return {"samples": [timer.timeit(number) / number for _ in range(samples)]}


def serve(requests: Iterable[str]) -> None:
    """Answers each line with a line. The first line says which build this is."""
    greeting = {"version": raptors_xp.__version__, "place": str(Path(raptors_xp.__file__).parent)}
    print(json.dumps(greeting), flush=True)
    names: dict[str, object] = {}
    for line in requests:
        print(json.dumps(respond(json.loads(line), names)), flush=True)


if __name__ == "__main__":
    gc.disable()
    serve(sys.stdin)
