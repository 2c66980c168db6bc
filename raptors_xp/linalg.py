"""The standard's linear algebra extension: re-exports the public names of `raptors_xp.linalg`, nothing else."""

import sys as _sys
import typing as _typing

from raptors_xp._core.numpy_names import missing_function as _missing_function
from raptors_xp._functions.decompositions import (
    cholesky,
    det,
    eig,
    eigh,
    eigvals,
    eigvalsh,
    inv,
    matrix_power,
    matrix_rank,
    pinv,
    qr,
    slogdet,
    solve,
    svd,
    svdvals,
)
from raptors_xp._functions.matrices import diagonal, matrix_norm, matrix_transpose, trace, vector_norm
from raptors_xp._functions.products import cross, matmul, outer, tensordot, vecdot

__all__ = [
    "cholesky",
    "cross",
    "det",
    "diagonal",
    "eig",
    "eigh",
    "eigvals",
    "eigvalsh",
    "inv",
    "matmul",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "matrix_transpose",
    "outer",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "svd",
    "svdvals",
    "tensordot",
    "trace",
    "vecdot",
    "vector_norm",
]


def __dir__() -> list[str]:
    return list(__all__)


if not _typing.TYPE_CHECKING:  # with __getattr__ in sight, a type checker would accept every name

    def __getattr__(name: str) -> object:
        raise _missing_function(__name__, name, _sys.modules[__name__])
