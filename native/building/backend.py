"""What pip and other installers call: hatchling's functions, once the Python is known to be new enough.

hatchling cannot be installed on an old Python, and its absence would be all that the installer reports: pyproject.toml
asks for it only where check_python() passes.
"""

from __future__ import annotations

import sys

from building.requirements import BuildError, check_python

try:
    check_python()
except BuildError as error:
    sys.exit(f"error: {error}")

from hatchling.build import *  # noqa: F403
