"""xarray over our arrays: what works over NumPy's works over ours, gives ours, and the same values."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import xarray as xr

import raptors_xp as xp

RNG = np.random.default_rng(3)
VALUES = RNG.normal(size=(6, 4))
HOLES = np.where(RNG.random((6, 4)) < 0.2, np.nan, VALUES)


def field(values: Any) -> xr.DataArray:
    names = {"time": np.arange(6), "place": list("abcd")}
    return xr.DataArray(values, dims=("time", "place"), coords=names, name="field")


def odd(x: xr.DataArray) -> xr.DataArray:
    return x.assign_coords(odd=("time", np.arange(6) % 2))


Operation = Callable[[xr.DataArray, xr.DataArray], Any]  # of an array, and of one with nan

REDUCTIONS = [
    "sum",
    "prod",
    "mean",
    "std",
    "var",
    "max",
    "min",
    "median",
    "argmax",
    "argmin",
    "count",
    "any",
    "all",
    "cumsum",
    "cumprod",
]
OPERATIONS: dict[str, Operation] = {
    "add": lambda x, n: x + n,
    "add scalar": lambda x, n: 1 - x,
    "divide": lambda x, n: x / n,
    "compare": lambda x, n: x > n,
    "logical": lambda x, n: (x > 0) & (n < 1),
    "power": lambda x, n: x**2,
    "negative": lambda x, n: -x,
    "abs": lambda x, n: abs(n),
    "broadcast": lambda x, n: x * n.isel(time=0),
    "numpy ufunc": lambda x, n: np.sin(x),
    "ufunc of two": lambda x, n: np.maximum(x, n),
    "clip": lambda x, n: x.clip(0, 1),
    "round": lambda x, n: x.round(2),
    "isnull": lambda x, n: n.isnull(),
    "notnull": lambda x, n: n.notnull(),
    "fillna": lambda x, n: n.fillna(0.0),
    "where": lambda x, n: x.where(x > 0),
    "where other": lambda x, n: x.where(x > 0, -1.0),
    "xr.where": lambda x, n: xr.where(x > 0, x, n),
    "combine_first": lambda x, n: n.combine_first(x),
    "isin": lambda x, n: x.isin([0.0, 1.0]),
    "isel": lambda x, n: x.isel(time=2),
    "isel slice": lambda x, n: x.isel(time=slice(1, 5, 2)),
    "isel list": lambda x, n: x.isel(time=[4, 0]),
    "isel two lists": lambda x, n: x.isel(time=[4, 0], place=[1, 1, 2]),
    "sel": lambda x, n: x.sel(place="b"),
    "sel list": lambda x, n: x.sel(place=["d", "a"]),
    "head": lambda x, n: x.head(time=2),
    "drop_isel": lambda x, n: x.drop_isel(time=[0]),
    "transpose": lambda x, n: x.transpose("place", "time"),
    "T": lambda x, n: x.T,
    "expand_dims": lambda x, n: x.expand_dims("new"),
    "squeeze": lambda x, n: x.expand_dims("new").squeeze(),
    "stack": lambda x, n: x.stack(z=("time", "place")),
    "unstack": lambda x, n: x.stack(z=("time", "place")).unstack("z"),
    "concat": lambda x, n: xr.concat([x, n], "time"),
    "concat new": lambda x, n: xr.concat([x, n], "run"),
    "merge": lambda x, n: xr.merge([x, n.rename("other")])["other"],
    "align": lambda x, n: xr.align(x, n.isel(time=[0, 1]))[0],
    "reindex": lambda x, n: x.reindex(time=[0, 9]),
    "shift": lambda x, n: x.shift(time=1),
    "roll": lambda x, n: x.roll(time=2),
    "pad": lambda x, n: x.pad(time=1),
    "pad edge": lambda x, n: x.pad(time=(1, 2), mode="edge"),
    "diff": lambda x, n: x.diff("time"),
    "differentiate": lambda x, n: x.differentiate("time"),
    "integrate": lambda x, n: x.integrate("time"),
    "dot": lambda x, n: x.dot(x, dim="time"),
    "xr.dot of three": lambda x, n: xr.dot(x, x, x, dim="time"),
    "matmul": lambda x, n: x @ x.isel(time=0),
    "quantile": lambda x, n: x.quantile(0.3, "time"),
    "quantiles": lambda x, n: x.quantile([0.3, 0.5], "time"),
    "quantile of all": lambda x, n: n.quantile(0.3),
    "rolling mean": lambda x, n: x.rolling(time=3).mean(),
    "rolling sum": lambda x, n: x.rolling(time=3, min_periods=1).sum(),
    "rolling construct": lambda x, n: x.rolling(time=2).construct("window"),
    "coarsen": lambda x, n: x.coarsen(time=2).mean(),
    "coarsen max": lambda x, n: x.coarsen(time=3).max(),
    "weighted mean": lambda x, n: (
        x.weighted(xr.DataArray(xp.arange(6.0), dims="time")).mean("time")
        if isinstance(x.data, xp.Array)
        else x.weighted(xr.DataArray(np.arange(6.0), dims="time")).mean("time")
    ),
    "groupby mean": lambda x, n: x.groupby(x.time % 2).mean(),
    "groupby sum": lambda x, n: n.groupby("place").sum(),
    "groupby map": lambda x, n: x.groupby(x.time % 2).map(lambda part: part - part.mean()),
    "groupby arithmetic": lambda x, n: odd(x).groupby("odd") - odd(x).groupby("odd").mean(),
    "cov": lambda x, n: xr.cov(x, n, "time"),
    "corr": lambda x, n: xr.corr(x, n, "time"),
    "astype": lambda x, n: x.astype("float32"),
    "copy": lambda x, n: x.copy(deep=True),
    "zeros_like": lambda x, n: xr.zeros_like(x),
    "full_like": lambda x, n: xr.full_like(x, 3.0),
    "apply_ufunc": lambda x, n: xr.apply_ufunc(lambda a: a * 2, x),
    "apply_ufunc core": lambda x, n: xr.apply_ufunc(
        lambda a: a.mean(axis=-1), x, input_core_dims=[["time"]], output_core_dims=[[]]
    ),
    "to_dataset": lambda x, n: x.to_dataset(name="a")["a"],
    "dataset mean": lambda x, n: x.to_dataset(name="a").mean()["a"],
    "idxmax": lambda x, n: x.argmax("time"),
    "real": lambda x, n: x.real,
    "imag": lambda x, n: x.imag,
    "conj": lambda x, n: x.conj(),
    "searchsorted": lambda x, n: x.isel(time=0).sortby("place"),
    "sortby": lambda x, n: x.sortby("time", ascending=False),
    "rename": lambda x, n: x.rename(time="t"),
    "swap_dims": lambda x, n: x.assign_coords(t=("time", np.arange(6) * 2)).swap_dims(time="t"),
    "broadcast_like": lambda x, n: x.isel(time=0, drop=True).broadcast_like(x),
    "cumulative": lambda x, n: x.cumulative("time").sum(),
    "thin": lambda x, n: x.thin(time=2),
    "pipe": lambda x, n: x.pipe(lambda a: a + 1),
    "to_unstacked": lambda x, n: x.to_dataset("place").to_array("place"),
    "equals": lambda x, n: x.equals(x.copy()),
    "identical": lambda x, n: x.identical(n),
    "float": lambda x, n: float(x.sum()),
}
OPERATIONS |= {name: lambda x, n, name=name: getattr(x, name)("time") for name in REDUCTIONS}
OPERATIONS |= {f"{name} of all": lambda x, n, name=name: getattr(x, name)() for name in REDUCTIONS if name[:3] != "cum"}
OPERATIONS |= {f"{name} with nan": lambda x, n, name=name: getattr(n, name)("place") for name in REDUCTIONS}
OPERATIONS |= {
    f"{name} without skipna": lambda x, n, name=name: getattr(n, name)("place", skipna=False)
    for name in REDUCTIONS
    if name not in ("count", "any", "all")
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OPERATIONS)
def test_operations(name: str) -> None:
    def run(array: Callable[[np.ndarray], Any]) -> Any:
        return OPERATIONS[name](field(array(VALUES.copy())), field(array(HOLES.copy())))

    ours, theirs = run(xp.asarray), run(np.asarray)
    if not isinstance(theirs, xr.DataArray):
        assert ours == theirs
        return
    assert isinstance(ours.data, xp.Array), type(ours.data)
    assert ours.dtype == theirs.dtype
    assert ours.dims == theirs.dims
    np.testing.assert_allclose(ours.values, theirs.values, rtol=1e-12, atol=1e-14)
    for coordinate in theirs.coords:
        np.testing.assert_array_equal(ours[coordinate].values, theirs[coordinate].values)


def test_assignment() -> None:
    for key in ({"time": 1}, {"time": slice(0, 2)}, {"time": [0, 3]}, {"time": [0, 3], "place": 1}):
        ours, theirs = field(xp.asarray(VALUES, copy=True)), field(VALUES.copy())
        ours[key], theirs[key] = 7.0, 7.0
        assert isinstance(ours.data, xp.Array)
        np.testing.assert_array_equal(ours.values, theirs.values)


def test_text() -> None:
    assert "Array(" in repr(field(xp.asarray(VALUES)))
    assert "field" in field(xp.asarray(VALUES))._repr_html_()
