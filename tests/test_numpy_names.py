"""NumPy's functions and methods that the standard does not have: NumPy's answers, and errors that name the argument."""

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from against_numpy import NAMES, alike, same

import raptors_xp as xp
from raptors_xp._array.methods import NumpyMethods
from raptors_xp._functions import ufuncs

RNG = np.random.default_rng(7)
X = RNG.normal(size=(4, 3))
HOLES = np.where(RNG.random((4, 3)) < 0.3, np.nan, X)
HOLES[:, 1] = np.nan
WHOLE = RNG.integers(0, 5, 12)
COMPLEX = X + 1j * X[::-1]

Call = Callable[[Any, Any], Any]  # of a namespace, and of what makes its arrays

FUNCTIONS: dict[str, list[Call]] = {
    "allclose": [lambda m, a: m.allclose(a(X), a(X) + 1e-9), lambda m, a: m.allclose(a(X), 0.0, atol=3)],
    "append": [lambda m, a: m.append(a(X), a(X), 0), lambda m, a: m.append(a(X), [1.0])],
    "array_equal": [
        lambda m, a: m.array_equal(a(X), a(X)),
        lambda m, a: m.array_equal(a(X), a(X[:2])),
        lambda m, a: m.array_equal(a(HOLES), a(HOLES)),
        lambda m, a: m.array_equal(a(HOLES), a(HOLES), equal_nan=True),
        lambda m, a: m.array_equal(a(X), [1, 2]),
    ],
    "array_split": [
        lambda m, a: m.array_split(a(X), 3),
        lambda m, a: m.array_split(a(X), [1, 3]),
        lambda m, a: m.array_split(a(X), a(np.asarray([1, 2])), axis=1),
        lambda m, a: m.array_split(a(X), 5, -1),
        lambda m, a: m.array_split(a(X), [-1, 9]),
    ],
    "atleast_1d": [lambda m, a: m.atleast_1d(a(X[0, 0])), lambda m, a: m.atleast_1d(a(X), a(X[0, 0]))],
    "atleast_2d": [lambda m, a: m.atleast_2d(a(X[0])), lambda m, a: m.atleast_2d(a(X[0, 0]), a(X))],
    "atleast_3d": [lambda m, a: m.atleast_3d(a(X[0, 0]), a(X[0]), a(X), a(X[None]))],
    "average": [
        lambda m, a: m.average(a(X), 0),
        lambda m, a: m.average(a(X), 1, weights=a(np.arange(3.0)), returned=True),
    ],
    "bincount": [lambda m, a: m.bincount(a(WHOLE)), lambda m, a: m.bincount(a(WHOLE), a(WHOLE) * 0.5, 9)],
    "column_stack": [lambda m, a: m.column_stack([a(X), a(X[:, 0])])],
    "concatenate": [
        lambda m, a: m.concatenate([a(X), a(X)], 1),
        lambda m, a: m.concatenate([a(X), a(WHOLE)], axis=None),
        lambda m, a: m.concatenate([a(X), a(X)], dtype="f4"),
        lambda m, a: m.concatenate([a(X), a(X)], out=a(np.zeros((8, 3)))),
        lambda m, a: m.concatenate([a(X), a(X)], dtype="i4", casting="unsafe"),
        lambda m, a: m.concatenate(a(X)),
    ],
    "copyto": [lambda m, a: changed(a, lambda x: m.copyto(x, 2.0, where=a(X > 0)))],
    "corrcoef": [lambda m, a: m.corrcoef(a(X))],
    "cov": [lambda m, a: m.cov(a(X), rowvar=False, ddof=0)],
    "cumprod": [lambda m, a: m.cumprod(a(X)), lambda m, a: m.cumprod(a(WHOLE), 0, "f8")],
    "cumsum": [lambda m, a: m.cumsum(a(X)), lambda m, a: m.cumsum(a(X), axis=1)],
    "delete": [lambda m, a: m.delete(a(X), 1, 0), lambda m, a: m.delete(a(X), [0, 5])],
    "diag": [lambda m, a: m.diag(a(X), 1), lambda m, a: m.diag(a(X[0]))],
    "diagonal": [lambda m, a: m.diagonal(a(X)), lambda m, a: m.diagonal(a(X), -1, 1, 0)],
    "digitize": [lambda m, a: m.digitize(a(X), np.asarray([-1.0, 0.0, 1.0]), right=True)],
    "dot": [
        lambda m, a: m.dot(a(X), a(X.T)),
        lambda m, a: m.dot(a(X), a(X[0])),
        lambda m, a: m.dot(a(X[0]), a(X[0])),
        lambda m, a: m.dot(a(X), 2.0),
        lambda m, a: m.dot(3, a(X[0, 0])),
        lambda m, a: m.dot(a(np.ones((2, 4, 3))), a(np.ones((5, 3, 2)))),
        lambda m, a: m.dot(a(np.ones((2, 4, 3))), a(X[0])),
    ],
    "dstack": [lambda m, a: m.dstack([a(X), a(X)]), lambda m, a: m.dstack([a(X[0]), a(X[0])])],
    "einsum": [
        lambda m, a: m.einsum("ij,kj->ik", a(X), a(X)),
        lambda m, a: m.einsum("ii->i", a(X[:3])),
        lambda m, a: m.einsum("ij,jk,kl", a(X), a(X.T), a(X)),
        lambda m, a: m.einsum(a(X), [0, 1], a(X), [0, 1], [1]),
        lambda m, a: m.einsum("ab,a->", a(X < 9), a(X[:, 0])),  # so many, not one
        lambda m, a: m.einsum("ab,a->", a(np.full((4, 3), 100, "i1")), a(WHOLE[:4])),
        lambda m, a: m.einsum(a(X < 9), [0, 1], a(WHOLE[:4]), [0], []),
        lambda m, a: m.einsum("ab,a->", a(np.full((4, 3), 100, "i1")), a(np.ones(4, "i1")), dtype="i8"),
    ],
    "cross": [
        lambda m, a: m.cross(a(X), a(X[0])),
        lambda m, a: m.cross(a(X), a(X.T), axisb=0, axisc=0),
        lambda m, a: m.cross(a(X), a(X), axis=1),
    ],
    "gradient": [lambda m, a: m.gradient(a(X)), lambda m, a: m.gradient(a(X), 2.0, axis=0, edge_order=2)],
    "histogram": [lambda m, a: m.histogram(a(X), 4, (-1, 1)), lambda m, a: m.histogram(a(X), density=True)],
    "hstack": [lambda m, a: m.hstack([a(X), a(X)]), lambda m, a: m.hstack((a(X[0]), a(X[0, 0])))],
    "inner": [
        lambda m, a: m.inner(a(X), a(X)),
        lambda m, a: m.inner(a(X[0]), 2.0),
        lambda m, a: m.inner(a(X), a(X[0])),
    ],
    "insert": [lambda m, a: m.insert(a(X), 1, 2.0, axis=1)],
    "interp": [lambda m, a: m.interp(a(X), np.asarray([0.0, 1.0]), a(np.asarray([2.0, 3.0])), left=-1.0)],
    "isclose": [
        lambda m, a: m.isclose(a(HOLES), a(HOLES), equal_nan=True),
        lambda m, a: m.isclose(a(np.asarray([1.0, np.inf])), a(np.asarray([1.0 + 1e-9, np.inf]))),
    ],
    "kron": [lambda m, a: m.kron(a(X), a(X))],
    "logspace": [lambda m, a: m.logspace(0, 2, 5), lambda m, a: m.logspace(0, 2, num=4, endpoint=False, base=2.0)],
    "median": [lambda m, a: m.median(a(X)), lambda m, a: m.median(a(WHOLE), axis=0, keepdims=True)],
    "nan_to_num": [lambda m, a: m.nan_to_num(a(HOLES), nan=3.0)],
    "nanargmax": [lambda m, a: m.nanargmax(a(HOLES)), lambda m, a: m.nanargmax(a(HOLES[:, ::2]), 0)],
    "nanargmin": [
        lambda m, a: m.nanargmin(a(HOLES)),
        lambda m, a: m.nanargmin(a(HOLES[:, ::2]), axis=0, keepdims=True),
    ],
    "nancumprod": [lambda m, a: m.nancumprod(a(HOLES)), lambda m, a: m.nancumprod(a(HOLES), axis=0)],
    "nancumsum": [lambda m, a: m.nancumsum(a(HOLES)), lambda m, a: m.nancumsum(a(HOLES), 1)],
    "nanmax": [],
    "nanmean": [lambda m, a: m.nanmean(a(X), dtype="f4"), lambda m, a: m.nanmean(a(WHOLE), dtype="f4")],
    "nanmedian": [],
    "nanmin": [],
    "nanpercentile": [lambda m, a: m.nanpercentile(a(HOLES[:, ::2]), [10, 50], axis=0)],
    "nanprod": [],
    "nanquantile": [lambda m, a: m.nanquantile(a(HOLES), 0.3, method="lower")],
    "nanstd": [lambda m, a: m.nanstd(a(HOLES[:, ::2]), axis=0, ddof=1)],
    "nansum": [lambda m, a: m.nansum(a(HOLES), 0, "f4")],
    "nanvar": [lambda m, a: m.nanvar(a(HOLES[:, ::2]), axis=0, keepdims=True)],
    "outer": [lambda m, a: m.outer(a(X), a(X[0]))],
    "pad": [
        lambda m, a: m.pad(a(X), 1),
        lambda m, a: m.pad(a(X), ((1, 0), (0, 2)), "edge"),
        lambda m, a: m.pad(a(X), 2, mode="constant", constant_values=5),
    ],
    "percentile": [lambda m, a: m.percentile(a(X), [10, 50], axis=1)],
    "place": [lambda m, a: changed(a, lambda x: m.place(x, a(X > 0), [1.0, 2.0]))],
    "ptp": [lambda m, a: m.ptp(a(X)), lambda m, a: m.ptp(a(X), 0, keepdims=True)],
    "putmask": [lambda m, a: changed(a, lambda x: m.putmask(x, a(X > 0), [1.0, 2.0]))],
    "quantile": [lambda m, a: m.quantile(a(X), 0.3), lambda m, a: m.quantile(a(X), a(np.asarray([0.1, 0.9])), axis=0)],
    "ravel": [lambda m, a: m.ravel(a(X).T), lambda m, a: m.ravel(a(X), "F")],
    "resize": [lambda m, a: m.resize(a(X), (5, 5))],
    "rot90": [lambda m, a: m.rot90(a(X), 3)],
    "split": [lambda m, a: m.split(a(X), 2), lambda m, a: m.split(a(X), [1], axis=1)],
    "swapaxes": [lambda m, a: m.swapaxes(a(X), 0, -1)],
    "trace": [lambda m, a: m.trace(a(X)), lambda m, a: m.trace(a(X), 1, 1, 0, "f4")],
    "transpose": [lambda m, a: m.transpose(a(X)), lambda m, a: m.transpose(a(X[None]), (1, -3, 2))],
    "trapezoid": [lambda m, a: m.trapezoid(a(X), dx=0.5, axis=0)],
    "tri": [lambda m, a: m.tri(3), lambda m, a: m.tri(2, 4, 1, "i4")],
    "unravel_index": [lambda m, a: m.unravel_index(a(WHOLE), (2, 3)), lambda m, a: m.unravel_index(4, (2, 3))],
    "vdot": [lambda m, a: m.vdot(a(COMPLEX), a(COMPLEX + 1))],
    "vstack": [lambda m, a: m.vstack([a(X), a(X[0])]), lambda m, a: m.vstack((a(X[0]), a(X[0])), dtype="f4")],
    # Of the standard, with NumPy's options.
    "round": [lambda m, a: m.round(a(X), decimals=1)],
    "std": [lambda m, a: m.std(a(X), axis=0, ddof=1), lambda m, a: m.std(a(WHOLE), dtype="f4")],
    "var": [lambda m, a: m.var(a(X), axis=1, ddof=2, keepdims=True)],
    "mean": [lambda m, a: m.mean(a(WHOLE), dtype="f4")],
    "empty_like": [lambda m, a: m.empty_like(a(X), shape=(2, 0))],
    "zeros_like": [lambda m, a: m.zeros_like(a(X), shape=2, dtype="i4")],
    "ones_like": [lambda m, a: m.ones_like(a(X), shape=(2, 2))],
    "full_like": [lambda m, a: m.full_like(a(X), 2.5, shape=())],
    "where": [lambda m, a: m.where(a(X) > 0), lambda m, a: m.where(a(WHOLE)), lambda m, a: m.where(a(X) > 0, 1, 2.5)],
    "take": [
        lambda m, a: m.take(a(X), 2, axis=0),
        lambda m, a: m.take(a(X), [[1, 0], [2, 2]], axis=1),
        lambda m, a: m.take(a(X[0]), a(np.asarray([[1], [-1]]))),
        lambda m, a: m.take(a(X[0]), [] if m is xp else np.asarray([], int)),
    ],
    "diff": [
        lambda m, a: m.diff(a(X), 2),
        lambda m, a: m.diff(a(X), 1, 0),
        lambda m, a: m.diff(a(WHOLE), append=7),
        lambda m, a: m.diff(a(WHOLE.astype("i1")), prepend=1, append=[0.5, 2]),
        lambda m, a: m.diff(a(X), axis=0, prepend=np.float32(2), append=a(X[0, 0]), n=2),
    ],
    "squeeze": [lambda m, a: m.squeeze(a(X[None, :, None])), lambda m, a: m.squeeze(a(X))],
    "isin": [lambda m, a: m.isin(a(WHOLE), [1, 2]), lambda m, a: m.isin(a(WHOLE), (3,), invert=True)],
}


