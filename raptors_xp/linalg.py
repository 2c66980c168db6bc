"""The linear algebra extension of the standard: `raptors_xp.linalg`.

Re-exports the public names; nothing else lives here.
"""

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


if not _typing.TYPE_CHECKING:  # a type checker would believe that every name is there

    def __getattr__(name: str) -> object:
        raise _missing_function(__name__, name, _sys.modules[__name__])
