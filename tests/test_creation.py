"""The creation functions: NumPy's values, the standard's dtypes, and copies only where they must be."""

import array
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, ndarrays, same
from hypothesis import given
from hypothesis import strategies as st

import raptors_xp as xp

scalars = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.complex_numbers(),
)


@st.composite
def nested(draw: st.DrawFn) -> Any:
    """Lists and tuples of scalars, equally long on every level."""
    shape = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    element = draw(st.sampled_from([st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(), scalars]))

    def level(sizes: list[int]) -> Any:
        if not sizes:
            return draw(element)
        items = [level(sizes[1:]) for _ in range(sizes[0])]
        return tuple(items) if draw(st.booleans()) else items

    return level(shape)


# --- asarray -------------------------------------------------------------------------------------------------------


@given(st.one_of(scalars, nested()))
def test_asarray_of_python_objects(value: Any) -> None:
    same(xp.asarray(value), np.asarray(value))


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (True, "bool"),
        (1, "int64"),
        (2**63, "uint64"),
        ([2**64 - 1, True], "uint64"),
        (1.0, "float64"),
        (1j, "complex128"),
        ([], "float64"),
        ([[], []], "float64"),
        ([True, False], "bool"),
        ([True, 2], "int64"),
        ([1, 2.5], "float64"),
        ([1, 2.5, 1j], "complex128"),
        (range(3), "int64"),
        ([np.float32(1), np.float32(2)], "float32"),
        ([np.int8(1), 2], "int64"),
        ([np.float32(1), 2.0], "float64"),
    ],
)
def test_asarray_finds_the_dtype(value: Any, name: str) -> None:
    x = xp.asarray(value)
    assert x.dtype.name == name
    same(x, np.asarray(value, dtype=name))


def test_asarray_of_nested_arrays() -> None:
    row = xp.asarray([1, 2, 3], dtype=xp.int16)
    assert xp.asarray([row, row]).dtype == xp.int16
    assert xp.asarray([row, (4, 5, 6)]).tolist() == [[1, 2, 3], [4, 5, 6]]
    assert xp.asarray([row, [4, 5, 6]]).dtype == xp.int64
    assert xp.asarray([row[0], row[1]]).dtype == xp.int16
    assert xp.asarray([np.asarray([1.5, 2]), row[:2]]).tolist() == [[1.5, 2], [1, 2]]
    assert xp.asarray([xp.asarray(1.0), 2]).tolist() == [1, 2]
    assert xp.asarray([[xp.asarray(1.0)], [True]], dtype=xp.float32).dtype == xp.float32


@pytest.mark.parametrize("name", NAMES)
def test_asarray_with_a_dtype(name: str) -> None:
    for value in ([0, 1, 2], [[True, False]], 1, [], range(3)):
        same(xp.asarray(value, dtype=getattr(xp, name)), np.asarray(value, dtype=name))
        same(xp.asarray(value, dtype=np.dtype(name)), np.asarray(value, dtype=name))
    if np.dtype(name).kind != "c":
        same(xp.asarray([0.0, 1.75], dtype=getattr(xp, name)), np.asarray([0.0, 1.75], dtype=name))


@given(ndarrays())
def test_asarray_shares_memory_with_numpy(theirs: np.ndarray) -> None:
    x = xp.asarray(theirs)
    same(x, theirs)
    assert theirs.size == 0 or np.shares_memory(np.asarray(x), theirs)
    same(xp.asarray(theirs, copy=False), theirs)
    copied = xp.asarray(theirs, copy=True)
    same(copied, theirs)
    assert not np.shares_memory(np.asarray(copied), theirs)


@given(ndarrays(), st.sampled_from(NAMES))
def test_asarray_converts(theirs: np.ndarray, name: str) -> None:
    if theirs.dtype.kind == "c" and np.dtype(name).kind not in "cb":
        with pytest.raises(TypeError, match="imaginary"):
            xp.asarray(theirs, dtype=getattr(xp, name))
        return
    x = xp.asarray(theirs, dtype=getattr(xp, name))
    assert x.dtype.name == name
    if theirs.dtype.kind != "f" or np.dtype(name).kind in "fcb":  # else what does not fit is undefined
        with np.errstate(all="ignore"):
            same(x, theirs.astype(name))
    if name != theirs.dtype.name:
        with pytest.raises(ValueError, match="copy=False"):
            xp.asarray(theirs, dtype=getattr(xp, name), copy=False)


