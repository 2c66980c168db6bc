"""Bad calls of linear algebra, in the main namespace and the extension, and of Fourier transforms."""

from typing import Any

from bad_input.kinds import (
    ARRAY,
    COMPLEX,
    CUBE,
    DEEP,
    DEVICE,
    DTYPE,
    EMPTY,
    FLAG,
    HUGE,
    INTEGER,
    MATRIX,
    NEGATIVE,
    NOT_FINITE,
    OPERAND,
    REAL,
    SCALAR,
    SINGULAR,
    STACK,
    TWO,
    VECTOR,
    WIDE,
    Bad,
    Function,
    Values,
    and_none,
    axes,
    axis,
    both,
    but_none,
    function,
    of_dtypes,
    option,
    repeatable_axes,
)

import raptors_xp as xp


def matrix(good: xp.Array[Any] = MATRIX, *more: Bad, square: bool = True, **kinds: Values) -> Function:
    """A function of matrices."""
    wrong = [both(ValueError, "x", str(each.shape), "matrix", x=each) for each in (VECTOR, SCALAR)]
    if square:
        wrong += [both(ValueError, "x", str(each.shape), "square", x=each) for each in (WIDE, EMPTY, CUBE)]
    return function({"x": good}, [*wrong, *more], x=ARRAY, **kinds)


SPOILT = [
    both(ValueError, "the matrix x", "nan and inf", x=NOT_FINITE),
    both(ValueError, "the matrix x[1]", "nan and inf", x=xp.stack([MATRIX, NOT_FINITE])),
]
TOLERANCE = [
    both(ValueError, "(3,)", "(2,)", x=STACK, rtol=xp.asarray([0.1, 0.2])),
    *of_dtypes("rtol", (), ("int64", "bool", "complex64")),
]
NOT_TOLERANCES: Values = [*but_none(OPERAND), (True, TypeError), (1j, TypeError)]


def transform(*more: Bad) -> Function:
    """A Fourier transform along one axis."""
    special = [
        *[both(ValueError, "n=" + str(each), n=each) for each in (0, -1)],
        both(ValueError, "n", n=-HUGE),
        *[both(MemoryError, "n", n=each) for each in (2**62, 2**70, HUGE)],
        both(ValueError, "axis 1", "x", "(2, 0)", "n=", x=EMPTY),
        both(IndexError, "axis=-1", "dimension 0", x=SCALAR),
        *more,
    ]
    kinds = {"n": but_none(INTEGER), "axis": and_none(axis(2)), "norm": option("none", None)}
    return function({"x": WIDE}, special, x=ARRAY, **kinds)


def transforms(*more: Bad) -> Function:
    """A Fourier transform along several axes."""
    special = [
        *[both(ValueError, "s=" + str(each), s=(2, each), axes=(0, 1)) for each in (0, -2)],
        *[both(MemoryError, "s", s=(each, 2), axes=(0, 1)) for each in (2**62, HUGE)],
        both(ValueError, "s=(2, 2)", "axes", s=(2, 2)),
        both(ValueError, "s=(2,)", "axes=(0, 1)", s=(2,), axes=(0, 1)),
        both(ValueError, "axis 1", "x", "(2, 0)", "s=", x=EMPTY),
        *more,
    ]
    lengths: Values = [((2, each), error) for each, error in but_none(INTEGER)]
    wrong = [Bad({"s": value, "axes": (0, 1)}, error, ("s",)) for value, error in lengths]
    return function({"x": WIDE}, special + wrong, x=ARRAY, axes=repeatable_axes(2), norm=option("none", None))


def frequencies() -> Function:
    """The frequencies of a transform."""
    special = [
        *[both(ValueError, "n=" + str(each), n=each) for each in (0, -1)],
        *[both(MemoryError, "n", n=each) for each in (2**62, 2**70, HUGE)],
        both(ValueError, "d=0", d=0),
        *[both(TypeError, "dtype=" + each, dtype=getattr(xp, each)) for each in ("int64", "bool", "complex128")],
    ]
    return function({"n": 4}, special, n=INTEGER, d=REAL, dtype=DTYPE, device=DEVICE)


