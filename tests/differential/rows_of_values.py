"""The table's rows of functions that compute: element by element, along axes, sets and searching."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from differential import references
from differential.inputs import (
    ALL,
    BITS,
    COMPLEX,
    FLOATING,
    FLOATS,
    INTEGERS,
    LAYOUTS,
    NUMERIC,
    REAL,
    SHAPES,
    array,
    arrays,
    laid_out,
    special,
    values,
)
from differential.references import complex_arithmetic, elementary
from differential.table import KEEP, KINDS, SCALARS, Arguments, along, both, one, rows, two

# --- element by element -----------------------------------------------------------------------------------------------
rows("abs sign", one(NUMERIC), around=complex_arithmetic)
rows("bitwise_invert", one(BITS))
rows("ceil floor trunc", one(REAL))
rows("conj isfinite isinf isnan negative positive round", one(NUMERIC))
rows("real", one(NUMERIC), views=True)
rows("imag", one(COMPLEX), views=True)
rows("logical_not", one(ALL))
rows("sqrt", one(FLOATING), around=complex_arithmetic)
rows("reciprocal", one(FLOATING), references.reciprocal)
rows("signbit", one(FLOATS))
rows("square", one(NUMERIC), references.square)
rows("acos acosh asin asinh atan atanh cos cosh sin sinh tan tanh", one(FLOATING), around=elementary)
rows("exp expm1 log log10 log2", one(FLOATING), around=elementary)
rows("log1p", one(FLOATING), references.log1p)

rows("add subtract", two(NUMERIC))
rows("atan2 hypot", two(FLOATS), around=elementary)
rows("bitwise_and bitwise_or bitwise_xor", two(BITS))
rows("bitwise_left_shift bitwise_right_shift", two(INTEGERS))
rows("copysign nextafter", two(FLOATS))


def real_with_complex() -> Iterator[Arguments]:
    for name, other in product(REAL, COMPLEX):
        x, y = array(name, (4, 5), "F", "whole"), array(other, (4, 5), "reversed", "rough")
        yield (x, y), {}
        yield (y, x), {}


rows("divide", both(two(REAL), two(COMPLEX, "finite"), real_with_complex), references.divide)
rows("multiply", both(two(REAL), two(COMPLEX, "rough"), real_with_complex), around=complex_arithmetic)
rows("equal not_equal logical_and logical_or logical_xor", two(ALL))
rows("floor_divide greater greater_equal less less_equal remainder", two(REAL))
rows("maximum minimum", two(REAL), around=references.larger_or_smaller)
rows("logaddexp", two(FLOATS), references.logaddexp)
rows("pow", both(two(REAL), two(COMPLEX, "rough"), real_with_complex), references.pow_)


def clipping() -> Iterator[Arguments]:
    for name in REAL:
        ends = values(name, 9, "ties")
        for x in arrays((name,), "special"):
            for low, high in ((None, None), (1, None), (None, 2), (1, 3), (ends[1:2], None)):
                yield (x, low, high), {}
            yield (x,), {"min": np.full((), 1, x.dtype), "max": np.full(x.shape[-1:], 3, x.dtype)}
        if name in FLOATS:
            x = special(name)
            for low, high in ((float("nan"), None), (0.5, 2.5), (None, float("nan")), (-np.inf, 1.5)):
                yield (x, low, high), {}


rows("clip", clipping)


# --- along axes -------------------------------------------------------------------------------------------------------


def late_nan() -> Iterator[Arguments]:
    """Far behind the extremes of the other numbers."""
    for name in FLOATS:
        x = values(name, 100_100, "whole").copy()
        x[90_000::100] = np.nan
        yield (x,), {}
        yield (x.reshape(308, 325),), {"axis": 0}


rows("max min", both(along(REAL, "special", *KEEP), late_nan), around=references.extreme)
rows(
    "argmax argmin",
    both(
        along(REAL, "special", *KEEP, several=False),
        along(REAL, "ties", *KEEP, several=False),
        late_nan,
    ),
)
rows("all any count_nonzero", along(ALL, "ties", *KEEP))
rows(
    "sum",
    both(
        along(NUMERIC, "mixed", *KEEP),
        along(INTEGERS, "special", {"dtype": np.int8}, {"dtype": np.uint64}),
        along(NUMERIC, "whole", {"dtype": np.complex128}),
        along(REAL, "whole", {"dtype": np.float32}, {"dtype": np.float64}),
    ),
)
rows(
    "prod",
    both(
        along(NUMERIC, "powers", *KEEP),
        along(INTEGERS, "special", {"dtype": np.int16}, {"dtype": np.uint32}),
        along(FLOATS, "powers", {"dtype": np.complex64}, {"dtype": np.float64}),
    ),
    references.prod,
)
rows("mean", along(FLOATING, "mixed", *KEEP), references.mean)
CORRECTED = (*KEEP, {"correction": 1}, {"correction": 2.5, "keepdims": True})
rows("var", along(FLOATS, "rough", *CORRECTED), references.var)
rows("std", along(FLOATS, "rough", *CORRECTED), references.std)
RUNNING = ({}, {"include_initial": True}, {"dtype": np.float64}, {"dtype": np.complex128})
SINGLE = {"several": False, "least": 1}
rows("cumulative_sum", both(along(REAL, "whole", *RUNNING, **SINGLE), along(COMPLEX, "mixed", **SINGLE)))
rows(
    "cumulative_prod",
    both(along(REAL, "powers", *RUNNING, **SINGLE), along(COMPLEX, "powers", **SINGLE)),
    references.cumulative_prod,
)
ONE = {"several": False, "none": False}
ORDERS = ({}, {"descending": True}, {"stable": False}, {"descending": True, "stable": True})
rows("sort", both(along(REAL, "ties", *ORDERS, **ONE), along(REAL, "special", **ONE)), references.sort)
rows("argsort", both(along(REAL, "ties", *ORDERS[:2], **ONE), along(REAL, "special", **ONE)), references.argsort)
rows("flip", along(ALL, "special"), views=True)


# --- sets and searching -----------------------------------------------------------------------------------------------

DISTINCT = both(one(ALL, "ties"), one(REAL))
rows("unique_all", DISTINCT)
rows("unique_counts", DISTINCT, references.unique("values", "counts"))
rows("unique_inverse", DISTINCT, references.unique("values", "inverse_indices"))
rows("unique_values", DISTINCT, references.unique("values"))
rows("nonzero", both(one(ALL, "ties"), one(NUMERIC)))


def members() -> Iterator[Arguments]:
    for name, other in product(ALL, ALL):
        x = array(name, (4, 5), "swapped", "ties")
        for y in (array(other, (3,), "reversed", "ties"), array(other, (0,)), array(other, (), "C", "ties")):
            yield (x, y), {}
            yield (x, y), {"invert": True}
    for name in NUMERIC:
        for x in arrays((name,), "ties"):
            yield (x, special(name)[:3]), {}
            yield (x, 1), {}
        yield (1, special(name)), {"invert": True}


rows("isin", members)


def sorted_and_sought() -> Iterator[Arguments]:
    for name in REAL:
        for pool, options in product(("ties", "special"), ({}, {"side": "right"}, {"side": "left"})):
            inside = array(name, (67,), "C", pool)
            ranks = np.argsort(inside, stable=True)
            for kind in (np.int64, np.int8, np.uint16):
                yield (inside, special(name)), {**options, "sorter": ranks.astype(kind)}
            inside = np.sort(inside)
            for layout in ("C", "stepped", "read-only"):
                fresh = laid_out(inside, (67,), layout)
                for x in arrays((name,), pool):
                    yield (fresh, x), options
            for scalar in (0, 2, 2.5, float("nan"))[: 4 if name in FLOATS else 2]:
                yield (inside, scalar), options
            yield (inside[:0], special(name)), options
    for name, other in product(REAL, REAL):
        yield (np.sort(special(name)), special(other)), {}


rows("searchsorted", sorted_and_sought)


def choosing() -> Iterator[Arguments]:
    for name, other in product(ALL, ALL):
        yield (array("bool", (4, 5)), array(name, (4, 5), "F"), array(other, (5,))), {}
    for name in ALL:
        for shape, layout, other in product(SHAPES, LAYOUTS, ("C", "stepped", "one")):
            condition, x, y = array("bool", shape, other), array(name, shape, layout), array(name, shape, "reversed")
            if condition is not None and x is not None and y is not None:
                yield (condition, x, y), {}
        for scalar in SCALARS:
            if np.dtype(name).kind in KINDS[type(scalar)]:
                yield (array("bool", (4, 5), "swapped"), array(name, (4, 5)), scalar), {}
                yield (array("bool", (4, 1)), scalar, array(name, (4, 5), "shifted")), {}
                yield (array("bool", ()), scalar, array(name, (0, 3))), {}


rows("where", choosing, references.where)
