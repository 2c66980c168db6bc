"""The parts of the build that native/build.py is made of. Nothing of the package imports them."""
