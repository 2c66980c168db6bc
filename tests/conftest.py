"""What holds for every test: how hypothesis runs, and that programs which tests run get no options of this run."""

import os

from hypothesis import settings

# Machines are shared: a slow moment is no failure.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")

# Options such as the number of processes are for this run, not for what tests run.
os.environ.pop("PYTEST_ADDOPTS", None)
