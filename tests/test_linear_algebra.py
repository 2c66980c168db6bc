"""matmul, matrix_transpose, tensordot and vecdot against NumPy: every dtype, shape and layout; what they refuse."""

import inspect
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, same
from hypothesis import given
from hypothesis import strategies as st
from rounding import epsilon, product_bound, wide, within

import raptors_xp as xp
from raptors_xp import _native
from raptors_xp._core import numpy as numpy_bridge
from raptors_xp._engine import products

SHAPES = [
    ((3,), (3,)),
    ((300,), (300,)),
    ((3,), (3, 4)),
    ((2, 3), (3,)),
    ((40, 30), (30,)),
    ((30,), (30, 300)),
    ((2, 3), (3, 4)),
    ((5, 1, 2, 3), (6, 3, 4)),
    ((3,), (6, 3, 4)),
    ((6, 2, 3), (3,)),
    ((6, 2, 3), (3, 4)),
    ((2, 0), (0, 4)),
    ((0, 3), (3, 4)),
    ((0, 2, 3), (3, 4)),
    ((1, 1), (1, 1)),
    ((40, 30), (30, 50)),
    ((1, 200), (200, 600)),
    ((300, 150), (150, 70)),
    ((1500,), (1500, 401)),
]


def draw_operand(data: st.DataObject, shape: tuple[int, ...], name: str) -> np.ndarray:
    """Small whole numbers, whose sums of products are exact in any order, in any layout."""
    generator = np.random.default_rng(data.draw(st.integers(0, 99)))
    a = generator.integers(0, 5, shape)
    a = (a + 1j * generator.integers(-4, 5, shape)).astype(name) if name.startswith("complex") else a.astype(name)
    layout = data.draw(st.integers(0, 6))
    if layout == 1:
        a = np.asfortranarray(a)
    elif layout == 2:
        a = np.repeat(a, 2, axis=-1)[..., ::2]
    elif layout == 3:
        a = a[::-1].copy()[::-1]
    elif layout == 4 and a.ndim > 1:
        a = np.broadcast_to(a[..., :1, :], a.shape)
    elif layout == 5:
        a.flags.writeable = False
    elif layout == 6 and a.ndim > 1:
        a = np.swapaxes(np.ascontiguousarray(np.swapaxes(a, -1, -2)), -1, -2)
    return a


@pytest.mark.parametrize("shapes", SHAPES)
@given(data=st.data())
def test_matmul(shapes: tuple[tuple[int, ...], tuple[int, ...]], data: st.DataObject) -> None:
    a, b = (draw_operand(data, shape, data.draw(st.sampled_from(NAMES))) for shape in shapes)
    same(xp.matmul(xp.asarray(a), xp.asarray(b)), np.matmul(a, b))
    same(xp.asarray(a) @ xp.asarray(b), np.matmul(a, b))


@given(data=st.data(), name=st.sampled_from(NAMES[1:]))
def test_matmul_of_any_size(data: st.DataObject, name: str) -> None:
    sizes = st.one_of(st.integers(1, 20), st.integers(1, 140))
    rows, inner, columns = data.draw(sizes), data.draw(sizes), data.draw(sizes)
    a, b = draw_operand(data, (rows, inner), name), draw_operand(data, (inner, columns), name)
    same(xp.matmul(xp.asarray(a), xp.asarray(b)), np.matmul(a, b))


DTYPES = ["float32", "float64", "complex64", "complex128"]


@pytest.fixture(params=[True, False], ids=["with BLAS", "without"])
def blas(request: pytest.FixtureRequest) -> Iterator[None]:
    """Products with NumPy's BLAS, and as where NumPy has none."""
    before = [*numpy_bridge._blas_found]
    if not request.param:
        numpy_bridge._blas_found[:] = [False]
    yield
    numpy_bridge._blas_found[:] = before


