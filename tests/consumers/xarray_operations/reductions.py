"""Reductions, scans, windows, groups, and what is computed along a dimension."""

from collections.abc import Callable
from typing import Any

import numpy as np
import xarray as xr

from xarray_operations import Operation

REDUCTIONS = ["sum", "prod", "mean", "std", "var", "max", "min", "median", "argmax", "argmin", "count", "any", "all"]
SCANS = ["cumsum", "cumprod"]
SKIPPING = [name for name in REDUCTIONS + SCANS if name not in ("count", "any", "all")]

REDUCED: dict[str, Operation] = {}
REDUCED |= {name: lambda x, name=name: getattr(x, name)("time") for name in REDUCTIONS + SCANS}
REDUCED |= {f"{name} of all": lambda x, name=name: getattr(x, name)() for name in REDUCTIONS}
REDUCED |= {f"{name} with nan": lambda n, name=name: getattr(n, name)("place") for name in REDUCTIONS + SCANS}
REDUCED |= {f"{name} without skipna": lambda n, name=name: getattr(n, name)("place", skipna=False) for name in SKIPPING}
REDUCED |= {f"{name} of integers": lambda i, name=name: getattr(i, name)("time") for name in REDUCTIONS + SCANS}
REDUCED |= {f"{name} of float32": lambda f, name=name: getattr(f, name)("place") for name in REDUCTIONS + SCANS}
REDUCED |= {
    f"{name} of bools": lambda b, name=name: getattr(b, name)("time")
    for name in ("sum", "mean", "max", "min", "any", "all", "argmax", "cumsum")
}
REDUCED |= {
    f"{name} of complex": lambda c, name=name: getattr(c, name)("time")
    for name in ("sum", "prod", "mean", "std", "var", "count", "cumsum")
}
REDUCED |= {
    f"{name} of a dataset": lambda ds, name=name: getattr(ds, name)("time")
    for name in ("sum", "mean", "std", "max", "median", "count", "argmax", "cumsum", "prod")
}
REDUCED |= {
    "std ddof": lambda n: n.std("time", ddof=1),
    "var ddof of all": lambda n: n.var(ddof=1),
    "sum min_count": lambda n: n.sum("time", min_count=6),
    "sum min_count of all": lambda n: n.sum(min_count=30),
    "prod min_count": lambda n: n.prod("place", min_count=4),
    "sum of two dimensions": lambda cube: cube.sum(("run", "place")),
    "sum but one": lambda cube: cube.sum([dim for dim in cube.dims if dim != "time"]),
    "mean of no dimension": lambda x: x.mean(dim=()),
    "mean keepdims": lambda n: n.mean("time", keepdims=True),
    "max keepdims of all": lambda n: n.max(keepdims=True),
    "sum keep_attrs": lambda x: x.sum("time", keep_attrs=True),
    "median of two dimensions": lambda cube: cube.median(["run", "time"]),
    "mean of a lone value": lambda lone: lone.mean(),
    "reduce": lambda x: x.reduce(np.sum, "time"),
    "reduce of two dimensions": lambda cube: cube.reduce(np.max, ["run", "place"]),
    "reduce nansum": lambda n: n.reduce(np.nansum, "time"),
    "argmax of names": lambda x: x.argmax(["time"]),
    "argmin of dict": lambda x: x.argmin(...),
    "idxmax": lambda x: x.idxmax("time"),
    "idxmin": lambda n: n.idxmin("time"),
    "idxmax of a dataset": lambda ds: ds[["a", "b"]].idxmax("time"),
    "idxmax of integers": lambda i: i.idxmax("time"),
    "idxmax fill_value": lambda n: n.where(n.time > 9).idxmax("time", fill_value=-1),
    "cumsum of all": lambda x: x.cumsum(),
    "cumulative": lambda x: x.cumulative("time").sum(),
    "cumulative mean": lambda n: n.cumulative("time").mean(),
    "cumulative_integrate": lambda x: x.cumulative_integrate("time"),
    "quantile": lambda x: x.quantile(0.3, "time"),
    "quantiles": lambda x: x.quantile([0.3, 0.5], "time"),
    "quantile of all": lambda n: n.quantile(0.3),
    "quantile method": lambda x: x.quantile(0.4, "time", method="lower"),
    "quantile without skipna": lambda n: n.quantile(0.5, "time", skipna=False),
    "quantile of integers": lambda i: i.quantile([0.25, 0.75], ["time", "place"]),
    "quantile of float32": lambda f: f.quantile(0.3, "time"),
    "quantile of a dataset": lambda ds: ds.quantile(0.3, "time"),
    "rank": lambda n: n.rank("time"),
    "rank pct": lambda n: n.rank("place", pct=True),
    "dot": lambda x: x.dot(x, dim="time"),
    "dot of all": lambda x: x.dot(x),
    "dot of cubes": lambda cube, x: xr.dot(cube, x, dim=["time", "place"]),
    "dot of integers": lambda i: i.dot(i, dim="place"),
    "xr.dot of three": lambda x: xr.dot(x, x, x, dim="time"),
    "matmul": lambda x: x @ x.isel(time=0),
    "xr.cross": lambda x: xr.cross(x[:, :3].drop_vars("place"), x[:, 1:].drop_vars("place"), dim="place"),
    "cov": lambda x, n: xr.cov(x, n, "time"),
    "cov of all": lambda x, n: xr.cov(x, n),
    "corr": lambda x, n: xr.corr(x, n, "time"),
    "corr weights": lambda x, n, weights: xr.corr(x, n, "time", weights=weights),
    "diff": lambda x: x.diff("time"),
    "diff twice": lambda x: x.diff("time", n=2, label="lower"),
    "diff of a dataset": lambda ds: ds.diff("time"),
    "differentiate": lambda x: x.differentiate("time"),
    "differentiate edge_order": lambda row: row.differentiate("time", edge_order=2),
    "differentiate by dates": lambda days: days.differentiate("time", datetime_unit="h"),
    "integrate": lambda x: x.integrate("time"),
    "integrate by dates": lambda days: days.integrate("time", datetime_unit="D"),
    "integrate of a dataset": lambda ds: ds.integrate("time"),
    "polyfit": lambda x: x.polyfit("time", 2),
    "polyfit skipna": lambda n: n.polyfit("time", 1, skipna=True),
    "polyfit full": lambda x: x.polyfit("time", 1, full=True).drop_vars(["time_matrix_rank", "time_singular_values"]),
    "polyfit cov": lambda x: x.isel(place=0).polyfit("time", 1, cov=True),
    "polyfit weights": lambda x: x.polyfit("time", 1, w=np.arange(1.0, 7)),
    "polyfit of a dataset": lambda ds: ds[["a", "row"]].polyfit("time", 1),
    "polyval": lambda x, array: xr.polyval(x, polynomial(array)),
    "polyval of a coordinate": lambda x, array: xr.polyval(x.time, polynomial(array)),
    "curvefit": lambda x: x.curvefit("time", lambda t, a, b: a * t + b),
    "interp": lambda x: x.interp(time=2.5),
    "interp of many": lambda x: x.interp(time=[0.5, 1.5, 9.0]),
    "interp nearest": lambda x: x.interp(time=[0.6, 1.4], method="nearest"),
    "interp cubic": lambda x: x.interp(time=[0.6, 1.4], method="cubic"),
    "interp extrapolate": lambda x: x.interp(time=[-1.0, 7.0], kwargs={"fill_value": "extrapolate"}),
    "interp of two dimensions": lambda cube: cube.interp(run=[12.0, 17.0], time=[0.5, 1.5]),
    "interp of float32": lambda f: f.interp(time=[0.5, 1.0]),
    "interp by dates": lambda days: days.interp(time=["2024-01-30T06"]),
    "interp of a dataset": lambda ds: ds.interp(time=[0.5]),
    "interp_like": lambda x, n: x.interp_like(n[::2].assign_coords(time=[0.5, 2.5, 4.5])),
}
REDUCED |= {
    f"np.{name}": lambda x, name=name: getattr(np, name)(x)
    for name in ("sum", "prod", "mean", "std", "var", "max", "min", "any", "all", "median", "cumsum", "nansum")
}
REDUCED |= {
    "np.sum axis": lambda x: np.sum(x, axis=0),
    "np.std ddof": lambda x: np.std(x, axis=1, ddof=1),
    "np.any axis": lambda b: np.any(b, axis=0),
    "np.mean of a dataset": lambda ds: np.mean(ds),
    "np.var of a variable": lambda v: np.var(v),
    "np.round": lambda x: np.round(x, 2),
    "np.isclose": lambda x: np.isclose(x, x),
    "np.histogram": lambda x: np.histogram(x, 5),
    "mean of a variable": lambda v: v.mean("time"),
    "quantile of a variable": lambda v: v.quantile(0.3, "time"),
    "rank of a variable": lambda v: v.rank("time"),
    "mean of a cube": lambda cube: cube.mean(["run", "place"]),
    "sum of a transposed cube": lambda cube: cube.transpose("place", "run", "time").sum("run"),
    "quantile of a cube": lambda cube: cube.quantile([0.1, 0.9], ["run", "time"]),
    "argmax of a cube": lambda cube: cube.argmax("time"),
    "argmax of two dimensions": lambda x: x.argmax(["time", "place"]),
    "cov of cubes": lambda cube: xr.cov(cube, cube**2, "time", ddof=0),
    "cov weights": lambda x, n, weights: xr.cov(x, n, "time", weights=weights),
    "corr of all": lambda x, n: xr.corr(x, n),
    "polyfit of a cube": lambda cube: cube.polyfit("time", 1),
    "dot of bools and integers": lambda b, i: xr.dot(b, i, dim="time"),
    "dot of bools and floats": lambda b, x: xr.dot(b, x),
    "dot of bools, another dimension": lambda b, weights: xr.dot(b, weights),
    "dot of three types": lambda x, i, b: xr.dot(x, i, b, dim="place"),
    "dot of no dimension": lambda x, n: xr.dot(x, n, dim=[]),
    "dot of complex": lambda c: c.dot(c.conj(), dim="time"),
    "dot without opt_einsum": lambda x, b: with_options(lambda: xr.dot(x, b, x, dim="time"), use_opt_einsum=False),
    "mean without bottleneck": lambda n: with_options(lambda: n.mean("time"), use_bottleneck=False),
    "mean keep_attrs": lambda x: with_options(lambda: (x * 2).mean(), keep_attrs=True),
    "time mean": lambda days: days.time.mean(),
}


