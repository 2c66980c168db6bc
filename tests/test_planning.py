"""Loop nests visit the same elements as NumPy's views, in fewer dimensions; chunks depend on sizes alone."""

import itertools
from typing import Any

import numpy as np
from against_numpy import ndarrays
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from raptors_xp import _native
from raptors_xp._core.chunks import grain
from raptors_xp._core.dtypes import DTYPES
from raptors_xp._core.operations import OPERATIONS
from raptors_xp._core.planning import Nest, adjacent_reduction_nest, nest, reduction_nest, result_layout, spread_nest
from raptors_xp._core.promotion import COUNT
from raptors_xp._core.shape import broadcast_strides, contiguous_strides


def loops(nest: Nest) -> list[tuple[int, ...]]:
    """The sizes, then the strides of every operand that the nest has."""
    return [nest.shape, *[each for each in (nest.out, nest.first, nest.second, nest.third) if each != ()]]


def addresses(shape: tuple[int, ...], *strides: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The bytes that every step touches, an entry an operand, in no order."""
    indices = itertools.product(*[range(size) for size in shape])
    return sorted(tuple(sum(i * step for i, step in zip(index, each)) for each in strides) for index in indices)


@given(st.data(), hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, min_side=1, max_side=3))
def test_a_nest_visits_what_its_operands_have(data: st.DataObject, broadcastable: hnp.BroadcastableShapes) -> None:
    shape = broadcastable.result_shape
    strides = [contiguous_strides(shape, 8)]
    for each in broadcastable.input_shapes:
        array: Any = data.draw(ndarrays(["int32"], each))
        if array.shape != each:
            array = np.empty(each, np.int32)
        strides.append(broadcast_strides(array.shape, array.strides, shape))
    found = loops(nest(shape, *strides))
    assert len(found) == 4
    assert len({len(each) for each in found}) == 1
    assert 1 <= len(found[0]) <= max(len(shape), 1)
    assert 1 not in found[0] or found[0] == (1,)
    assert addresses(*found) == addresses(shape, *strides)


def test_contiguous_operands_make_one_dimension() -> None:
    steps = contiguous_strides((2, 3, 4), 8)
    assert loops(nest((2, 3, 4), steps, steps)) == [(24,), (8,), (8,)]
    assert loops(nest((2, 1, 4), (32, 5, 8), (32, 7, 8))) == [(8,), (8,), (8,)]


def test_rows_and_columns_stay_two() -> None:
    assert loops(nest((3, 4), (32, 8), (32, 8), (0, 8))) == [(3, 4), (32, 8), (32, 8), (0, 8)]
    assert loops(nest((3, 4), (32, 8), (32, 8), (8, 0))) == [(3, 4), (32, 8), (32, 8), (8, 0)]


def test_most_operands_decide_the_inner_dimension_and_the_result_a_tie() -> None:
    assert loops(nest((3, 4), (32, 8), (8, 24))) == [(3, 4), (32, 8), (8, 24)]
    assert loops(nest((3, 4), (32, 8), (8, 24), (8, 24))) == [(4, 3), (8, 32), (24, 8), (24, 8)]
    assert loops(nest((2, 3, 4), (8, 16, 48), (8, 16, 48))) == [(24,), (8,), (8,)]


def test_no_dimension_becomes_one() -> None:
    assert loops(nest((), (), ())) == [(1,), (0,), (0,)]
    assert loops(nest((1, 1), (8, 8), (16, 16))) == [(1,), (0,), (0,)]


@given(hnp.mutually_broadcastable_shapes(num_shapes=2, max_dims=4, min_side=1, max_side=3))
def test_spread_nest_is_the_nest_of_contiguous_operands(broadcastable: hnp.BroadcastableShapes) -> None:
    shape, small = broadcastable.input_shapes
    found = spread_nest(shape, small, 1, 8, 4)
    if shape == broadcastable.result_shape:
        operand = broadcast_strides(small, contiguous_strides(small, 4), shape)
        plainly = [contiguous_strides(shape, 1), contiguous_strides(shape, 8), operand]
        if found is not None:
            assert addresses(*loops(found)) == addresses(shape, *plainly)
            assert found.shape[-1] > 1 or np.prod(shape) == 1 or np.prod(small) > 1
        else:
            assert len(nest(shape, *plainly).shape) > 2
    else:
        assert found is None


@given(ndarrays(["int16"], hnp.array_shapes(min_dims=1, max_dims=4, max_side=3)), st.data())
def test_a_reduction_nest_reads_each_element_into_its_result(array: Any, data: st.DataObject) -> None:
    if array.size == 0:
        return
    is_reduced = data.draw(st.lists(st.booleans(), min_size=array.ndim, max_size=array.ndim))
    kept_shape = tuple(size for size, reduced in zip(array.shape, is_reduced) if not reduced)
    out_strides = contiguous_strides(kept_shape, 8)
    plan = reduction_nest(array.shape, array.strides, is_reduced, out_strides)
    assert all(step >= 0 for step in plan.reduced_strides)
    steps = [step for step in plan.reduced_strides if step > 0]
    assert steps == sorted(steps, reverse=True)

    expected = []
    for index in itertools.product(*[range(size) for size in array.shape]):
        source = sum(i * step for i, step in zip(index, array.strides))
        kept = [i for i, reduced in zip(index, is_reduced) if not reduced]
        expected.append((sum(i * step for i, step in zip(kept, out_strides)), source))
    found = []
    for kept_index in itertools.product(*[range(size) for size in plan.kept]):
        for reduced_index in itertools.product(*[range(size) for size in plan.reduced]):
            source = plan.shift + sum(i * step for i, step in zip(kept_index, plan.kept_strides))
            source += sum(i * step for i, step in zip(reduced_index, plan.reduced_strides))
            found.append((sum(i * step for i, step in zip(kept_index, plan.out_strides)), source))
    assert sorted(found) == sorted(expected)


@given(hnp.array_shapes(min_dims=1, max_dims=4, max_side=4), st.data())
def test_the_nest_of_adjacent_axes_is_the_general_one(shape: tuple[int, ...], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(shape) - 1))
    last = data.draw(st.integers(first, len(shape) - 1))
    is_reduced = [first <= axis <= last for axis in range(len(shape))]
    kept = tuple(size for size, reduced in zip(shape, is_reduced) if not reduced)
    general = reduction_nest(shape, contiguous_strides(shape, 2), is_reduced, contiguous_strides(kept, 8))
    quick = adjacent_reduction_nest(shape, 2, first, last, 8)
    for a, b in [
        (
            [general.kept, general.out_strides, general.kept_strides],
            [quick.kept, quick.out_strides, quick.kept_strides],
        ),
        ([general.reduced, general.reduced_strides], [quick.reduced, quick.reduced_strides]),
    ]:
        assert addresses(*a) == addresses(*b)
    assert general.shift == quick.shift == 0


def test_grain() -> None:
    for op in range(OPERATIONS):
        for dtype in DTYPES:
            assert grain(op * COUNT + dtype.code, 64) == 0
            large = grain(op * COUNT + dtype.code, 10**9)
            assert large > 0
            assert large % 64 == 0
            assert grain(op * COUNT + dtype.code, 2 * large) == large
            assert grain(op * COUNT + dtype.code, 2 * large - 1) == 0
    assert grain(_native.POWER * COUNT + 10, 10**6) < grain(_native.ADD * COUNT + 10, 10**6)
    assert grain(_native.ADD * COUNT + 10, 10**6) < grain(_native.ADD * COUNT + 9, 10**6)


def test_results_lie_in_memory_as_most_operands_do() -> None:
    c_order, transposed = (32, 8), (8, 24)
    assert result_layout((3, 4), [c_order, c_order], 4) is None
    assert result_layout((3, 4), [c_order, transposed], 4) is None
    assert result_layout((3, 4), [transposed, transposed], 4) == (4, 12)
    assert result_layout((3, 4), [transposed, (0, 8)], 4) == (4, 12)
    assert result_layout((2, 1, 3), [(8, 0, 16)], 8) == (8, 8, 16)
    assert result_layout((2, 3, 4), [(8, 64, 16)], 8) == (8, 64, 16)
    assert result_layout((), [(), ()], 8) is None
