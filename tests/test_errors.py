"""Bad input everywhere: one of four errors that names the function, and arrays stay as they were."""

import contextlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

BAD_ARRAYS: list[Any] = [None, "text", [1, 2], 1.5, np.ones(2), object, {1: 2}]
ONE_ARRAY = [
    "abs bitwise_invert expand_dims flip logical_not negative positive reciprocal square squeeze stack take tile tril",
    "triu unstack roll repeat reshape permute_dims moveaxis concat all any max mean min prod sum matrix_transpose",
    "empty_like zeros_like ones_like full_like astype broadcast_to broadcast_arrays meshgrid",
]
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "expand_dims": (0,),
    "squeeze": (0,),
    "take": (xp.asarray([0]),),
    "tile": ((1,),),
    "roll": (1,),
    "repeat": (2,),
    "reshape": ((1,),),
    "permute_dims": ((0,),),
    "moveaxis": (0, 0),
    "full_like": (1,),
    "astype": (xp.int8,),
    "broadcast_to": ((3,),),
}


@pytest.mark.parametrize("name", " ".join(ONE_ARRAY).split())
@pytest.mark.parametrize("value", BAD_ARRAYS)
def test_functions_of_arrays_take_nothing_else(name: str, value: Any) -> None:
    with pytest.raises(TypeError) as caught:
        getattr(xp, name)(value, *ARGUMENTS.get(name, ()))
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["add", "divide", "equal", "greater", "logical_and", "matmul", "maximum", "pow"])
def test_functions_of_two_operands(name: str) -> None:
    function = getattr(xp, name)
    x = xp.ones(3)
    for bad in (None, "a", [1, 2, 3], {}):
        for arguments in ((x, bad), (bad, x), (bad, bad)):
            with pytest.raises(TypeError, match=name):
                function(*arguments)
    with pytest.raises(ValueError, match=name):
        function(x, xp.ones(4))


@given(
    st.sampled_from(["zeros", "ones", "empty"]),
    st.recursive(
        st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=3) | st.none(),
        lambda inner: st.lists(inner, max_size=3).map(tuple),
        max_leaves=4,
    ),
)
def test_shapes_of_any_kind(name: str, shape: Any) -> None:
    sizes = shape if isinstance(shape, tuple) else (shape,)
    if all(isinstance(size, int) and 0 <= size < 100 for size in sizes):
        assert getattr(xp, name)(shape).shape == sizes
        return
    total = 1
    for size in sizes:
        total *= size if isinstance(size, int) else 1
    if all(isinstance(size, int) for size in sizes) and 0 <= total * 8 < 2**50 and all(size >= 0 for size in sizes):
        return  # large, or empty, and possible somewhere
    with pytest.raises((TypeError, ValueError, MemoryError), match=name):
        getattr(xp, name)(shape)


REDUCERS_AND_MOVERS = ["sum", "flip", "squeeze", "expand_dims", "unstack", "stack", "any", "repeat", "roll"]
bounds = st.integers(-5, 5) | st.none()
everything = st.recursive(
    st.one_of(
        st.integers(-(2**70), 2**70),
        st.floats(),
        st.booleans(),
        st.complex_numbers(),
        st.text(max_size=2),
        st.none(),
        st.just(...),
        st.builds(slice, bounds, bounds, st.integers(-2, 2) | st.none()),
        st.sampled_from([xp.asarray([0, 1]), xp.asarray([True, False, True]), xp.ones(2)]),
        st.sampled_from([np.zeros(2), np.int8(1), xp.int8]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.lists(inner, max_size=3).map(tuple),
    max_leaves=5,
)


@given(everything)
def test_any_key_selects_or_raises(key: Any) -> None:
    x = xp.reshape(xp.arange(12), (3, 4))
    try:
        result = x[key]
    except (IndexError, TypeError, ValueError, OverflowError):
        pass
    else:
        assert isinstance(result, xp.Array)
    before = x.tolist()
    try:
        x[key] = 7
    except (IndexError, TypeError, ValueError, OverflowError):
        assert x.tolist() == before


@given(everything)
def test_asarray_of_anything(value: Any) -> None:
    try:
        result = xp.asarray(value)
    except (TypeError, ValueError, OverflowError) as error:
        assert "asarray" in str(error)  # noqa: PT017
    else:
        assert isinstance(result, xp.Array)


@given(st.sampled_from(REDUCERS_AND_MOVERS), everything)
def test_any_axis_is_taken_or_refused(name: str, axis: Any) -> None:
    x = xp.ones((3, 1, 2))
    calls: dict[str, Any] = {
        "sum": lambda: xp.sum(x, axis=axis),
        "any": lambda: xp.any(x, axis=axis),
        "flip": lambda: xp.flip(x, axis=axis),
        "squeeze": lambda: xp.squeeze(x, axis),
        "expand_dims": lambda: xp.expand_dims(x, axis),
        "unstack": lambda: xp.unstack(x, axis=axis),
        "stack": lambda: xp.stack([x, x], axis=axis),
        "repeat": lambda: xp.repeat(x, 2, axis=axis),
        "roll": lambda: xp.roll(x, 1, axis=axis),
    }
    with contextlib.suppress(TypeError, ValueError, IndexError, MemoryError):
        calls[name]()
    assert bool(xp.all(x == 1))


@given(everything, everything, everything)
def test_ranges_of_anything(start: Any, stop: Any, step: Any) -> None:
    for value in (start, stop, step):
        if isinstance(value, (int, float)) and abs(value) > 100:
            return
    try:
        x = xp.arange(start, stop, step)
        y = xp.linspace(start, stop, 3)
    except (TypeError, ValueError, OverflowError, MemoryError):
        return
    assert x.ndim == y.ndim == 1


def test_failed_allocations_leave_everything_usable() -> None:
    x = xp.ones(3)
    for call in (
        lambda: xp.zeros(2**59),
        lambda: xp.broadcast_to(x, (2**58, 3)) + 1,
        lambda: xp.tile(x, (2**58,)),
        lambda: xp.concat([xp.broadcast_to(x, (2**57, 3))] * 2),
        lambda: xp.asarray(xp.broadcast_to(x, (2**57, 3)), copy=True),
        lambda: xp.roll(xp.broadcast_to(x, (2**57, 3)), 1, axis=0),
        lambda: xp.meshgrid(*[xp.broadcast_to(x[0], (2**20,))] * 3),
    ):
        with pytest.raises((MemoryError, ValueError)):
            call()
    assert float(xp.sum(x)) == 3