def with_options(do: Callable[[], Any], **options: Any) -> Any:
    with xr.set_options(**options):
        return do()


def polynomial(array: Operation) -> xr.DataArray:
    return xr.DataArray(array(np.asarray([1.0, 2.0, 0.5])), dims="degree", coords={"degree": [0, 1, 2]})


WINDOWS: dict[str, Operation] = {
    f"rolling {name}": lambda n, name=name: getattr(n.rolling(time=3), name)()
    for name in ("mean", "sum", "max", "min", "std", "var", "median", "prod", "count", "argmax")
}
WINDOWS |= {
    "rolling min_periods": lambda n: n.rolling(time=3, min_periods=1).sum(),
    "rolling center": lambda n: n.rolling(time=3, center=True).mean(),
    "rolling of two": lambda x: x.rolling(time=2, place=3, min_periods=1).mean(),
    "rolling of integers": lambda i: i.rolling(time=2).sum(),
    "rolling of float32": lambda f: f.rolling(time=2, min_periods=1).max(),
    "rolling construct": lambda x: x.rolling(time=2).construct("window"),
    "rolling construct stride": lambda x: x.rolling(time=3).construct("window", stride=2, fill_value=0.0),
    "rolling reduce": lambda x: x.rolling(time=3).reduce(np.sum),
    "rolling iteration": lambda x: [part.mean() for _, part in x.rolling(time=3)],
    "rolling of a dataset": lambda ds: ds.rolling(time=2).mean(),
    "rolling of a cube": lambda cube: cube.rolling(time=2, center=True, min_periods=1).mean(),
    "rolling of bools": lambda b: b.rolling(time=2).sum(),
    "rolling of complex": lambda c: c.rolling(time=2).sum(),
    "rolling_window of a variable": lambda v: v.rolling_window("time", 2, "window"),
    "coarsen of a variable": lambda v: v.coarsen({"time": 2}, "mean"),
    "coarsen": lambda x: x.coarsen(time=2).mean(),
    "coarsen max": lambda x: x.coarsen(time=3).max(),
    "coarsen trim": lambda n: n.coarsen(time=4, boundary="trim").sum(),
    "coarsen pad": lambda n: n.coarsen(time=4, boundary="pad").mean(),
    "coarsen of two": lambda cube: cube.coarsen(time=2, run=2).mean(),
    "coarsen median": lambda n: n.coarsen(time=2).median(),
    "coarsen construct": lambda x: x.coarsen(time=2).construct(time=("day", "hour")),
    "coarsen reduce": lambda x: x.coarsen(time=2).reduce(np.ptp),
    "coarsen of a dataset": lambda ds: ds.coarsen(time=2).std(),
    "weighted mean": lambda n, weights: n.weighted(weights).mean("time"),
    "weighted sum": lambda n, weights: n.weighted(weights).sum("time"),
    "weighted std": lambda n, weights: n.weighted(weights).std("time"),
    "weighted var of all": lambda n, weights: n.weighted(weights).var(),
    "weighted sum_of_weights": lambda n, weights: n.weighted(weights).sum_of_weights("time"),
    "weighted sum_of_squares": lambda n, weights: n.weighted(weights).sum_of_squares("time"),
    "weighted quantile": lambda n, weights: n.weighted(weights).quantile([0.3, 0.5], dim="time"),
    "weighted of a dataset": lambda ds, weights: ds.weighted(weights).mean("time"),
    "weighted by a coordinate": lambda x: x.weighted(x.time).mean(),
}

