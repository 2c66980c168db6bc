"""Arithmetic, ufuncs, types, missing values, what makes arrays, and in-place operations."""

import operator
from typing import Any

import numpy as np
import xarray as xr

from xarray_operations import Operation

ARITHMETIC: dict[str, Operation] = {
    "add": lambda x, n: x + n,
    "add scalar": lambda x: 1 - x,
    "divide": lambda x, n: x / n,
    "compare": lambda x, n: x > n,
    "logical": lambda x, n: (x > 0) & (n < 1),
    "power": lambda x: x**2,
    "negative": lambda x: -x,
    "positive": lambda x: +x,
    "abs": lambda n: abs(n),
    "invert": lambda b: ~b,
    "invert integers": lambda i: ~i,
    "floor divide integers": lambda i: i // 4,
    "modulo integers": lambda i: i % 4,
    "divmod": lambda x: (x // 0.3, x % 0.3),
    "shift integers": lambda i: (i << 2) >> 1,
    "xor": lambda b, x: b ^ (x > 0),
    "or": lambda b, x: b | (x > 0),
    "divide integers": lambda i: i / 4,
    "integers and floats": lambda i, x: i * x,
    "bools and integers": lambda b, i: b + i,
    "float32 and a scalar": lambda f: f * 2 + 1.5,
    "float32 and float64": lambda f, x: f + x,
    "uint8 and a scalar": lambda u: u + 1,
    "uint8 and int64": lambda u, i: u - i,
    "complex and real": lambda c, x: c * x - 1j,
    "equal": lambda x, n: x == n,
    "not equal": lambda x, n: x != n,
    "equal of integers": lambda i: i == 3,
    "broadcast of dimensions": lambda x, n: x * n.isel(time=0),
    "outer": lambda x: x.isel(time=0, drop=True) * x.isel(place=0, drop=True),
    "with a lone value": lambda x, lone: x * lone,
    "with a numpy array": lambda x: x + np.ones((6, 4)),
    "with a numpy scalar": lambda x: x * np.float64(2),
    "with a bare array": lambda x, array: x + array(np.arange(4.0)),
    "bare array first": lambda x, array: array(np.arange(4.0)) + x,
    "with other coordinates": lambda x: x[1:] + x[:-1],
    "outer join": lambda x: outer_sum(x[1:], x[:-1]),
    "dataset and scalar": lambda ds: ds * 2 + 1,
    "dataset and dataset": lambda ds: ds - ds.mean("time"),
    "dataset and array": lambda ds, x: ds / x,
    "dataset compare": lambda ds: ds > 0,
    "dataset negative": lambda ds: -ds,
    "variable and variable": lambda v: v * v + 1,
    "variable and scalar": lambda v: 2 / v,
}


def outer_sum(one: xr.DataArray, other: xr.DataArray) -> xr.DataArray:
    with xr.set_options(arithmetic_join="outer"):
        return one + other


UFUNCS = ["sin", "exp", "sqrt", "log1p", "floor", "sign", "isfinite", "isnan", "square", "rint", "arctan", "deg2rad"]
ARITHMETIC |= {f"np.{name}": lambda n, name=name: getattr(np, name)(n) for name in UFUNCS}
ARITHMETIC |= {
    "np.maximum": lambda x, n: np.maximum(x, n),
    "np.fmin": lambda x, n: np.fmin(x, n),
    "np.hypot": lambda x, n: np.hypot(x, n),
    "np.arctan2": lambda x: np.arctan2(x, 0.5),
    "np.logaddexp": lambda x, n: np.logaddexp(x, n),
    "np.copysign": lambda i, x: np.copysign(i, x),
    "np.logical_and": lambda b, x: np.logical_and(b, x > 0),
    "np.gcd": lambda i: np.gcd(i, 6),
    "np.abs of complex": lambda c: np.abs(c),
    "np.exp of complex": lambda c: np.exp(c),
    "np.angle": lambda c: xr.apply_ufunc(np.angle, c),
    "np.sin of a dataset": lambda ds: np.sin(ds),
    "np.sin of a variable": lambda v: np.sin(v),
    "np.divmod": lambda x: np.divmod(x, 0.3),
    "np.modf": lambda x: np.modf(x),
    "np.frexp": lambda x: np.frexp(x),
    "np.add dtype": lambda x, n: np.add(x, n, dtype="float32"),
}

# xarray looks these up in the namespace of the array. isnat is of dates.
OF_INTEGERS = [
    "gcd",
    "lcm",
    "ldexp",
    "invert",
    *[name for name in dir(xr.ufuncs) if "bitwise" in name or "shift" in name],
]
DISPATCHED: dict[str, Operation] = {"xr.ufuncs.rint of integers": lambda i: xr.ufuncs.rint(i)}
for name in sorted({*xr.ufuncs.__all__} - {"isnat"}):
    function, is_of_two = getattr(xr.ufuncs, name), getattr(getattr(np, name), "nin", 1) == 2
    if name in OF_INTEGERS and is_of_two:
        DISPATCHED[f"xr.ufuncs.{name}"] = lambda i, function=function: function(i, abs(i))
    elif name in OF_INTEGERS:
        DISPATCHED[f"xr.ufuncs.{name}"] = lambda i, function=function: function(i)
    elif is_of_two:
        DISPATCHED[f"xr.ufuncs.{name}"] = lambda x, n, function=function: function(x, n)
    else:
        DISPATCHED[f"xr.ufuncs.{name}"] = lambda n, function=function: function(n)
DISPATCHED |= {
    f"xr.ufuncs.{name} of complex": lambda c, name=name: getattr(xr.ufuncs, name)(c)
    for name in ("angle", "iscomplex", "isreal", "exp", "abs")
}

TYPES: dict[str, Operation] = {
    "astype": lambda x: x.astype("float32"),
    "astype int": lambda x: x.astype(int),
    "astype bool": lambda i: i.astype(bool),
    "astype without copy": lambda x: x.astype("float64", copy=False),
    "astype order": lambda x: x.astype("float32", order="F"),
    "astype casting": lambda x: x.astype("int32", casting="unsafe"),
    "astype same_kind": lambda x: x.astype("float32", casting="same_kind", subok=True),
    "astype of a dataset": lambda ds: ds.astype("float32"),
    "real": lambda c: c.real,
    "imag": lambda c: c.imag,
    "real of real": lambda x: x.real,
    "imag of real": lambda x: x.imag,
    "conj": lambda c: c.conj(),
    "conjugate": lambda c: c.conjugate(),
    "clip": lambda x: x.clip(0, 1),
    "clip below": lambda n: n.clip(min=0),
    "clip by arrays": lambda x, n: x.clip(n.mean("time"), x.max("time")),
    "clip integers": lambda i: i.clip(-2, 2),
    "round": lambda x: x.round(2),
    "round integers": lambda i: i.round(-1),
    "round of a dataset": lambda ds: ds.round(1),
    "size and shape": lambda x: (x.size, x.shape, x.ndim, x.nbytes, x.dtype, x.sizes, len(x)),
    "float": lambda x: float(x.sum()),
    "int": lambda i: int(i.sum()),
    "bool": lambda b: bool(b.any()),
    "complex": lambda c: complex(c[0, 0]),
    "item": lambda x: x.item(3),
    "item of axes": lambda x: x.item(3, 2),
    "item of a lone value": lambda lone: lone.item(),
    "argsort": lambda x: x.argsort(),
    "argsort of a variable": lambda v: v.argsort(axis=0),
    "searchsorted": lambda row: row.fillna(0).sortby(row.fillna(0)).searchsorted(row.fillna(1)),
}

MISSING: dict[str, Operation] = {
    "isnull": lambda n: n.isnull(),
    "notnull": lambda n: n.notnull(),
    "isnull of integers": lambda i: i.isnull(),
    "isnull of complex": lambda c: c.isnull(),
    "isnull of a dataset": lambda ds: ds.isnull(),
    "fillna": lambda n: n.fillna(0.0),
    "fillna by an array": lambda n, x: n.fillna(x.mean("time")),
    "fillna of float32": lambda f: f.fillna(0),
    "fillna of a dataset": lambda ds: ds.fillna({"b": 7.0}),
    "dropna": lambda n: n.dropna("time"),
    "dropna how": lambda n: n.dropna("place", how="all"),
    "dropna thresh": lambda n: n.dropna("time", thresh=3),
    "dropna of a dataset": lambda ds: ds.dropna("time"),
    "combine_first": lambda n, x: n.combine_first(x),
    "combine_first of datasets": lambda ds: ds.isel(time=slice(3)).combine_first(ds),
    "ffill": lambda n: n.ffill("time"),
    "bfill": lambda n: n.bfill("time", limit=1),
    "ffill of a dataset": lambda ds: ds.ffill("time"),
    "interpolate_na": lambda n: n.interpolate_na("time"),
    "interpolate_na nearest": lambda n: n.interpolate_na("time", method="nearest"),
    "interpolate_na extrapolate": lambda n: n.interpolate_na("time", fill_value="extrapolate"),
    "interpolate_na limit": lambda n: n.interpolate_na("time", limit=1),
    "interpolate_na max_gap": lambda row: row.interpolate_na("time", max_gap=9),
    "interpolate_na of float32": lambda f: f.interpolate_na("time"),
    "interpolate_na of a dataset": lambda ds: ds.interpolate_na("time"),
    "where": lambda x: x.where(x > 0),
    "where other": lambda x: x.where(x > 0, -1.0),
    "where other array": lambda x, n: x.where(x > 0, n),
    "where drop": lambda x: x.where(x.time > 2, drop=True),
    "where of integers": lambda i: i.where(i > 0),
    "where of integers, other": lambda i: i.where(i > 0, 0),
    "where of bools": lambda b, x: b.where(x > 0, False),
    "where of complex": lambda c: c.where(c.real > 0),
    "where of float32": lambda f: f.where(f > 0, 1.5),
    "where function": lambda x: x.where(lambda a: a < 0.5),
    "where of a dataset": lambda ds, x: ds.where(x > 0),
    "xr.where": lambda x, n: xr.where(x > 0, x, n),
    "xr.where of scalars": lambda x: xr.where(x > 0, 1, -1),
    "xr.where keep_attrs": lambda x: xr.where(x > 0, x, 0.0, keep_attrs=True),
    "isin": lambda i: i.isin([0, 1]),
    "isin of an array": lambda i: i.isin(i[0]),
    "isin of a bare array": lambda i, array: i.isin(array(np.asarray([1, 2]))),
    "isin of a dataset": lambda ds: ds.isin([0, 1]),
}

MAKING: dict[str, Operation] = {
    "zeros_like": lambda x: xr.zeros_like(x),
    "ones_like": lambda i: xr.ones_like(i),
    "full_like": lambda x: xr.full_like(x, 3.0),
    "full_like dtype": lambda x: xr.full_like(x, 3, dtype="int32"),
    "zeros_like of a dataset": lambda ds: xr.zeros_like(ds),
    "full_like of a variable": lambda v: xr.full_like(v, 1.0),
    "copy": lambda x: x.copy(deep=True),
    "copy shallow": lambda x: x.copy(deep=False),
    "copy data": lambda x, n: x.copy(data=n.data),
    "copy of a dataset": lambda ds: ds.copy(deep=True),
    "DataArray of a bare array": lambda array: xr.DataArray(array(np.arange(3.0)), dims="x"),
    "DataArray with an own coordinate": lambda array: xr.DataArray(
        array(np.arange(3.0)), dims="x", coords={"x": array(np.arange(3)), "y": ("x", array(np.arange(3.0)))}
    ),
    "Dataset of bare arrays": lambda array: xr.Dataset({"a": ("x", array(np.arange(3.0)))}, coords={"x": [4, 5, 6]}),
    "apply_ufunc": lambda x: xr.apply_ufunc(lambda a: a * 2, x),
    "apply_ufunc core": lambda x: xr.apply_ufunc(
        lambda a: a.mean(axis=-1), x, input_core_dims=[["time"]], output_core_dims=[[]]
    ),
    "apply_ufunc of two": lambda x, n: xr.apply_ufunc(np.subtract, x, n.isel(time=0, drop=True)),
    "apply_ufunc two results": lambda x: xr.apply_ufunc(lambda a: (a, -a), x, output_core_dims=[[], []]),
    "apply_ufunc join": lambda x: xr.apply_ufunc(np.add, x[1:], x[:-1], join="outer", dataset_fill_value=0),
    "apply_ufunc vectorize": lambda x: xr.apply_ufunc(
        lambda line: line.max() - line.min(), x, input_core_dims=[["time"]], vectorize=True
    ),
    "apply_ufunc of a dataset": lambda ds: xr.apply_ufunc(np.square, ds, keep_attrs=True),
    "apply_ufunc new dimension": lambda x, array: xr.apply_ufunc(
        lambda a: np.stack([a, a**2], axis=-1), x, output_core_dims=[["power"]]
    ),
    "apply_ufunc keywords": lambda n: xr.apply_ufunc(np.nan_to_num, n, kwargs={"nan": 3.0}),
    "pipe": lambda x: x.pipe(lambda a: a + 1),
    "map of a dataset": lambda ds: ds.map(np.abs),
    "map_blocks": lambda x: x.map_blocks(lambda a: a * 2),
    "assign of a dataset": lambda ds: ds.assign(sum=lambda d: d.a + d.b),
    "eval of a dataset": lambda ds: ds.eval("a * 2 + b"),
    "query": lambda ds: ds.query(time="row > 0"),
    "query of an array": lambda x: x.query(time="time > 2"),
}


def changed(what: Any, change: operator.methodcaller) -> Any:
    """What is left after a change in place."""
    what = what.copy(deep=True)
    change(what)
    return what


def setting(key: Any, value: Any = 7.0) -> Any:
    return operator.methodcaller("__setitem__", key, value)


def set_loc(x: xr.DataArray, key: Any, value: Any) -> None:
    x.loc[key] = value


def added(x: xr.DataArray, other: Any) -> xr.DataArray:
    x = x.copy(deep=True)
    x += other
    return x


ASSIGNMENT: dict[str, Operation] = {
    "set an element": lambda x: changed(x, setting((1, 2))),
    "set by a name": lambda x: changed(x, setting({"time": 1})),
    "set a slice": lambda x: changed(x, setting({"time": slice(0, 2)})),
    "set a list": lambda x: changed(x, setting({"time": [0, 3]})),
    "set a list and a number": lambda x: changed(x, setting({"time": [0, 3], "place": 1})),
    "set all": lambda x: changed(x, setting(...)),
    "set rows to an array": lambda x, n: changed(x, setting(slice(0, 3), n[3:].data)),
    "set rows to a DataArray": lambda x, weights: changed(x, setting({"place": 1}, weights)),
    "set integers": lambda i: changed(i, setting({"time": slice(None, None, 2)}, 1)),
    "set by loc": lambda x: changed(x, lambda a: set_loc(a, {"place": "b"}, 0.0)),
    "set by loc, slice": lambda x: changed(x, lambda a: set_loc(a, {"time": slice(2, 4)}, -1.0)),
    "set by loc, list": lambda x: changed(x, lambda a: set_loc(a, {"place": ["a", "d"]}, -1.0)),
    "set a variable": lambda v: changed(v, setting((slice(1, 3), 0), 2.0)),
    "set data": lambda x, n: changed(x, lambda a: setattr(a, "data", n.data)),
    "set values": lambda x, n: changed(x, lambda a: setattr(a, "values", n.values)),
    "set in a dataset": lambda ds: changed(ds, setting({"time": 0}, -1)),
    "set a variable of a dataset": lambda ds, n: changed(ds, setting("new", n)),
    "add in place": lambda x, n: added(x, n),
    "add in place, scalar": lambda i: added(i, 2),
    "add in place, dataset": lambda ds: added(ds, 1),
}
OPERATIONS = [ARITHMETIC, DISPATCHED, TYPES, MISSING, MAKING, ASSIGNMENT]