def normal(shape: tuple[int, ...], dtype: str, seed: int = 4) -> np.ndarray:
    generator = np.random.default_rng(seed)
    a = generator.normal(size=shape)
    return (a + 1j * generator.normal(size=shape)).astype(dtype) if dtype.startswith("complex") else a.astype(dtype)


def check_rows(ours: xp.Array, left: np.ndarray, right: np.ndarray, dtype: str) -> None:
    """Compares some rows of a product with long doubles."""
    picked = np.random.default_rng(4).integers(0, left.shape[-2], 12)
    rows = left[..., picked, :]
    within(ours[..., xp.asarray(picked), :], wide(rows) @ wide(right), product_bound(rows, right, dtype), dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.usefixtures("blas")
def test_large_products(dtype: str) -> None:
    a, b = normal((301, 301), dtype), normal((301, 301), dtype, seed=5)
    for left, right in ((a, b), (a.T, b), (a, b.T), (a.T, b.T), (a[:, ::-1], b[::2].repeat(2, axis=0)[:301])):
        check_rows(xp.matmul(xp.asarray(left), xp.asarray(right)), left, right, dtype)


# Rows, inner and columns: cut into rows, into columns, along the sums, with sizes that no piece divides.
@pytest.mark.parametrize("sizes", [(1003, 300, 301), (1, 3001, 401), (61, 200, 1009), (41, 3001, 37), (1003, 17, 701)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_pieces_make_up_the_product(sizes: tuple[int, int, int], dtype: str) -> None:
    rows, inner, columns = sizes
    a, b = normal((rows, inner), dtype), normal((inner, columns), dtype, seed=5)
    check_rows(xp.matmul(xp.asarray(a), xp.asarray(b)), a, b, dtype)
    turned = np.asfortranarray(a), np.asfortranarray(b)
    check_rows(xp.matmul(*[xp.asarray(each) for each in turned]), a, b, dtype)


@pytest.mark.parametrize("shape", [(300, 40), (40, 300), (1003, 35), (37, 2001), (5, 90, 80)])
@pytest.mark.parametrize("dtype", DTYPES)
def test_product_with_its_own_transpose(shape: tuple[int, ...], dtype: str) -> None:
    """Half of it is computed: it is symmetric to the bit."""
    a = normal(shape, dtype)
    x = xp.asarray(a)
    for x1, x2, left in ((x, x.mT, a), (x.mT, x, np.swapaxes(a, -1, -2))):
        made = xp.matmul(x1, x2)
        check_rows(made, left, np.swapaxes(left, -1, -2), dtype)
        found = np.asarray(made)
        np.testing.assert_array_equal(found, np.swapaxes(found, -1, -2))


def test_what_is_not_its_own_transpose() -> None:
    """The same memory, but not the same elements."""
    a = normal((200, 400), "float64")
    x = xp.asarray(a)
    for left, right in (
        (a[:, :200], a[:, 200:].T),
        (a[:100], a[100:].T),
        (a[:, :200], a[:, :200]),
        (a[:100, :200], a[:200:2, :200].T),
        (a[:, :100], a.reshape(400, 200)[:, :100].T),
    ):
        check_rows(xp.asarray(left, copy=False) @ xp.asarray(right, copy=False), left, right, "float64")
    stack = normal((3, 90, 90), "float64")
    both = np.broadcast_to(stack[:1], stack.shape)
    check_rows(xp.asarray(both) @ xp.asarray(stack).mT, both, np.swapaxes(stack, 1, 2), "float64")
    check_rows(x[::-1] @ x.T, a[::-1], a.T, "float64")


@pytest.mark.usefixtures("blas")
def test_numbers_that_are_not_finite() -> None:
    a = np.eye(300)
    a[7, 9], a[20, 30] = np.nan, np.inf
    with np.errstate(all="ignore"):
        expected = a @ a.T
    np.testing.assert_array_equal(np.isnan(np.asarray(xp.asarray(a) @ xp.asarray(a).T)), np.isnan(expected))
    np.testing.assert_array_equal(np.isnan(np.asarray(xp.asarray(a) @ xp.asarray(a.T.copy()))), np.isnan(expected))


def test_booleans() -> None:
    a = np.random.default_rng(5).random((400, 300)) < 0.02
    x = xp.asarray(a)
    for made, expected in ((x @ x.T, a @ a.T), (x.T @ x, a.T @ a)):
        assert made.dtype == np.dtype(bool)
        np.testing.assert_array_equal(np.asarray(made), expected)


def test_blas_takes_what_it_can_as_it_is() -> None:
    """Transposed, in stacks, in steps from row to row; only of other steps there is a copy."""
    x, broad = xp.zeros((140, 110), dtype=xp.float32), xp.zeros((140, 220), dtype=xp.float32)
    for each in (x, x.T, broad[:, :110], broad[:, 110:], broad[::2, :110], xp.zeros((2, 50, 60)).mT):
        assert products._for_blas(each) is each
    repeated = xp.broadcast_to(x[0, :], (140, 110))
    for each in (broad[:, ::2], x[::-1], x[:, ::-1], repeated, xp.zeros((20, 20, 2))[..., 0]):
        assert products._for_blas(each) is not each


def test_what_is_no_blas() -> None:
    assert not _native.find_blas("/no such library") or numpy_bridge.has_blas()
    for wrong in (b"libm.so.6", "libm.so.6\0", 3, None):
        with pytest.raises((TypeError, ValueError)):
            _native.find_blas(wrong)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((5, 300, 200), (5, 200, 400)),
        ((5, 300, 200), (200, 400)),
        ((300, 200), (5, 200, 400)),
        ((2, 1, 90, 300), (4, 300, 900)),
        ((20, 80, 70), (20, 70, 90)),
    ],
)
@pytest.mark.usefixtures("blas")
def test_stacks(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    rng = np.random.default_rng(4)
    a, b = rng.integers(-9, 9, first).astype(np.float64), rng.integers(-9, 9, second).astype(np.float64)
    x, y = xp.asarray(a), xp.asarray(b)
    np.testing.assert_array_equal(np.asarray(x @ y), a @ b)
    np.testing.assert_array_equal(np.asarray(x[..., ::-1] @ y[..., ::-1, ::-1]), a[..., ::-1] @ b[..., ::-1, ::-1])


@pytest.mark.parametrize(
    ("left", "right", "message"),
    [
        ((), (3,), "^matmul: x1 has shape .*; use multiply"),
        ((3,), (), "^matmul: x2 has shape .*; use multiply"),
        ((2, 3), (2, 3), r"^matmul: shapes \(2, 3\) and \(2, 3\) do not fit: the last axis of x1 has size 3"),
        ((3,), (4,), r"^matmul: shapes \(3,\) and \(4,\) do not fit: .* the only axis of x2 has 4"),
        ((2, 1, 3), (3, 3, 1), r"^matmul: operands could not be broadcast together with shapes \(2,\) \(3,\)"),
    ],
)
def test_shapes_that_do_not_fit(left: tuple[int, ...], right: tuple[int, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        xp.matmul(xp.ones(left), xp.ones(right))


@pytest.mark.parametrize("wrong", [2, [[1.0]], None])
@pytest.mark.parametrize("name", ["matmul", "tensordot", "vecdot"])
def test_what_is_no_array(wrong: Any, name: str) -> None:
    x = xp.ones((2, 2))
    function = getattr(xp, name)
    with pytest.raises(TypeError, match=rf"^{name}: (x2|rtol|indices)=.* not an array; .* asarray"):
        function(x, wrong)
    with pytest.raises(TypeError, match=rf"^{name}: x1?=.* not an array; .* asarray"):
        function(wrong, x)


def test_matrix_transpose_is_a_view() -> None:
    a = np.arange(24).reshape(2, 3, 4)
    x = xp.asarray(a.copy())
    turned = xp.matrix_transpose(x)
    same(turned, np.swapaxes(a, 1, 2))
    turned[0, 1, 2] = -1
    assert int(x[0, 2, 1]) == -1
    with pytest.raises(ValueError, match=r"^matrix_transpose: x of shape \(3,\) is not a matrix"):
        xp.matrix_transpose(xp.ones(3))
    with pytest.raises(TypeError, match=r"^matrix_transpose: x1?=3"):
        xp.matrix_transpose(3)  # type: ignore[arg-type]


def test_signatures() -> None:
    for module in (xp, xp.linalg):
        assert list(inspect.signature(module.matmul).parameters) == ["x1", "x2"]
        for name in ("matmul", "tensordot", "vecdot"):
            parameters = inspect.signature(getattr(module, name)).parameters
            assert [parameters[each].kind for each in ("x1", "x2")] == [inspect.Parameter.POSITIONAL_ONLY] * 2
        assert inspect.signature(module.tensordot).parameters["axes"].kind is inspect.Parameter.KEYWORD_ONLY
        assert inspect.signature(module.vecdot).parameters["axis"].default == -1
        with pytest.raises(TypeError):
            module.vecdot(xp.ones(3), xp.ones(3), axes=1)


# --- tensordot -------------------------------------------------------------------------------------------------------


@given(data=st.data())
def test_tensordot(data: st.DataObject) -> None:
    rank, other_rank = data.draw(st.integers(0, 4)), data.draw(st.integers(0, 4))
    shape = tuple(data.draw(st.lists(st.integers(0, 4), min_size=rank, max_size=rank)))
    pairs = data.draw(st.integers(0, min(rank, other_rank)))
    left = data.draw(st.permutations(range(rank)))[:pairs]
    right = data.draw(st.permutations(range(other_rank)))[:pairs]
    other = data.draw(st.lists(st.integers(0, 4), min_size=other_rank, max_size=other_rank))
    for own, partner in zip(left, right):
        other[partner] = shape[own]
    a = draw_operand(data, shape or (1,), data.draw(st.sampled_from(NAMES))).reshape(shape)
    b = draw_operand(data, tuple(other) or (1,), data.draw(st.sampled_from(NAMES))).reshape(tuple(other))
    signed = [each - rank if data.draw(st.booleans()) else each for each in left]
    expected = np.tensordot(a, b, axes=(left, right))
    same(xp.tensordot(xp.asarray(a), xp.asarray(b), axes=(signed, right)), expected)


@given(data=st.data(), axes=st.integers(0, 3))
def test_tensordot_of_a_number_of_axes(data: st.DataObject, axes: int) -> None:
    a = draw_operand(data, (2, 3, 4), data.draw(st.sampled_from(NAMES)))
    b = draw_operand(data, ((*(2, 3, 4)[3 - axes :], 5, 2))[: max(axes, 2)], data.draw(st.sampled_from(NAMES)))
    same(xp.tensordot(xp.asarray(a), xp.asarray(b), axes=axes), np.tensordot(a, b, axes=axes))


@pytest.mark.parametrize(
    ("axes", "error", "message"),
    [
        (3, ValueError, "axes=3 cannot be summed over, since x1 has 2 axes and x2 2; use 0 to 2"),
        (-1, ValueError, "axes=-1 cannot be summed over"),
        (1.5, TypeError, "axes=1.5 of type float is neither an integer nor a pair"),
        (((0,),), TypeError, "is neither an integer nor a pair"),
        (((0, 0), (0, 1)), ValueError, "is repeated in axes"),
        (((0, 1), (0,)), ValueError, "names 2 axes of x1 and 1 of x2"),
        (((5,), (0,)), IndexError, "axes=5: axis 5 is out of bounds"),
        (((0,), (0,)), ValueError, "do not fit: axis 0 of x1 has size 2, and axis 0 of x2 3"),
    ],
)
def test_tensordot_refuses(axes: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=f"^tensordot: .*{message}"):
        xp.tensordot(xp.ones((2, 3)), xp.ones((3, 2)), axes=axes)


# --- vecdot ----------------------------------------------------------------------------------------------------------


def expected_dot(a: np.ndarray, b: np.ndarray, axis: int) -> np.ndarray:
    a, b = np.moveaxis(a, axis, -1), np.moveaxis(b, axis, -1)
    a = np.conj(a) if a.dtype.kind == "c" else a
    return np.matmul(a[..., None, :], b[..., :, None])[..., 0, 0]


@pytest.mark.parametrize(
    ("left", "right", "axis"),
    [
        ((3,), (3,), -1),
        ((1000,), (1000,), -1),
        ((0,), (0,), -1),
        ((4, 3), (3,), -1),
        ((3, 5), (3, 1), -2),
        ((3, 50), (3, 50), -2),
        ((70, 9), (70, 9), 0),
        ((2, 1, 6), (5, 6), -1),
        ((2, 3, 4), (2, 3, 4), -2),
        ((0, 3), (0, 3), -1),
        ((2, 200, 30), (200, 1), -2),
    ],
)
@given(data=st.data())
def test_vecdot(left: tuple[int, ...], right: tuple[int, ...], axis: int, data: st.DataObject) -> None:
    a = draw_operand(data, left, data.draw(st.sampled_from(NAMES)))
    b = draw_operand(data, right, data.draw(st.sampled_from(NAMES)))
    same(xp.vecdot(xp.asarray(a), xp.asarray(b), axis=axis), expected_dot(a, b, axis))


@pytest.mark.parametrize("name", ["int32", "float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("shape", [(200_003,), (3, 100_001), (100_001, 3)])
def test_long_vectors(name: str, shape: tuple[int, ...]) -> None:
    generator = np.random.default_rng(6)
    a, b = generator.normal(size=(2, *shape)).astype(name)
    if name.startswith("complex"):
        a = a + (1j * generator.normal(size=shape)).astype(name)
    axis = int(np.argmax(shape)) - len(shape)
    exact = np.sum(np.conj(wide(a)) * wide(b), axis=axis)
    ours = xp.vecdot(xp.asarray(a), xp.asarray(b), axis=axis)
    if name == "int32":
        same(ours, exact.astype(name))
    else:  # 300: of elements that are added one after another, and the depth of the tree that joins them
        within(ours, exact, 300 * epsilon(name) * np.sum(np.abs(wide(a)) * np.abs(wide(b)), axis=axis), name)


def test_vecdot_has_the_same_bits_on_any_number_of_threads() -> None:
    from raptors_xp import _native

    x = xp.asarray(np.random.default_rng(7).normal(size=500_000))
    before = _native.threads()
    found = set()
    for count in (1, 2, 5):
        _native.set_threads(count)
        found.add(float(xp.vecdot(x, x)))
    _native.set_threads(before)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("left", "right", "axis", "error", "message"),
    [
        ((3,), (4,), -1, ValueError, "vectors of 3 and of 4 elements have no dot product"),
        ((3,), (1,), -1, ValueError, "vectors of 3 and of 1 elements"),
        ((), (3,), -1, ValueError, "x1 has shape .* and holds no vectors"),
        ((2, 3), (3,), -2, IndexError, "axis=-2: axis -2 is out of bounds"),
        ((2, 3), (3,), 0, ValueError, "axis=0 is not the same axis"),
        ((2, 3), (2, 3), 2, IndexError, "axis=2: axis 2 is out of bounds"),
        ((2, 3), (4, 3), -1, ValueError, r"operands could not be broadcast together with shapes \(2,\) \(4,\)"),
        ((3,), (3,), 1.0, TypeError, r"axis=1.0 of type float is not an integer"),
    ],
)
def test_vecdot_refuses(
    left: tuple[int, ...], right: tuple[int, ...], axis: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=f"^vecdot: .*{message}"):
        xp.vecdot(xp.ones(left), xp.ones(right), axis=axis)
