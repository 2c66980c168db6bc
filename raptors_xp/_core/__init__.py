"""The lowest room: arguments, shapes, dtypes, promotion, loop plans, fields of arrays, NumPy. It makes no arrays."""
