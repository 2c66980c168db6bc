"""Loop nests and chunk sizes: which way through memory an operation takes. Pure arithmetic; calls no kernel.

A nest is a list: its shape, then the byte strides of every operand, the result first. It has at least one dimension,
the innermost last, and is collapsed: no dimension of size 1, no two adjacent ones that all operands could walk as one.
"""

from typing import Final

from raptors_xp import _native
from raptors_xp._core.dtypes import DTYPES
from raptors_xp._core.promotion import COUNT

Nest = list[tuple[int, ...]]

# --- chunks: all sizes depend on the operation and the size alone, never on the number of threads ---------------------

# One chunk of the cheapest operation, in bytes of one operand: about 5 us of work.
_CHUNK_BYTES: Final = 128 * 1024
# Work of fewer chunks than this is not worth sharing: below about 10 us.
_SHARED_CHUNKS: Final = 2
# How many times as long as an addition an element takes, where that is known to matter.
_WEIGHTS: Final[dict[int, int]] = {
    _native.DIVIDE: 2,
    _native.RECIPROCAL: 2,
    _native.FLOOR_DIVIDE: 8,
    _native.REMAINDER: 8,
    _native.POWER: 16,
    _native.EXP: 2,
    _native.EXPM1: 3,
    _native.SINH: 3,
    _native.COSH: 3,
    _native.TANH: 4,
    _native.LOG: 3,
    _native.LOG2: 3,
    _native.LOG10: 3,
    _native.LOG1P: 4,
    _native.ASINH: 6,
    _native.ACOSH: 6,
    _native.ATANH: 6,
    _native.LOGADDEXP: 12,
    _native.HYPOT: 2,
}
_COMPLEX_WEIGHTS: Final[dict[int, int]] = {
    _native.MULTIPLY: 2,
    _native.SQUARE: 2,
    _native.ABSOLUTE: 4,
    _native.DIVIDE: 8,
    _native.RECIPROCAL: 8,
    _native.POWER: 64,
    _native.EXP: 4,
    _native.EXPM1: 6,
    _native.SINH: 5,
    _native.COSH: 5,
    _native.TANH: 5,
    _native.LOG: 6,
    _native.LOG2: 6,
    _native.LOG10: 6,
    _native.LOG1P: 6,
    _native.ASINH: 16,
    _native.ACOSH: 16,
    _native.ATANH: 6,
    _native.SQRT: 2,
}

# Operation codes are the integers native code names in capitals.
OPERATIONS: Final[int] = 1 + max(code for name, code in vars(_native).items() if name.isupper() and type(code) is int)


