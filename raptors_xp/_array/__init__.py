"""Class Array, its keys and its text. No function of the namespace."""
