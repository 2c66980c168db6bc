"""The lowest floor: arguments, shapes, dtypes, promotion, loop plans, fields of arrays, NumPy. No class Array here."""
