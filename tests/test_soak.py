"""`python -m raptors_xp soak`: what holds passes, and what does not is found."""

import math
import threading
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp
from raptors_xp.__main__ import main
from raptors_xp._command import soak


def test_a_short_soak(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "SAMPLES_LEAST", 1 << 60)  # a busy machine must not decide,
    monkeypatch.setattr(soak, "GROWTH_MOST", 1 << 40)  # nor what is loaded at first
    assert main(["soak", "--minutes", "0.03", "--threads", "2"]) == 0
    told = capsys.readouterr().out
    assert "by 2 threads, 0 forked" not in told
    assert "no wrong result, no child that died or hung" in told
    assert "small" in told


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_wrong_results_are_found_in_threads_and_in_children(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = soak.Task("wrong", lambda given, a, _: a + (1 if given is xp else 0))
    monkeypatch.setattr(soak, "TASKS", (wrong,))
    assert soak.in_child(soak.Shared(), 1) == "had another result than NumPy's"
    assert main(["soak", "--minutes", "1", "--threads", "1"]) == 1  # it stops after some
    assert "another result than NumPy's" in capsys.readouterr().out


def test_exceptions_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise KeyError("lost")

    monkeypatch.setattr(soak, "TASKS", (soak.Task("failing", fail),))
    shared = soak.Shared()
    thread = threading.Thread(target=soak.work, args=(shared, 1))
    thread.start()
    thread.join(60)
    assert len(shared.wrong) > 20
    assert "KeyError: 'lost'" in shared.wrong[0]
    assert soak.in_child(shared, 1) == "raised an exception"


@pytest.mark.parametrize(
    ("ours", "theirs", "exact", "found"),
    [
        ([1.0, 2.0], [1.0, 2.0], True, False),
        ([1.0, 2.0], [1.0, 2.0 + 1e-12], True, True),
        ([1.0, 2.0], [1.0, 2.0 + 1e-12], False, False),
        ([1.0, 2.0], [1.0, 2.1], False, True),
        ([1.0], [1.0, 1.0], True, True),
        ([1], [1.0], True, True),
    ],
)
def test_what_differs(ours: Any, theirs: Any, exact: bool, found: bool) -> None:
    task = soak.Task("any", lambda *_: None, exact)
    assert soak.differs(task, xp.asarray(ours), np.asarray(theirs)) is found


def test_the_histogram_knows_quantiles() -> None:
    histogram = soak.Histogram()
    for number in range(1, 10_001):
        histogram.add(number * 1e-6)
    for share in (0.1, 0.5, 0.999):
        assert abs(histogram.quantile(share) / (share * 1e-2) - 1) < 0.03


def test_memory_that_grows_and_slow_calls_fail(capsys: pytest.CaptureFixture[str]) -> None:
    shared = soak.Shared()
    for times, seconds in zip(shared.times["small"], (math.e, 1.0)):
        for _ in range(soak.SAMPLES_LEAST):
            times.add(seconds)
    assert soak.report(shared, [1 << 30] * 8, 0, 1, 1.0) == 1
    assert "2.72x" in capsys.readouterr().out
    assert soak.report(soak.Shared(), [0, 0, 0, 0, 1 << 30, 1 << 30], 0, 1, 1.0) == 1
    assert "IT GROWS" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", ["--minutes=0", "--threads=0", "--minutes=-1"])
def test_impossible_options(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["soak", wrong]) == 2
    assert "must be more than 0" in capsys.readouterr().err