@pytest.mark.parametrize("name", NAMES)
def test_asarray_of_foreign_layouts(name: str) -> None:
    plain = np.arange(12).astype(name).reshape(3, 4)
    swapped = plain.astype(plain.dtype.newbyteorder())
    same(xp.asarray(swapped), plain)
    same(xp.asarray(swapped[::-1, ::2]), plain[::-1, ::2])
    record = np.zeros(5, dtype=[("pad", "i1"), ("value", name)])
    record["value"] = np.arange(5)
    same(xp.asarray(record["value"]), np.ascontiguousarray(record["value"]))
    if plain.itemsize > 1:
        for value in (swapped, record["value"]):
            with pytest.raises(ValueError, match="copy=False"):
                xp.asarray(value, copy=False)


def test_asarray_of_buffers() -> None:
    data = bytearray(range(10))
    x = xp.asarray(data)
    same(x, np.arange(10, dtype=np.uint8))
    x[0] = 99
    assert data[0] == 99
    same(xp.asarray(bytes(3)), np.zeros(3, np.uint8))
    same(xp.asarray(array.array("d", [1, 2])), np.asarray([1.0, 2.0]))
    same(xp.asarray(memoryview(data)[::-2]), np.asarray(memoryview(data)[::-2]))
    same(xp.asarray(memoryview(data)[1:9].cast("f")), np.frombuffer(data, np.float32, 2, 1))
    with pytest.raises(ValueError, match="read-only"):
        xp.asarray(bytes(3))[0] = 1
    with pytest.raises(TypeError, match="format 'c'"):
        xp.asarray(memoryview(b"abc").cast("c"))


def test_asarray_of_our_arrays() -> None:
    x = xp.arange(3)
    assert xp.asarray(x) is x
    assert xp.asarray(x, copy=False) is x
    assert np.shares_memory(np.asarray(x), np.asarray(xp.asarray(x, dtype=xp.int64)))
    y = xp.asarray(x, copy=True)
    y[0] = 9
    assert x[0] == 0


def test_asarray_of_array_likes() -> None:
    class Like:
        def __array__(self, dtype: object = None, copy: object = None) -> Any:
            return np.arange(3.0)

    class Sequence:
        def __len__(self) -> int:
            return 2

        def __getitem__(self, position: int) -> int:
            return [5, 6][position]

    same(xp.asarray(Like()), np.arange(3.0))
    same(xp.asarray(Sequence()), np.asarray([5, 6]))
    same(xp.asarray([Sequence(), Sequence()]), np.asarray([[5, 6], [5, 6]]))


@pytest.mark.parametrize(
    "value", ["text", None, {1: 2}, {1, 2}, object(), [None], ["a"], [[1, 2], ["a", 3]], iter([1]), int, [object()]]
)
def test_asarray_refuses_what_is_no_number(value: Any) -> None:
    with pytest.raises(TypeError, match=r"asarray: Unsupported"):
        xp.asarray(value)


@pytest.mark.parametrize("dtype", ["O", "U1", "S1", "M8[s]", "m8[s]", "f2", "g", [("a", "i4")]])
def test_asarray_names_a_remedy_for_numpy_dtypes(dtype: Any) -> None:
    with pytest.raises(TypeError, match=r"asarray: Unsupported NumPy dtype .*; "):
        xp.asarray(np.zeros(2, dtype=dtype))
    with pytest.raises(TypeError, match=r"asarray: Unsupported NumPy dtype .*; "):
        xp.asarray(np.zeros((), dtype=dtype))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ([[1, 2], [3]], r"\[1\]"),
        ([[1, 2], 3], r"\[1\]"),
        ([1, [2]], r"\[1\]"),
        ([[[1], [2]], [[3], [4, 5]]], r"\[1\]\[1\]"),
        ([[[1]], [[[2]]]], r"\[1\]\[0\]\[0\]"),
        ([np.zeros(2), np.zeros(3)], r"\[1\].*\(3,\)"),
        ([[1.0], np.zeros(2)], r"\[1\].*\(2,\)"),
    ],
)
def test_asarray_says_where_a_sequence_is_ragged(value: Any, place: str) -> None:
    with pytest.raises(ValueError, match="asarray: ragged.*" + place):
        xp.asarray(value)


def test_asarray_keeps_ints_of_mixed_size() -> None:
    x = xp.asarray([2**64 - 1, 1, 2**63])  # NumPy: float64
    assert x.dtype == xp.uint64
    assert x.tolist() == [2**64 - 1, 1, 2**63]