GROUPS: dict[str, Operation] = {
    f"groupby {name}": lambda n, name=name: getattr(n.groupby(n.time % 2), name)()
    for name in ("mean", "sum", "max", "min", "std", "var", "median", "prod", "count", "first", "last", "any", "all")
}
GROUPS |= {
    "groupby cumsum": lambda n: n.groupby(n.time % 2).cumsum(),
    "groupby a coordinate": lambda odd: odd.groupby("odd").mean(),
    "groupby a dimension": lambda n: n.groupby("place").sum(),
    "groupby of one dimension": lambda odd: odd.groupby("odd").mean("time"),
    "groupby map": lambda x: x.groupby(x.time % 2).map(lambda part: part - part.mean()),
    "groupby arithmetic": lambda odd: odd.groupby("odd") - odd.groupby("odd").mean(),
    "groupby reduce": lambda odd: odd.groupby("odd").reduce(np.ptp, "time"),
    "groupby quantile": lambda odd: odd.groupby("odd").quantile(0.5),
    "groupby fillna": lambda n: n.groupby(n.time % 2).fillna(0.0),
    "groupby where": lambda odd: odd.groupby("odd").where(odd.odd > 0),
    "groupby assign_coords": lambda odd: odd.groupby("odd").assign_coords(new=1),
    "groupby iteration": lambda odd: [part for _, part in odd.groupby("odd")],
    "groupby groups": lambda odd: odd.groupby("odd").groups,
    "groupby a group": lambda odd: odd.groupby("odd")[1],
    "groupby a field": lambda odd: odd.groupby("cell").mean(),
    "groupby an own array": lambda x, b: x.groupby(b[:, 0].rename("flag").drop_vars("place")).mean(),
    "groupby shuffle": lambda odd: odd.groupby("odd").shuffle_to_chunks(),
    "groupby of a dataset": lambda ds: ds.groupby("time").mean(),
    "groupby of two": lambda odd: odd.groupby(["odd", "place"]).mean(),
    "groupby_bins": lambda x: x.groupby_bins("time", [-1, 2, 5]).mean(),
    "groupby_bins of values": lambda row, weights: row.groupby_bins(row.fillna(0), 2).count(),
    "groupby weighted": lambda odd, weights: odd.groupby("odd").map(lambda part: part.weighted(weights).mean("time")),
    "groupby complex": lambda c: c.groupby(c.time % 2).mean(),
    "groupby of a cube": lambda cube: cube.groupby("run").mean(),
    "groupby UniqueGrouper": lambda odd: odd.groupby(odd=xr.groupers.UniqueGrouper()).mean(),
    "groupby BinGrouper": lambda odd: odd.groupby(time=xr.groupers.BinGrouper(bins=[-1, 2, 5])).mean(),
    "groupby TimeResampler": lambda days: days.groupby(time=xr.groupers.TimeResampler("1D")).mean(),
    "groupby dates": lambda days: days.groupby("time.month").mean(),
    "groupby seasons": lambda days: days.groupby("time.season").sum(),
    "resample mean": lambda days: days.resample(time="1D").mean(),
    "resample sum": lambda days: days.resample(time="1D").sum(),
    "resample max": lambda days: days.resample(time="1D").max(),
    "resample first": lambda days: days.resample(time="2D").first(),
    "resample count": lambda days: days.resample(time="1D").count(),
    "resample quantile": lambda days: days.resample(time="1D").quantile(0.5),
    "resample asfreq": lambda days: days.resample(time="6h").asfreq(),
    "resample ffill": lambda days: days.resample(time="6h").ffill(),
    "resample nearest": lambda days: days.resample(time="6h").nearest(),
    "resample interpolate": lambda days: days.resample(time="6h").interpolate("linear"),
    "resample std": lambda days: days.resample(time="1D").std(),
    "resample median": lambda days: days.resample(time="1D").median(),
    "resample bfill": lambda days: days.resample(time="6h").bfill(),
    "resample pad": lambda days: days.resample(time="6h").pad(),
    "resample offset": lambda days: days.resample(time="1D", offset="6h", label="right", closed="right").sum(),
    "resample map": lambda days: days.resample(time="1D").map(lambda part: part - part.mean("time")),
    "resample of a dataset": lambda days: days.to_dataset(name="a").resample(time="1D").mean(),
}
OPERATIONS = [REDUCED, WINDOWS, GROUPS]