def _over(name: str, axis: Any, values: np.ndarray) -> Call:
    return lambda m, a: getattr(m, name)(a(values), axis=axis, keepdims=True)


for _name in ("nanmax", "nanmin", "nansum", "nanprod", "nanmean", "nanmedian"):
    for _axis in (None, 0, (0, 1)):
        for _values in (X, HOLES, WHOLE.reshape(4, 3), X.astype("f4"), *([COMPLEX] if _name != "nanmedian" else [])):
            FUNCTIONS[_name].append(_over(_name, _axis, _values))

UFUNCS = [name for name in ufuncs.__all__ if hasattr(np, name)]  # NumPy 1 has no bitwise_count
for _name in UFUNCS:
    _of_two = getattr(getattr(np, _name), "nin", 1) == 2
    for _values in (X, WHOLE, COMPLEX, X.astype("f4")):
        try:
            with np.errstate(all="ignore"):
                getattr(np, _name)(*[_values] * (2 if _of_two else 1))
        except TypeError:  # of integers alone, or of real numbers
            continue
        if _of_two:
            FUNCTIONS.setdefault(_name, []).append(lambda m, a, n=_name, x=_values: getattr(m, n)(a(x), a(x + 1)))
        else:
            FUNCTIONS.setdefault(_name, []).append(lambda m, a, n=_name, x=_values: getattr(m, n)(a(x)))