def test_asarray_refuses_what_does_not_fit() -> None:
    with pytest.raises(OverflowError, match=r"asarray.*float64"):
        xp.asarray(2**64)
    with pytest.raises(OverflowError, match="asarray"):
        xp.asarray([-1, 2**63])
    with pytest.raises(OverflowError, match=r"asarray.*int8"):
        xp.asarray([1, 200], dtype=xp.int8)
    with pytest.raises(OverflowError, match=r"asarray.*uint8"):
        xp.asarray(-1, dtype=xp.uint8)
    with pytest.raises(TypeError, match="imaginary"):
        xp.asarray([1j], dtype=xp.float64)
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(ValueError, match="axes; use at most 64"):
        xp.asarray(circle)
    for value in (1, [1, 2], (1.0,), range(2)):
        with pytest.raises(ValueError, match="copy=False"):
            xp.asarray(value, copy=False)


# --- constants -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(), 0, 3, (2, 3), (0, 4), [2, 1], np.int64(2), (np.int32(1), 2)])
@pytest.mark.parametrize("name", [None, *NAMES])
def test_constant_arrays(shape: Any, name: str | None) -> None:
    dtype = None if name is None else getattr(xp, name)
    same(xp.zeros(shape, dtype=dtype), np.zeros(shape, dtype=name))
    same(xp.ones(shape, dtype=dtype, device="cpu"), np.ones(shape, dtype=name))
    x = xp.empty(shape, dtype=dtype)
    assert (x.shape, x.dtype.name) == (np.zeros(shape).shape, name or "float64")
    for value in [True, 1, 2.5, 1j]:
        if name is not None and np.dtype(name).kind not in "cb" and isinstance(value, complex):
            with pytest.raises(TypeError, match="full"):
                xp.full(shape, value, dtype=dtype)
        else:
            same(xp.full(shape, value, dtype=dtype), np.full(shape, value, dtype=name))


@given(ndarrays(), st.sampled_from([None, *NAMES]))
def test_like(theirs: np.ndarray, name: str | None) -> None:
    dtype = None if name is None else getattr(xp, name)
    x = xp.asarray(theirs)
    same(xp.zeros_like(x, dtype=dtype), np.zeros_like(theirs, dtype=name, order="C"))
    same(xp.ones_like(x, dtype=dtype), np.ones_like(theirs, dtype=name, order="C"))
    same(xp.full_like(x, 1, dtype=dtype), np.full_like(theirs, 1, dtype=name, order="C"))
    y = xp.empty_like(x, dtype=dtype)
    assert (y.shape, y.dtype.name) == (x.shape, name or theirs.dtype.name)


def test_full_takes_arrays_as_fill_value() -> None:
    same(xp.full((2,), xp.asarray(3, dtype=xp.int8)), np.asarray([3, 3], np.int8))
    same(xp.full((2,), np.float32(0.5)), np.asarray([0.5, 0.5], np.float32))
    same(xp.full((2, 3), xp.arange(3)), np.asarray([[0, 1, 2]] * 2))
    same(xp.full_like(xp.zeros(2), xp.asarray(3)), np.asarray([3.0, 3.0]))
    same(xp.full((2,), 2**63), np.full(2, 2**63, dtype=np.uint64))
    with pytest.raises(OverflowError, match="int8"):
        xp.full(3, 300, dtype=xp.int8)


def test_results_are_writable_and_fresh() -> None:
    for make in (xp.zeros, xp.ones, xp.empty):
        x, y = make(4), make(4)
        x[0] = 5
        y[0] = 6
        assert x[0] == 5


# --- matrices ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, *NAMES])
def test_eye(name: str | None) -> None:
    for rows, columns, k in [(3, None, 0), (2, 4, 1), (4, 2, -1), (3, 3, 5), (3, 3, -5), (0, 3, 0), (2, 2, 2**70)]:
        expected = np.zeros((rows, columns or rows), name) if abs(k) > 9 else np.eye(rows, columns, k, dtype=name)
        same(xp.eye(rows, columns, k=k, dtype=None if name is None else getattr(xp, name)), expected)
    with pytest.raises(ValueError, match="eye"):
        xp.eye(-1)
    with pytest.raises(TypeError, match=r"n_rows=2\.0"):
        xp.eye(2.0)


@given(ndarrays(), st.integers(-7, 7))
def test_triangles(theirs: np.ndarray, k: int) -> None:
    x = xp.asarray(theirs)
    if theirs.ndim < 2:
        with pytest.raises(ValueError, match="tril"):
            xp.tril(x)
        return
    same(xp.tril(x, k=k), np.tril(theirs, k))
    same(xp.triu(x, k=k), np.triu(theirs, k))


