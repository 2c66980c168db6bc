"""NumPy's names that raptors_xp does not have, with what to write instead: a table, and the errors built from it.

`hasattr` stays False for all of them, because libraries test for a name to find out which library they are given.
"""

from typing import Final

# For functions: module -> name -> remedy. A remedy is a name in the same module, or an expression.
_FUNCTIONS: Final[dict[str, dict[str, str]]] = {
    "raptors_xp": {
        "amax": "max",
        "amin": "min",
        "argwhere": "stack(nonzero(x), axis=-1)",
        "around": "round",
        "array": "asarray",
        "asanyarray": "asarray",
        "ascontiguousarray": "asarray(x, copy=True)",
        "bool_": "bool",
        "complex": "complex128",
        "copy": "asarray(x, copy=True)",
        "double": "float64",
        "euler_gamma": "0.5772156649015329",
        "fix": "trunc",
        "flatnonzero": "nonzero(reshape(x, (-1,)))[0]",
        "fliplr": "flip(x, axis=1)",
        "flipud": "flip(x, axis=0)",
        "float": "float64",
        "float16": "float32",
        "float_": "float64",
        "frombuffer": "asarray",
        "fromiter": "asarray(list(iterable))",
        "identity": "eye",
        "in1d": "isin",
        "int": "int64",
        "int_": "int64",
        "intp": "int64",
        "isneginf": "x == -inf",
        "isposinf": "x == inf",
        "long": "int64",
        "ndarray": "Array",
        "ndim": "x.ndim",
        "permute": "permute_dims",
        "product": "prod",
        "promote_types": "result_type",
        "put_along_axis": "x[indices] = values",
        "random": "asarray(numpy.random.default_rng().random(shape))",
        "rollaxis": "moveaxis",
        "row_stack": "concat(arrays, axis=0)",
        "shape": "x.shape",
        "single": "float32",
        "size": "x.size",
        "uint": "uint64",
        "union1d": "unique_values(concat([x1, x2]))",
        "unique": "unique_values, unique_counts, unique_inverse or unique_all",
    },
    "raptors_xp.linalg": {
        "cond": "svdvals(x)[..., 0] / svdvals(x)[..., -1]",
        "lstsq": "pinv(x1) @ x2",
        "multi_dot": "matmul",
        "norm": "vector_norm or matrix_norm",
    },
    "raptors_xp.fft": {
        "fft2": "fftn(x, axes=(-2, -1))",
        "ifft2": "ifftn(x, axes=(-2, -1))",
        "irfft2": "irfftn(x, axes=(-2, -1))",
        "rfft2": "rfftn(x, axes=(-2, -1))",
    },
}

# For attributes of arrays, with x for the array: name -> remedy.
METHODS: Final[dict[str, str]] = {
    "byteswap": "asarray(numpy.asarray(x).byteswap())",
    "compress": "x[mask]",
    "dump": "pickle.dump(x, file)",
    "dumps": "pickle.dumps(x)",
    "flags": "x.strides, or memoryview(x).readonly",
    "put": "x[indices] = values",
    "resize": "reshape(x, shape)",
}


def missing_function(module: str, name: str, owner: object) -> AttributeError:
    """The error for a name that a public module does not have."""
    text = f"module {module!r} has no attribute {name!r}"
    remedy = _FUNCTIONS[module].get(name)
    if remedy is not None:
        text += f", which is NumPy's name; use {remedy}"
    return AttributeError(text, name=name, obj=owner)


class NumpyMethod:
    """A descriptor for a method that arrays do not have: raises an AttributeError that says what to write instead."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: object) -> object:
        name = self._name
        raise AttributeError(
            f"'Array' object has no attribute {name!r}, which is NumPy's name; use {METHODS[name]}",
            name=name,
            obj=instance,
        )