for _order in "CFA":
    FUNCTIONS.setdefault("reshape", []).extend(
        [
            lambda m, a, order=_order: m.reshape(a(X), (2, -1), order=order),
            lambda m, a, order=_order: m.reshape(a(X).T, (2, 3, 2), order=order),
            lambda m, a, order=_order: a(X)[::2].reshape(-1, order=order),
        ]
    )

METHODS: dict[str, list[Callable[[Any], Any]]] = {
    "base": [lambda x: x[1:].base.reshape(x.shape), lambda x: x.T.base.reshape(x.shape)],
    "argmax": [lambda x: x.argmax(), lambda x: x.argmax(1, keepdims=True)],
    "argmin": [lambda x: x.argmin(axis=0)],
    "argsort": [lambda x: x.argsort(), lambda x: x.argsort(axis=None, kind="stable")],
    "clip": [lambda x: x.clip(0, 1), lambda x: x.clip(max=0.5)],
    "conj": [lambda x: x.conj(), lambda x: (x * 1j).conj()],
    "conjugate": [lambda x: (x * 1j).conjugate()],
    "cumprod": [lambda x: x.cumprod(1)],
    "cumsum": [lambda x: x.cumsum(), lambda x: x.cumsum(axis=0, dtype="f4")],
    "diagonal": [lambda x: x.diagonal(1)],
    "dot": [lambda x: x.dot(x.T), lambda x: x.dot([1.0, 2.0, 3.0])],
    "fill": [lambda x: (x.fill(2.0), x)[1]],
    "flat": [
        lambda x: [float(each) for each in x.flat],
        lambda x: [len(x.flat), float(next(x.flat))],
        lambda x: [x.flat[3], x.T.flat[-2], x.T.flat[1:9:3], x.flat[[0, 4]], x.flat[(x > 0).ravel()]],
        lambda x: [np.asarray(x.flat).tolist(), np.asarray(x.T.flat, "f4").tolist()],
        lambda x: (x.flat.__setitem__(slice(None, None, 4), [1, 2]), x)[1],
        lambda x: (x.T[:, 1:].flat.__setitem__(-1, x[0, 0]), x)[1],
        lambda x: (setattr(x.T, "flat", x), x)[1],
    ],
    "flatten": [lambda x: x.T.flatten(), lambda x: x.flatten("F")],
    "imag": [lambda x: x.imag, lambda x: (x * 2j).imag],
    "nonzero": [lambda x: (x > 0).nonzero()],
    "prod": [lambda x: x.prod(0), lambda x: x.prod(dtype="f4", keepdims=True)],
    "ptp": [lambda x: x.ptp(0) if isinstance(x, xp.Array) else np.ptp(x, 0)],
    "ravel": [lambda x: x.T.ravel()],
    "real": [lambda x: x.real, lambda x: (x + 2j).real],
    "repeat": [lambda x: x.repeat(2, axis=0), lambda x: x.repeat(2)],
    "round": [lambda x: x.round(1)],
    "searchsorted": [
        lambda x: np.sort(x[0]).searchsorted(0.5, side="right"),
        lambda x: np.sort(x[0]).searchsorted([0.5, 1.5]),
    ],
    "data": [lambda x: x.data.tolist()],
    "sort": [lambda x: (x.sort(0), x)[1]],
    "squeeze": [lambda x: x[None, :, None].squeeze(), lambda x: x[None].squeeze(0)],
    "std": [lambda x: x.std(0, ddof=1), lambda x: x.std(keepdims=True)],
    "swapaxes": [lambda x: x.swapaxes(0, 1)],
    "take": [lambda x: x.take([1, 0], axis=1), lambda x: x.take([[0, 11]], mode="wrap")],
    "tobytes": [lambda x: x.T.tobytes(), lambda x: x.tobytes("F")],
    "tofile": [],
    "trace": [lambda x: x.trace()],
    "transpose": [lambda x: x.transpose(), lambda x: x.transpose(1, 0), lambda x: x[None].transpose((2, 0, 1))],
    "var": [lambda x: x.var(), lambda x: x.var(1, dtype="f4")],
    "view": [lambda x: x.view("i8"), lambda x: x.view(np.uint8), lambda x: x.view()],
}


