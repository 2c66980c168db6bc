"""Random programs, run by raptors_xp and by NumPy: `python -m tests.fuzz --calls 100000 --seed 1`. See __main__.py."""
