"""Class Array, the keys of its subscripts, and its text. No functions of the standard's namespace."""