def changed(array: Callable[[np.ndarray], Any], change: Callable[[Any], None]) -> Any:
    """An array after something was written to it."""
    x = array(X.copy())
    assert change(x) is None
    return x


def check(ours: Any, theirs: Any) -> None:
    alike(ours, theirs, 1e-13, 1e-13)


def test_the_tables_are_whole() -> None:
    own = set(xp.__all__) - set(xp._STANDARD) - {"lib", "special"} - (set(ufuncs.__all__) - set(UFUNCS))
    assert own <= set(FUNCTIONS)
    assert {name for name in vars(NumpyMethods) if not name.startswith("_")} == set(METHODS)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # NumPy's: all nan, an empty slice, outside of the domain
@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions(name: str) -> None:
    assert FUNCTIONS[name]
    for call in FUNCTIONS[name]:
        check(call(xp, lambda x: xp.asarray(x, copy=True)), call(np, np.array))


@pytest.mark.parametrize("name", METHODS)
def test_methods(name: str) -> None:
    for call in METHODS[name]:
        check(call(xp.asarray(X, copy=True)), call(X.copy()))


@pytest.mark.filterwarnings("ignore:Casting complex")
def test_options_of_astype() -> None:
    for options in ({"order": "F"}, {"order": "C", "copy": False}, {"casting": "same_kind"}, {"subok": True}):
        for target in ("f8", "f4"):
            ours, theirs = xp.asarray(X.T).astype(target, **options), X.T.astype(target, **options)
            same(ours, theirs)
            assert ours.strides == theirs.strides or "order" not in options
            same(xp.astype(xp.asarray(X.T), target, **options), theirs)
    with pytest.raises(TypeError, match="according to the rule 'safe'"):
        xp.ones(3).astype("i4", casting="safe")


