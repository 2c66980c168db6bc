"""Loop nests: the order in which an operation walks through memory. Arithmetic on shapes and strides; runs no kernel.

A nest has at least one dimension; the last one is the innermost. It is collapsed: dimensions of size 1 are dropped, and
adjacent dimensions that every operand can walk as one are merged.
"""

Strides = tuple[int, ...]


class Nest:
    """The loops of an elementwise operation: their sizes, and the byte strides of the result and of the operands.

    A stride of 0 repeats an element. The strides of an operand that the operation does not have are ().
    """

    shape: tuple[int, ...]
    out: Strides
    first: Strides
    second: Strides
    third: Strides

    def __init__(
        self, shape: tuple[int, ...], out: Strides, first: Strides, second: Strides = (), third: Strides = ()
    ) -> None:
        self.shape = shape
        self.out = out
        self.first = first
        self.second = second
        self.third = third


# --- elementwise -----------------------------------------------------------------------------------------------------


def nest(
    shape: tuple[int, ...], out: Strides, first: Strides, second: Strides | None = None, third: Strides | None = None
) -> Nest:
    """The nest over `shape` for a result and operands with these strides, each of which has an entry for every axis."""
    strides = [out, first]
    if second is not None:
        strides.append(second)
        if third is not None:
            strides.append(third)
    sizes, merged = _collapse(shape, strides)
    if len(merged) == 2:
        return Nest(sizes, merged[0], merged[1])
    if len(merged) == 3:
        return Nest(sizes, merged[0], merged[1], merged[2])
    return Nest(sizes, merged[0], merged[1], merged[2], merged[3])


def _collapse(shape: tuple[int, ...], strides: list[Strides]) -> tuple[tuple[int, ...], list[Strides]]:
    """The sizes of the collapsed dimensions, and the strides of every operand along them."""
    rank = len(shape)
    if rank == 2 and shape[0] != 1 and shape[1] != 1:  # the most frequent case: the lists below are not needed
        inner = 0 if _should_swap(0, 1, strides) else 1
        if _mergeable(1 - inner, inner, shape[inner], strides):
            return (shape[0] * shape[1],), [(each[inner],) for each in strides]
        if inner == 1:
            return shape, strides
        return (shape[1], shape[0]), [(each[1], each[0]) for each in strides]
    if rank == 1 and shape[0] != 1:
        return shape, strides
    axes = [axis for axis in range(rank) if shape[axis] != 1]
    if not axes:
        return (1,), [(0,) for _ in strides]
    is_moved = sort_axes(axes, strides)

    sizes: list[int] = []
    groups: list[int] = []  # for each dimension of the nest its last axis, whose strides are the dimension's
    for axis in axes:
        if groups and _mergeable(groups[-1], axis, shape[axis], strides):
            groups[-1] = axis
            sizes[-1] *= shape[axis]
        else:
            groups.append(axis)
            sizes.append(shape[axis])
    if len(groups) == rank and not is_moved:
        return shape, strides
    return tuple(sizes), [tuple([each[axis] for axis in groups]) for each in strides]


def result_layout(shape: tuple[int, ...], operands: list[Strides], itemsize: int) -> tuple[int, ...] | None:
    """Byte strides for a dense result whose axes have the same order in memory as in most operands; None for C order.

    The result of transposed operands stays transposed, as in NumPy: writing it in C order would take several times as
    long as the arithmetic.
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
    """The nest for a result, an operand of the full `shape`, and an operand of shape `small`, all contiguous.

    None unless the sizes that the small operand shares with `shape` are adjacent, so that it is repeated along outer
    dimensions, along inner ones or along both: a row, a column, a stack of columns. A faster `nest` for this case.
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
    if middle == 1:  # one element for all
        return Nest((outer,), (out_itemsize,), (full_itemsize,), (0,))
    if inner == 1:
        return Nest(
            (outer, middle),
            (middle * out_itemsize, out_itemsize),
            (middle * full_itemsize, full_itemsize),
            (0, small_itemsize),
        )
    if outer == 1:
        return Nest(
            (middle, inner),
            (inner * out_itemsize, out_itemsize),
            (inner * full_itemsize, full_itemsize),
            (small_itemsize, 0),
        )
    return Nest(
        (outer, middle, inner),
        (middle * inner * out_itemsize, inner * out_itemsize, out_itemsize),
        (middle * inner * full_itemsize, inner * full_itemsize, full_itemsize),
        (0, small_itemsize, 0),
    )