@given(st.lists(st.integers(0, 4), max_size=4), st.sampled_from(["xy", "ij"]))
def test_meshgrid(sizes: list[int], indexing: Any) -> None:
    vectors = [np.arange(size) + 0.5 for size in sizes]
    result = xp.meshgrid(*[xp.asarray(vector) for vector in vectors], indexing=indexing)
    assert isinstance(result, tuple)
    expected = np.meshgrid(*vectors, indexing=indexing)
    assert len(result) == len(expected)
    for ours, theirs in zip(result, expected):
        same(ours, theirs)


def test_meshgrid_refuses() -> None:
    with pytest.raises(ValueError, match="indexing='yx'"):
        xp.meshgrid(xp.arange(2), indexing="yx")
    with pytest.raises(ValueError, match=r"arrays\[1\].*\(1, 1\)"):
        xp.meshgrid(xp.arange(2), xp.ones((1, 1)))
    with pytest.raises(TypeError, match="meshgrid"):
        xp.meshgrid([1, 2])


# --- sizes, dtypes and devices that cannot be ----------------------------------------------------------------------

MAKERS = [xp.zeros, xp.ones, xp.empty, lambda shape, **options: xp.full(shape, 1, **options)]


@pytest.mark.parametrize("make", MAKERS)
def test_bad_sizes_dtypes_and_devices(make: Any) -> None:
    with pytest.raises(MemoryError, match="100000000"):
        make((100_000, 100_000, 100_000_000))
    with pytest.raises((MemoryError, ValueError), match="4611686018427387904"):
        make((2**62, 2**62))
    with pytest.raises(MemoryError):
        make(2**61)
    with pytest.raises(ValueError, match="-1"):
        make((2, -1))
    with pytest.raises(ValueError, match="65 axes"):
        make((1,) * 65)
    for shape in ["ab", 2.5, (1, 2.5), None, {1: 2}]:
        with pytest.raises(TypeError, match="shape"):
            make(shape)
    for dtype in ["float63", 3, np.dtype("f2"), object]:
        with pytest.raises(TypeError, match="dtype"):
            make(3, dtype=dtype)
    with pytest.raises(ValueError, match="device='gpu'"):
        make(3, device="gpu")


def test_every_creation_function_knows_devices() -> None:
    x = xp.ones((2, 2))
    calls: list[Any] = [
        lambda device: xp.arange(3, device=device),
        lambda device: xp.asarray([1], device=device),
        lambda device: xp.empty(1, device=device),
        lambda device: xp.empty_like(x, device=device),
        lambda device: xp.eye(2, device=device),
        lambda device: xp.from_dlpack(x, device=device),
        lambda device: xp.full_like(x, 1, device=device),
        lambda device: xp.linspace(0, 1, 2, device=device),
        lambda device: xp.ones_like(x, device=device),
        lambda device: xp.zeros_like(x, device=device),
    ]
    for call in calls:
        assert call("cpu").device == "cpu"
        assert call(None).device == "cpu"
        assert call(x.device).device == "cpu"
        with pytest.raises(ValueError, match="'gpu'"):
            call("gpu")


def test_numpy_types_are_dtypes() -> None:
    assert xp.zeros(1, dtype=np.float32).dtype == xp.float32
    assert xp.zeros(1, dtype=np.dtype("int8")).dtype == xp.int8
    assert xp.zeros(1, dtype=bool).dtype == xp.bool


@pytest.mark.parametrize("name", NAMES)
def test_eye_of_all_dtypes(name: str) -> None:
    for rows, columns in ((4, 4), (3, 5), (5, 3), (1, 1), (0, 3), (300, 200)):
        for k in (0, 1, -1, 2, -2, 7, -7):
            same(xp.eye(rows, columns, k=k, dtype=name), np.eye(rows, columns, k=k, dtype=name))


def test_shapes_are_tuples_of_sizes_or_one_size() -> None:
    class Number(int):
        pass

    for shape in ((2, 3), [2, 3], (np.int64(2), 3), (Number(2), 3), (2, 0), (), 3, Number(3), np.uint8(3)):
        made = xp.zeros(shape)
        same(made, np.zeros(shape))
        assert all(type(size) is int for size in made.shape)
    for bad in ((True, 2), True, (2.0,), (2, None)):
        with pytest.raises(TypeError, match=r"^zeros: shape=.* is not an integer or a tuple of integers"):
            xp.zeros(bad)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^zeros: size -1 in shape=\(2, -1\) is negative"):
        xp.zeros((2, -1))
    with pytest.raises(ValueError, match=r"^zeros: shape=.* has 65 axes"):
        xp.zeros((1,) * 65)
    for large in ((2**31, 2**31, 2**31), (2**62,), 2**62, (2**63, 0), 2**64):
        with pytest.raises(MemoryError, match=r"^zeros: "):
            xp.zeros(large)