def test_item_of_several() -> None:
    x = xp.asarray(X)
    assert (x.item(3), x.item(1, 2), x.item((-1, 0))) == (X.item(3), X.item(1, 2), X.item((-1, 0)))
    with pytest.raises(IndexError):
        x.item(12)


def test_arrays_are_sequences() -> None:
    """As NumPy's are: pandas, which asks by this function, took one for a number, and isna(x) was False."""
    is_sequence = ctypes.pythonapi.PySequence_Check
    is_sequence.argtypes = [ctypes.py_object]
    assert is_sequence(xp.ones(2))
    assert not is_sequence(xp)
    assert [float(each) for each in reversed(xp.arange(3.0))] == [2.0, 1.0, 0.0]
    assert np.zeros(xp.asarray([2, 3])).shape == (2, 3)


def test_tofile(tmp_path: Any) -> None:
    xp.asarray(X).T.tofile(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == X.T.tobytes()


def test_parts_are_views() -> None:
    x = xp.zeros(3, dtype=xp.complex128)
    x.real[...] = 1.0
    x.imag[1:] = 2.0
    assert x.tolist() == [1, 1 + 2j, 1 + 2j]
    x.view("f8")[0] = 5.0
    assert x[0] == 5
    windows = xp.lib.stride_tricks.sliding_window_view(xp.arange(5), 3)
    same(windows, np.lib.stride_tricks.sliding_window_view(np.arange(5), 3))
    with pytest.raises(ValueError, match="read-only"):
        windows[0] = 1


def test_out() -> None:
    x, out = xp.asarray(X, copy=True), xp.zeros((4, 3))
    assert x.cumsum(1, out=out) is out
    check(out, X.cumsum(1))
    theirs = np.zeros(3)
    assert x.std(0, out=theirs) is theirs
    np.testing.assert_allclose(theirs, X.std(0))


@pytest.mark.parametrize("name", sorted({*FUNCTIONS} - {*xp._STANDARD} - {*ufuncs.__all__}))
def test_what_is_no_array_is_refused(name: str) -> None:
    free = ("logspace", "tri", "unravel_index", "interp", "allclose", "isclose", "array_equal", "einsum")  # of anything
    if name in free:
        return
    second = {"copyto": (1.0,), "putmask": (True, 1), "place": (True, 1), "delete": (0,), "insert": (0, 1)}
    second |= dict.fromkeys(("array_split", "split", "pad", "quantile", "percentile", "resize", "digitize"), (2,))
    second |= dict.fromkeys(("nanquantile", "nanpercentile", "append", "kron", "outer", "vdot"), (2,))
    second |= {each: (xp.ones(2),) for each in ("dot", "inner", "cross")}
    second |= {"swapaxes": (0, 0)}
    for wrong in (None, "text", object()):
        first = [wrong] if name.endswith("stack") or name == "concatenate" else wrong
        with pytest.raises(TypeError, match=rf"^{name}: \w+(\[0\])?=.* is not an array; convert it with asarray"):
            getattr(xp, name)(first, *second.get(name, ()))


@pytest.mark.parametrize("name", UFUNCS)
def test_what_is_no_operand_is_refused(name: str) -> None:
    function = getattr(xp, name)
    for wrong in (None, "text", object()):
        given = (xp.ones(2), wrong) if getattr(getattr(np, name), "nin", 1) == 2 else (wrong,)
        with pytest.raises(TypeError, match=rf"^{function.__name__}: \w+=.* is not an array; convert it with asarray"):
            function(*given)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", UFUNCS)
def test_small_integers_give_what_we_have(name: str) -> None:
    """float64 and not NumPy's float16, as the standard's functions."""
    small = np.asarray([1, 2, 3], dtype="i1")
    for given in ([small], [small, small], [2, small.astype(int)]):
        if len(given) == getattr(getattr(np, name), "nin", 1):
            theirs = getattr(np, name)(*given)
            ours = getattr(xp, name)(*[xp.asarray(each) if isinstance(each, np.ndarray) else each for each in given])
            assert isinstance(ours, xp.Array)
            assert ours.dtype == ("f8" if theirs.dtype == "f2" else theirs.dtype)
            if name != "spacing":
                np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-3)