def sort_axes(axes: list[int], strides: list[Strides]) -> bool:
    """Sorts axes by falling strides. Where operands differ, the majority decides; in a tie, axes keep their order.

    True if any axis was moved. It is an insertion sort because the axes are nearly always sorted already.
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


def _should_swap(outer: int, inner: int, strides: list[Strides]) -> bool:
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


def _mergeable(outer: int, inner: int, size: int, strides: list[Strides]) -> bool:
    for each in strides:  # noqa: SIM110 (mypyc makes a generator of all())
        if each[outer] != each[inner] * size:
            return False
    return True


# --- reductions ------------------------------------------------------------------------------------------------------


class ReductionNest:
    """The loops of a reduction: kept dimensions outside, reduced ones inside; both collapsed, largest stride first."""

    kept: tuple[int, ...]
    kept_strides: Strides
    out_strides: Strides
    reduced: tuple[int, ...]
    reduced_strides: Strides
    shift: int  # bytes from the array's first element to the nest's, since negative reduced strides are reversed

    def __init__(
        self,
        kept: tuple[int, ...],
        kept_strides: Strides,
        out_strides: Strides,
        reduced: tuple[int, ...],
        reduced_strides: Strides,
        shift: int,
    ) -> None:
        self.kept = kept
        self.kept_strides = kept_strides
        self.out_strides = out_strides
        self.reduced = reduced
        self.reduced_strides = reduced_strides
        self.shift = shift


def adjacent_reduction_nest(
    shape: tuple[int, ...], itemsize: int, first: int, last: int, out_itemsize: int
) -> ReductionNest:
    """The nest for reducing the axes `first` to `last` of a contiguous array: a faster reduction_nest for this case."""
    outer = reduced = inner = 1
    for axis in range(len(shape)):
        if axis < first:
            outer *= shape[axis]
        elif axis <= last:
            reduced *= shape[axis]
        else:
            inner *= shape[axis]
    step = inner * itemsize
    if inner == 1:
        return ReductionNest((outer,), (reduced * itemsize,), (out_itemsize,), (reduced,), (step,), 0)
    if outer == 1:
        return ReductionNest((inner,), (itemsize,), (out_itemsize,), (reduced,), (step,), 0)
    kept_strides = (reduced * inner * itemsize, itemsize)
    return ReductionNest((outer, inner), kept_strides, (inner * out_itemsize, out_itemsize), (reduced,), (step,), 0)


def reduction_nest(
    shape: tuple[int, ...], strides: Strides, is_reduced: list[bool], out_strides: Strides
) -> ReductionNest:
    """The nest for reducing the marked axes into a result whose strides along the kept axes are `out_strides`."""
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
    kept = tuple(kept_shape)
    steps = tuple(kept_strides)
    reduced = tuple(reduced_shape)
    reduced_steps = tuple(reduced_strides)
    if len(kept) != 1 or len(reduced) != 1:  # otherwise there is nothing to sort or merge
        # The result's strides do not count: what is read is larger and decides the order of the loops.
        kept, merged = _collapse_by_last(kept, [out_strides, steps])
        out_strides, steps = merged[0], merged[1]
        reduced, merged = _collapse_by_last(reduced, [reduced_steps])
        reduced_steps = merged[0]
    return ReductionNest(kept, steps, out_strides, reduced, reduced_steps, shift)


def _collapse_by_last(shape: tuple[int, ...], strides: list[Strides]) -> tuple[tuple[int, ...], list[Strides]]:
    """Like _collapse, but only the strides of the last operand decide the order."""
    axes = list(range(len(shape)))
    sort_axes(axes, [strides[-1]])
    ordered = [tuple([each[axis] for axis in axes]) for each in strides]
    return _collapse(tuple([shape[axis] for axis in axes]), ordered)