REAL_INPUT = both(TypeError, "x", "complex128", "real", x=COMPLEX)
NO_AXES = both(ValueError, "axes", axes=())
# Of the main namespace and of linalg, too.
SHARED: dict[str, Function] = {
    "matmul": function(
        {"x1": WIDE, "x2": VECTOR},
        [
            both(ValueError, "x1", "()", x1=SCALAR),
            both(ValueError, "x2", "()", x2=SCALAR),
            both(ValueError, "(2, 3)", "(2, 2)", "x1", "x2", x2=MATRIX),
            both(ValueError, "(2, 3)", "(2,)", "x1", "x2", x2=TWO),
            both(ValueError, "(3,)", "(2,)", x1=STACK, x2=STACK[:2]),
            both(MemoryError, "shape", x1=xp.broadcast_to(SCALAR, (2**40, 1)), x2=xp.broadcast_to(SCALAR, (1, 2**40))),
        ],
        x1=ARRAY,
        x2=ARRAY,
    ),
    "tensordot": function(
        {"x1": WIDE, "x2": CUBE, "axes": 2},
        [
            *[both(ValueError, "axes=" + str(each), axes=each) for each in (3, -1)],
            both(ValueError, "axes", axes=HUGE),
            both(ValueError, "(2, 3)", "(2, 3, 2)", "axis 1", "x1", "x2", axes=1),
            both(ValueError, "axes=((0, 1), (0,))", axes=((0, 1), (0,))),
            both(ValueError, "repeated in axes", axes=((0, 0), (0, 1))),
            both(IndexError, "axes=2", axes=((2,), (0,))),
            both(IndexError, "axes=-4", axes=((0,), (-4,))),
            both(ValueError, "66 axes", x1=DEEP, x2=xp.ones((1, 1)), axes=0),
            both(
                MemoryError, "shape", x1=xp.broadcast_to(SCALAR, (2**40,)), x2=xp.broadcast_to(SCALAR, (2**40,)), axes=0
            ),
        ],
        x1=ARRAY,
        x2=ARRAY,
        axes=[
            (each, TypeError)
            for each in (
                None,
                1.5,
                "12",
                True,
                (1,),
                ((0,), (1,), (2,)),
                ((0.5,), (0,)),
                ((True,), (0,)),
                (None, 0),
                VECTOR,
                {0, 1},
            )
        ],
    ),
    "vecdot": function(
        {"x1": WIDE, "x2": VECTOR},
        [
            both(ValueError, "(2, 2)", "(3,)", "axis=-1", x1=MATRIX),
            both(ValueError, "(4,)", "(2,)", x1=xp.ones((4, 3)), x2=WIDE),
            both(ValueError, "x1", "()", x1=SCALAR),
            both(ValueError, "x2", "()", x2=SCALAR),
            both(ValueError, "axis=1", "(2, 3)", "(3,)", axis=1),
            both(IndexError, "axis=2", x2=WIDE, axis=2),
            both(IndexError, "axis=-2", "(2, 3)", "(3,)", axis=-2),
        ],
        x1=ARRAY,
        x2=ARRAY,
        axis=INTEGER,
    ),
    "matrix_transpose": function({"x": MATRIX}, [both(ValueError, "x", "(3,)", x=VECTOR)], x=ARRAY),
}
CALLS: dict[str, Function] = {
    **SHARED,
    **{f"linalg.{name}": each for name, each in SHARED.items()},
    "linalg.cholesky": matrix(
        xp.eye(2),
        both(ValueError, "the matrix x", "positive definite", x=NEGATIVE),
        both(ValueError, "the matrix x", "positive definite", x=SINGULAR - 1),
        both(ValueError, "the matrix x[1]", "positive definite", x=xp.stack([xp.eye(2), NEGATIVE])),
        both(ValueError, "the matrix x", "positive definite", x=NEGATIVE, upper=True),
        upper=FLAG,
    ),
    "linalg.cross": function(
        {"x1": VECTOR, "x2": WIDE},
        [
            both(ValueError, "(2, 2)", "(2, 3)", "axis=-1", "3 elements", x1=MATRIX),
            both(ValueError, "(4, 3)", "(2, 3)", x1=xp.ones((4, 3))),
            both(ValueError, "x1", "()", x1=SCALAR),
            both(ValueError, "axis=1", "(3,)", "(2, 3)", axis=1),
            both(IndexError, "axis=-2", "(3,)", "(2, 3)", axis=-2),
        ],
        x1=ARRAY,
        x2=ARRAY,
        axis=INTEGER,
    ),
    **{f"linalg.{name}": matrix() for name in ("det", "slogdet", "eigh", "eigvalsh")},
    "linalg.diagonal": matrix(square=False, offset=INTEGER),
    **{f"linalg.{name}": matrix(MATRIX, *SPOILT) for name in ("eig", "eigvals")},
    "linalg.inv": matrix(
        MATRIX,
        both(ValueError, "the matrix x", "singular", "pinv", x=SINGULAR),
        both(ValueError, "the matrix x[1]", "singular", "pinv", x=STACK),
    ),
    "linalg.matrix_norm": matrix(
        square=False,
        keepdims=FLAG,
        ord=[
            *[(each, ValueError) for each in ("l2", "1", 3, 0, 0.5, float("nan"))],
            *[each for each in REAL if each[0] is not None and not isinstance(each[0], str)],
        ],
    ),
    "linalg.matrix_power": function(
        {"x": MATRIX, "n": 2},
        [
            both(ValueError, "the matrix x", "singular", x=SINGULAR, n=-1),
            both(ValueError, "the matrix x[1]", "singular", x=STACK, n=-2),
            both(ValueError, "x", "(2, 3)", "square", x=WIDE),
            both(ValueError, "x", "(3,)", "matrix", x=VECTOR),
        ],
        x=ARRAY,
        n=INTEGER,
    ),
    "linalg.matrix_rank": matrix(MATRIX, *TOLERANCE, square=False, rtol=NOT_TOLERANCES),
    "linalg.outer": function(
        {"x1": VECTOR, "x2": VECTOR},
        [
            both(ValueError, "x1", "(2, 2)", "one axis", x1=MATRIX),
            both(ValueError, "x2", "()", "one axis", x2=SCALAR),
        ],
        x1=ARRAY,
        x2=ARRAY,
    ),
    "linalg.pinv": matrix(MATRIX, *TOLERANCE, *SPOILT, square=False, rtol=NOT_TOLERANCES),
    "linalg.qr": matrix(square=False, mode=option("raw", None)),
    "linalg.solve": function(
        {"x1": MATRIX, "x2": TWO},
        [
            both(ValueError, "the matrix x1", "singular", "pinv", x1=SINGULAR),
            both(ValueError, "the matrix x1[1]", "singular", "pinv", x1=STACK),
            both(ValueError, "x1", "(2, 3)", "square", x1=WIDE),
            both(ValueError, "x1", "(3,)", "matrix", x1=VECTOR),
            both(ValueError, "x2", "()", x2=SCALAR),
            both(ValueError, "(2, 2)", "(3,)", "x1", "x2", x2=VECTOR),
            both(ValueError, "(3,)", "(2,)", x1=STACK[:1] + xp.zeros((3, 2, 2)), x2=xp.ones((2, 2, 1))),
        ],
        x1=ARRAY,
        x2=ARRAY,
    ),
    "linalg.svd": matrix(MATRIX, *SPOILT, square=False, full_matrices=FLAG),
    "linalg.svdvals": matrix(MATRIX, *SPOILT, square=False),
    "linalg.trace": matrix(
        MATRIX,
        both(TypeError, "x", "complex128", "dtype=int8", x=MATRIX + 0j, dtype=xp.int8),
        square=False,
        offset=INTEGER,
        dtype=DTYPE,
    ),
    "linalg.vector_norm": function(
        {"x": WIDE},
        [
            both(ValueError, "ord=nan", ord=float("nan")),
            both(ValueError, "axis 1", "(2, 0)", x=EMPTY, axis=1, ord=-float("inf")),
        ],
        x=ARRAY,
        axis=axes(2),
        keepdims=FLAG,
        ord=REAL,
    ),
    # --- Fourier transforms
    **{f"fft.{name}": transform() for name in ("fft", "ifft")},
    **{f"fft.{name}": transform(REAL_INPUT) for name in ("rfft", "ihfft")},
    **{
        f"fft.{name}": transform(both(ValueError, "axis 0", "x", "(1,)", "n=", x=VECTOR[:1]))
        for name in ("irfft", "hfft")
    },
    **{f"fft.{name}": transforms() for name in ("fftn", "ifftn")},
    "fft.rfftn": transforms(REAL_INPUT, NO_AXES),
    "fft.irfftn": transforms(NO_AXES),
    **{f"fft.{name}": frequencies() for name in ("fftfreq", "rfftfreq")},
    **{f"fft.{name}": function({"x": WIDE}, x=ARRAY, axes=repeatable_axes(2)) for name in ("fftshift", "ifftshift")},
}
