"""The table's rows of linear algebra and Fourier transforms."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from differential import references_of_extensions as references
from differential.inputs import (
    ALL,
    COMPLEX,
    FLOATING,
    FLOATS,
    INTEGERS,
    LAYOUTS,
    NUMERIC,
    SHAPES,
    array,
    arrays,
    laid_out,
)
from differential.table import KEEP, Arguments, Calls, along, both, one, rows, third, with_shapes

# --- linear algebra ---------------------------------------------------------------------------------------------------

SQUARE = ((1, 1), (4, 4), (0, 0), (3, 0, 0), (0, 3, 3), (2, 1, 3, 3), (2, 3), (3,))
OBLONG = ((4, 4), (5, 3), (3, 5), (0, 3), (3, 0), (2, 3, 4), (2, 0, 3), (1, 2, 4, 3), (3,), ())


def matrices(shapes: Any, of: str, *options: dict[str, Any]) -> Calls:
    """Stacks of matrices in all layouts: of any numbers, well conditioned ones, Hermitian or positive definite ones."""

    def calls() -> Iterator[Arguments]:
        for name, shape, layout in product(FLOATING, shapes, LAYOUTS):
            x = array(name, shape, "C", "rough")
            if of != "any" and x.ndim > 1 and shape[-1] == shape[-2]:
                if of != "good":
                    x = x + np.conj(np.matrix_transpose(x))
                if of != "hermitian":
                    x = x + 40 * np.eye(shape[-1], dtype=name)
            made = laid_out(x.reshape(-1), shape, layout)
            if made is not None and (layout not in ("repeated", "one") or of == "any"):
                for option in options or ({},):
                    yield (made,), option

    return calls


rows("linalg.cholesky", matrices(SQUARE, "positive", {}, {"upper": True}), references.solved(np.linalg.cholesky))
rows("linalg.det linalg.inv linalg.slogdet", matrices(SQUARE, "good"), around=references.solved)
rows("linalg.eig", matrices(SQUARE, "good"), references.eig)
rows("linalg.eigvals", matrices(SQUARE, "good"), references.eigvals)
rows("linalg.eigh", matrices(SQUARE, "hermitian"), references.eigh)
rows("linalg.eigvalsh", matrices(SQUARE, "hermitian"), references.sized(np.linalg.eigvalsh))
rows("linalg.qr", matrices(OBLONG, "any", {}, {"mode": "complete"}), references.qr)
rows("linalg.svd", matrices(OBLONG, "any", {}, {"full_matrices": False}), references.svd)
rows("linalg.svdvals", matrices(OBLONG, "any"), references.sized(np.linalg.svdvals))
rows("linalg.pinv", matrices(OBLONG, "any", {}, {"rtol": 0.5}), references.solved(np.linalg.pinv))
rows("linalg.matrix_rank", matrices(OBLONG, "any", {}, {"rtol": 0.5}, {"rtol": np.full((2,), 0.25)}))
ORDERS_OF_MATRICES = ("fro", "nuc", 1, 2, np.inf, -1, -2, -np.inf)
rows(
    "linalg.matrix_norm",
    matrices(
        OBLONG,
        "any",
        {},
        *({"ord": order, "keepdims": keep} for order, keep in product(ORDERS_OF_MATRICES, (True, False))),
    ),
    references.sized(np.linalg.matrix_norm),
)
rows(
    "linalg.vector_norm",
    along(FLOATING, "rough", *KEEP, *({"ord": order} for order in (1, 0, 3, 2.5, -1, -2, np.inf, -np.inf, 0.5))),
    references.sized(np.linalg.vector_norm),
)


def powers() -> Iterator[Arguments]:
    for name, shape, layout, n in product(NUMERIC, SQUARE, ("C", "F", "reversed"), (0, 1, 2, 3, 7)):
        x = array(name, shape, layout, "special" if name in INTEGERS else "ties")
        if x is not None:
            yield (np.nan_to_num(x, posinf=1) if name in FLOATING else x, n), {}


rows(
    "linalg.matrix_power",
    both(powers, lambda: (((*x, -2), {}) for x, _ in matrices(SQUARE, "good")())),
    references.powers,
)


def equations() -> Iterator[Arguments]:
    for (given, _), right in product(
        matrices(SQUARE, "good")(), ((4,), (4, 2), (3, 4, 1), (0, 0), (3, 1), (2, 1, 3, 2), (0,), ())
    ):
        yield (given[0], array(given[0].dtype.name, right, "stepped" if right else "C", "whole")), {}
    for name, other in product(FLOATING, FLOATING):
        yield (10 * np.eye(3, dtype=name), array(other, (3, 2), "F", "whole")), {}


rows("linalg.solve", equations, references.solved(np.linalg.solve))

# Products of whole numbers are exact in any order.
LEFT = ((3, 4), (4,), (2, 3, 4), (0, 4), (3, 0), (2, 1, 3, 4), (), (67, 70))
RIGHT = ((4, 5), (4,), (2, 4, 5), (4, 0), (0, 5), (3, 4, 2), (), (70, 33))


def multiplied(names: tuple[str, ...]) -> Calls:
    def calls() -> Iterator[Arguments]:
        for name in names:
            pool = "special" if name in INTEGERS else "mixed" if name in FLOATS else "whole"
            for left, right, layout, other in product(
                LEFT, RIGHT, LAYOUTS, ("C", "F", "stepped", "swapped", "repeated")
            ):
                x, y = array(name, left, layout, pool), array(name, right, other, pool)
                if x is not None and y is not None:
                    yield (x, y), {}
        for name, other in product(names, names):
            yield (array(name, (3, 4), "C", "whole"), array(other, (4, 5), "F", "whole")), {}

    return calls


VECTORS = (
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((4, 1, 3), (2, 3)),
    ((3, 3), (3, 3)),
    ((0, 3), (3,)),
    ((67,), (67,)),
    ((2, 0), (2, 0)),
    ((), (3,)),
)


def vectors() -> Iterator[Arguments]:
    for name, (left, right), layout, other in product(NUMERIC, VECTORS, LAYOUTS, ("C", "F", "reversed", "one")):
        x, y = array(name, left, layout, "whole"), array(name, right, other, "whole")
        if x is not None and y is not None:
            for axis in (-1, -2):
                yield (x, y), {"axis": axis}
            yield (x, y), {}
    for name, other in product(NUMERIC, NUMERIC):
        yield (array(name, (3, 4), "C", "whole"), array(other, (3, 4), "F", "whole")), {"axis": 0}


def contracted() -> Iterator[Arguments]:
    for name, layout, other in product(NUMERIC, LAYOUTS, ("C", "swapped", "reversed")):
        x = array(name, (2, 3, 4), layout, "whole")
        for shape, axes in (
            ((3, 4, 5), 2),
            ((4,), 1),
            ((), 0),
            ((5,), 0),
            ((4, 3, 2), ((0, 1, 2), (2, 1, 0))),
            ((5, 2), ((0,), (1,))),
            ((2, 3), ((-3, -2), (0, 1))),
            ((3, 5), ((0,), (0,))),
            ((2, 3, 4), 3),
        ):
            y = array(name, shape, other, "whole")
            if x is not None and y is not None:
                yield (x, y), {"axes": axes}
    yield (array("float32", (0, 3)), array("float32", (3, 0))), {"axes": 1}
    yield (array("float32", (3, 0)), array("float32", (0, 3))), {"axes": 1}


rows("matmul", multiplied(NUMERIC), around=references.summed_products)
rows("linalg.matmul", third(multiplied(NUMERIC)), around=references.summed_products)
rows("vecdot", vectors, around=references.summed_products)
rows("linalg.vecdot", third(vectors), around=references.summed_products)
rows("tensordot", contracted, around=references.summed_products)
rows("linalg.tensordot", third(contracted), around=references.summed_products)
rows("matrix_transpose linalg.matrix_transpose", one(ALL), views=True)
rows("linalg.outer", lambda: (((x, y), {}) for (x, y), _ in vectors() if x.ndim == y.ndim == 1))
rows("linalg.cross", vectors)
rows("linalg.diagonal", with_shapes(*(((), {"offset": offset}) for offset in (0, 1, -1, 3, -9))), views=True)
rows(
    "linalg.trace",
    lambda: (
        ((x,), {"offset": offset, "dtype": dtype})
        for x, offset, dtype in product(arrays(NUMERIC, "whole"), (0, 1, -2, 9), (None, np.dtype("complex128")))
    ),
)


# --- Fourier transforms -----------------------------------------------------------------------------------------------

NORMS = ("backward", "ortho", "forward")


def spectra(names: tuple[str, ...]) -> Calls:
    def calls() -> Iterator[Arguments]:
        for x in arrays(names, "rough"):
            for axis, n in product(range(-x.ndim, x.ndim + 1), (None, 1, 5, 16)):
                yield (x,), {"axis": axis, "n": n}
            for norm in NORMS:
                yield (x,), {"norm": norm}
            yield (x,), {"n": 0}
            yield (x,), {}

    return calls


def spectra_of_many(names: tuple[str, ...]) -> Calls:
    def calls() -> Iterator[Arguments]:
        for x in arrays(names, "rough", ((4, 5), (2, 3, 4), (7,), (1, 6, 1))):
            yield (x,), {}
            for axes, norm in product(((0,), (-1,), (0, -1), (1, 0)), NORMS):
                if x.ndim > 1 or len(axes) < 2:
                    yield (x,), {"axes": axes, "norm": norm}
                    yield (x,), {"axes": axes, "s": (3, 8)[: len(axes)], "norm": norm}

    return calls


rows("fft.fft fft.ifft", spectra(FLOATING), around=references.transformed)
rows("fft.hfft fft.irfft", spectra(COMPLEX), around=references.transformed)
rows("fft.rfft fft.ihfft", spectra(FLOATS), around=references.transformed)
rows("fft.fftn fft.ifftn", spectra_of_many(FLOATING), around=references.transformed)
rows("fft.irfftn", spectra_of_many(COMPLEX), around=references.transformed)
rows("fft.rfftn", spectra_of_many(FLOATS), around=references.transformed)
rows(
    "fft.fftshift fft.ifftshift",
    lambda: (
        ((x,), {"axes": axes} if axes != () else {})
        for x, axes in product(arrays(FLOATING, "special", SHAPES[1:]), ((), None, 0, (0,), (-1,), (0, 1)))
    ),
)
rows(
    "fft.fftfreq fft.rfftfreq",
    lambda: (
        ((n,), {"d": d, "dtype": np.dtype(name)}) for n, d, name in product((1, 2, 7, 16), (1.0, 0.25, 3), FLOATS)
    ),
    around=references.frequencies,
)