def _chunk(op: int, dtype: int) -> int:
    weights = _COMPLEX_WEIGHTS if DTYPES[dtype].kind == "c" else _WEIGHTS
    elements = _CHUNK_BYTES // (DTYPES[dtype].itemsize * weights.get(op, 1))
    return max(elements // 64 * 64, 64)


_CHUNKS: Final[list[int]] = [_chunk(op, dtype) for op in range(OPERATIONS) for dtype in range(COUNT)]

# No operation of fewer elements is shared; callers with less need not ask for the grain.
UNSHARED: Final = 256


def grain(op: int, dtype: int, size: int) -> int:
    """Elements a chunk, a multiple of 64; 0 where the work is too little to be shared."""
    chunk = _CHUNKS[op * COUNT + dtype]
    return chunk if size >= _SHARED_CHUNKS * chunk else 0


# --- elementwise -----------------------------------------------------------------------------------------------------


def nest(shape: tuple[int, ...], strides: list[tuple[int, ...]]) -> Nest:
    """The nest over `shape` of operands with these strides (0 where one is broadcast), the result's first."""
    rank = len(shape)
    if rank == 2 and shape[0] != 1 and shape[1] != 1:  # the most frequent, without the lists
        inner = 0 if _should_swap(0, 1, strides) else 1
        if _mergeable(1 - inner, inner, shape[inner], strides):
            return [(shape[0] * shape[1],), *[(each[inner],) for each in strides]]
        if inner == 1:
            return [shape, *strides]
        return [(shape[1], shape[0]), *[(each[1], each[0]) for each in strides]]
    elif rank == 1 and shape[0] != 1:
        return [shape, *strides]
    axes = [axis for axis in range(rank) if shape[axis] != 1]
    if not axes:
        return [(1,), *[(0,)] * len(strides)]
    is_natural = not sort_axes(axes, strides)

    sizes: list[int] = []
    groups: list[int] = []  # the last axis of each dimension of the nest: its strides are the dimension's
    for axis in axes:
        if groups and _mergeable(groups[-1], axis, shape[axis], strides):
            groups[-1] = axis
            sizes[-1] *= shape[axis]
        else:
            groups.append(axis)
            sizes.append(shape[axis])
    if len(groups) == rank and is_natural:
        return [shape, *strides]
    return [tuple(sizes), *[tuple([each[axis] for axis in groups]) for each in strides]]


def result_layout(shape: tuple[int, ...], operands: list[tuple[int, ...]], itemsize: int) -> tuple[int, ...] | None:
    """Byte strides for a dense result whose axes lie in memory as those of most operands do; None for C order.

    What is transposed stays so, as in NumPy: to write it in C order would cost several times the arithmetic.
    """
    rank = len(shape)
    if rank < 2 or (rank == 2 and not _should_swap(0, 1, operands)):
        return None
    axes = [axis for axis in range(rank) if shape[axis] != 1]
    if not sort_axes(axes, operands):
        return None
    strides = [itemsize] * rank
    step = itemsize
    for place in range(len(axes) - 1, -1, -1):
        axis = axes[place]
        strides[axis] = step
        step *= shape[axis]
    return tuple(strides)


def spread_nest(
    shape: tuple[int, ...], small: tuple[int, ...], out_itemsize: int, full_itemsize: int, small_itemsize: int
) -> Nest | None:
    """The nest of a result, of a full operand and of a small one that is broadcast, all contiguous.

    None unless the small one broadcasts to `shape`, on the outside, on the inside or both: a row, a column, a stack of
    columns. As `nest`, only sooner.
    """
    lead = len(shape) - len(small)
    if lead < 0:
        return None
    outer = middle = inner = 1
    for axis in range(len(shape)):
        size = shape[axis]
        small_size = 1 if axis < lead else small[axis - lead]
        if small_size == 1:
            if middle == 1:
                outer *= size
            else:
                inner *= size
        elif inner == 1 and small_size == size:
            middle *= size
        else:
            return None
    if inner == 1:
        return [
            (outer, middle),
            (middle * out_itemsize, out_itemsize),
            (middle * full_itemsize, full_itemsize),
            (0, small_itemsize),
        ]
    if outer == 1:
        return [
            (middle, inner),
            (inner * out_itemsize, out_itemsize),
            (inner * full_itemsize, full_itemsize),
            (small_itemsize, 0),
        ]
    return [
        (outer, middle, inner),
        (middle * inner * out_itemsize, inner * out_itemsize, out_itemsize),
        (middle * inner * full_itemsize, inner * full_itemsize, full_itemsize),
        (0, small_itemsize, 0),
    ]


def sort_axes(axes: list[int], strides: list[tuple[int, ...]]) -> bool:
    """Puts the axis along which most operands take their shortest steps last; where they differ evenly, C order stays.

    True if it moved any. An insertion sort: nearly always there is nothing to do.
    """
    is_moved = False
    for position in range(1, len(axes)):
        place = position
        while place > 0 and _should_swap(axes[place - 1], axes[place], strides):
            axis = axes[place]
            axes[place] = axes[place - 1]
            axes[place - 1] = axis
            place -= 1
            is_moved = True
    return is_moved


def _should_swap(outer: int, inner: int, strides: list[tuple[int, ...]]) -> bool:
    votes = 0
    for each in strides:
        outer_step = each[outer]
        inner_step = each[inner]
        if outer_step != 0 and inner_step != 0:
            if outer_step < 0:
                outer_step = -outer_step
            if inner_step < 0:
                inner_step = -inner_step
            if outer_step < inner_step:
                votes += 1
            else:
                votes -= 1
    return votes > 0


def _mergeable(outer: int, inner: int, size: int, strides: list[tuple[int, ...]]) -> bool:
    for each in strides:  # noqa: SIM110 (mypyc makes a generator of all())
        if each[outer] != each[inner] * size:
            return False
    return True


# --- reductions ------------------------------------------------------------------------------------------------------


class FoldNest:
    """The loops of a reduction: kept dimensions outside, reduced ones inside, each collapsed, longest stride first."""

    kept: tuple[int, ...]
    kept_strides: tuple[int, ...]
    out_strides: tuple[int, ...]
    reduced: tuple[int, ...]
    reduced_strides: tuple[int, ...]
    shift: int  # bytes from the array's first element to the nest's: reduced strides are made positive

    def __init__(self, kept: Nest, reduced: Nest, shift: int) -> None:
        self.kept = kept[0]
        self.out_strides = kept[1]
        self.kept_strides = kept[2]
        self.reduced = reduced[0]
        self.reduced_strides = reduced[1]
        self.shift = shift


def fold_run(shape: tuple[int, ...], itemsize: int, first: int, last: int, out_itemsize: int) -> FoldNest:
    """The nest of a reduction of the axes `first` to `last` of a contiguous array. As `fold_nest`, only sooner."""
    outer = reduced = inner = 1
    for axis in range(len(shape)):
        if axis < first:
            outer *= shape[axis]
        elif axis <= last:
            reduced *= shape[axis]
        else:
            inner *= shape[axis]
    kept: Nest
    if inner == 1:
        kept = [(outer,), (out_itemsize,), (reduced * itemsize,)]
    elif outer == 1:
        kept = [(inner,), (out_itemsize,), (itemsize,)]
    else:
        kept = [(outer, inner), (inner * out_itemsize, out_itemsize), (reduced * inner * itemsize, itemsize)]
    return FoldNest(kept, [(reduced,), (inner * itemsize,)], 0)


def fold_nest(
    shape: tuple[int, ...], strides: tuple[int, ...], is_reduced: list[bool], out_strides: tuple[int, ...]
) -> FoldNest:
    """The nest of a reduction of the axes marked, into a result whose strides, by kept axis, are `out_strides`."""
    kept_shape: list[int] = []
    kept_strides: list[int] = []
    reduced_shape: list[int] = []
    reduced_strides: list[int] = []
    shift = 0
    for axis in range(len(shape)):
        size = shape[axis]
        step = strides[axis]
        if not is_reduced[axis]:
            kept_shape.append(size)
            kept_strides.append(step)
        else:
            if step < 0:
                shift += step * (size - 1)
                step = -step
            reduced_shape.append(size)
            reduced_strides.append(step)
    if len(kept_shape) == 1 and len(reduced_shape) == 1:  # the most frequent: nothing to order or merge
        kept_nest = [tuple(kept_shape), out_strides, tuple(kept_strides)]
        return FoldNest(kept_nest, [tuple(reduced_shape), tuple(reduced_strides)], shift)
    # The result's strides do not vote: reading decides the order of the loops.
    kept = _nest_by_last(tuple(kept_shape), [out_strides, tuple(kept_strides)])
    reduced = _nest_by_last(tuple(reduced_shape), [tuple(reduced_strides)])
    return FoldNest(kept, reduced, shift)


def _nest_by_last(shape: tuple[int, ...], strides: list[tuple[int, ...]]) -> Nest:
    """As nest, but the last operand alone decides the order."""
    axes = list(range(len(shape)))
    sort_axes(axes, [strides[-1]])
    ordered = [tuple([each[axis] for axis in axes]) for each in strides]
    return nest(tuple([shape[axis] for axis in axes]), ordered)
