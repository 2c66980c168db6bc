"""What holds for every test: how hypothesis runs."""

from hypothesis import settings

# Machines are shared: a slow moment is no failure.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