def test_other_errors() -> None:
    x = xp.asarray(X)
    for call, error, message in [
        (lambda: xp.transpose(x, (0, 0)), ValueError, r"transpose: axes=\(0, 0\) doesn't match"),
        (
            lambda: xp.transpose(x, (0, 2)),
            IndexError,
            r"transpose: axes=2: axis 2 is out of bounds for array of",
        ),
        (lambda: xp.swapaxes(x, 0, 3), IndexError, "swapaxes: axis2=3: axis 3 is out of bounds"),
        (lambda: xp.split(x, 3), ValueError, "split: .* equal division of axis 0 with size 4; use array_split"),
        (lambda: xp.array_split(x, 0), ValueError, "array_split: indices_or_sections=0 is not positive"),
        (lambda: xp.std(x, correction=1, ddof=1), ValueError, "std: correction=1 and ddof=1 say the same"),
        (lambda: x.sort(order="a"), ValueError, "sort: order='a' names fields"),
        (lambda: xp.nanargmax(xp.asarray([xp.nan])), ValueError, "All-NaN"),
        (lambda: xp.isin(x, ["a"]), TypeError, "isin: "),
    ]:
        with pytest.raises(error, match=message):
            call()


@pytest.mark.parametrize("name", NAMES)
def test_every_dtype_keeps_its_values(name: str) -> None:
    theirs = np.asarray([[0, 1, 1], [1, 0, 1]], name)
    x = xp.asarray(theirs)
    same(xp.pad(x, 1), np.pad(theirs, 1))
    same(xp.hstack([x, x]), np.hstack([theirs, theirs]))
    same(xp.nansum(x, axis=0), np.nansum(theirs, axis=0))
    same(x.transpose().flatten(), theirs.T.flatten())
    same(x.cumsum(), theirs.cumsum())
