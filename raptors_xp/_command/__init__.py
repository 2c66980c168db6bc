"""The command line: bench, doctor and what they measure with. Not compiled; nothing of the library imports it."""
