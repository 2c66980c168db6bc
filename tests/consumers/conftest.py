"""Tests of libraries that are not installed everywhere are collected where they are; .ci/run installs them all."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("torch") else ["test_torch.py"]
