"""Selections, shapes, coordinates, joins, comparisons, and what leaves for other formats."""

import copy
import io
import pickle
from typing import Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib import pyplot

from xarray_operations import Operation

matplotlib.use("agg")

SELECTION: dict[str, Operation] = {
    "isel": lambda x: x.isel(time=2),
    "isel both": lambda x: x.isel(time=2, place=-1),
    "isel slice": lambda x: x.isel(time=slice(1, 5, 2)),
    "isel backwards": lambda x: x.isel(time=slice(None, None, -1)),
    "isel list": lambda x: x.isel(time=[4, 0]),
    "isel two lists": lambda x: x.isel(time=[4, 0], place=[1, 1, 2]),
    "isel list and number": lambda cube: cube.isel(run=1, time=[4, 0], place=slice(2)),
    "isel mask": lambda x: x.isel(time=np.arange(6) % 2 == 0),
    "isel nothing": lambda x: x.isel(time=[]),
    "isel drop": lambda x: x.isel(time=0, drop=True),
    "isel missing_dims": lambda x: x.isel(time=0, other=1, missing_dims="ignore"),
    "isel a DataArray": lambda x: x.isel(time=xr.DataArray([3, 1], dims="time")),
    "isel of one new dimension": lambda row: row.isel(time=xr.DataArray([3, 1], dims="point")),
    "isel of our indices": lambda x, array: x.isel(time=array(np.asarray([3, 1]))),
    "isel of a dataset": lambda ds: ds.isel(time=[1, 2]),
    "isel of a variable": lambda v: v.isel(time=[1, 2], place=0),
    "sel": lambda x: x.sel(place="b"),
    "sel list": lambda x: x.sel(place=["d", "a"]),
    "sel slice": lambda x: x.sel(time=slice(1, 3), place=slice("b", "c")),
    "sel nearest": lambda row: row.sel(time=[3.2, 17], method="nearest"),
    "sel pad": lambda row: row.sel(time=3.2, method="ffill"),
    "sel tolerance": lambda row: row.sel(time=3.9, method="nearest", tolerance=0.5),
    "sel date": lambda days: days.sel(time="2024-01-31"),
    "sel dates": lambda days: days.sel(time=slice("2024-01-31", "2024-02-01")),
    "sel of a dataset": lambda ds: ds.sel(place="b"),
    "sel of a condition": lambda x: x.sel(time=x.time > 2),
    "loc": lambda x: x.loc[1:3, "b"],
    "loc of names": lambda x: x.loc[{"place": ["a", "c"]}],
    "getitem": lambda x: x[1:3, 0],
    "getitem ellipsis": lambda cube: cube[..., 1],
    "getitem mask": lambda x, b: x[(b[:, 0]).values],
    "getitem own mask": lambda x, b: x[b[:, 0].drop_vars("place")],
    "getitem own bare mask": lambda x, b: x[b[:, 0].data],
    "getitem mask of a variable": lambda v: v[np.arange(6) > 2],
    "getitem lists of a variable": lambda v: v[[0, 2], [1, 3]],
    "sel by our values": lambda x, array: x.sel(time=array(np.asarray([1, 3]))),
    "sel by a DataArray of ours": lambda x, array: x.sel(time=xr.DataArray(array(np.asarray([1, 3])), dims="time")),
    "reindex by our values": lambda x, array: x.reindex(time=array(np.asarray([1, 9]))),
    "getitem of names": lambda x: x[{"time": 1}],
    "where drop of a dataset": lambda ds: ds.where(ds.time > 2, drop=True),
    "getitem of a dataset": lambda ds: ds[["a", "row"]],
    "head": lambda x: x.head(time=2),
    "tail": lambda x: x.tail(time=2),
    "thin": lambda x: x.thin(time=2),
    "drop_isel": lambda x: x.drop_isel(time=[0]),
    "drop_sel": lambda x: x.drop_sel(place=["a", "b"]),
    "drop_duplicates": lambda odd: odd.assign_coords(time=[0, 0, 1, 2, 2, 3]).drop_duplicates("time"),
    "drop_vars of a dataset": lambda ds: ds.drop_vars("a"),
    "drop_dims": lambda ds: ds.drop_dims("place"),
    "iteration": lambda x: list(x),
    "contains": lambda i: int(i[0, 0]) in i,
    "filter_by_attrs": lambda ds: ds.filter_by_attrs(units="m"),
}

SHAPES: dict[str, Operation] = {
    "transpose": lambda x: x.transpose("place", "time"),
    "transpose ellipsis": lambda cube: cube.transpose("place", ...),
    "transpose of a dataset": lambda ds: ds.transpose("place", "time"),
    "transpose of a variable": lambda v: v.transpose(),
    "T": lambda x: x.T,
    "expand_dims": lambda x: x.expand_dims("new"),
    "expand_dims of length": lambda x: x.expand_dims(new=3),
    "expand_dims values": lambda x: x.expand_dims(new=[1, 2], axis=1),
    "squeeze": lambda x: x.expand_dims("new").squeeze(),
    "squeeze one": lambda x: x.expand_dims(["new", "other"]).squeeze("new"),
    "stack": lambda x: x.stack(z=("time", "place")),
    "stack all": lambda cube: cube.stack(z=[...]),
    "stack without an index": lambda cube: cube.stack(z=("run", "time"), create_index=False),
    "stack of a dataset": lambda ds: ds[["a", "b"]].stack(z=("time", "place")),
    "unstack": lambda x: x.stack(z=("time", "place")).unstack("z"),
    "unstack of a part": lambda x: x.stack(z=("time", "place"))[[0, 5, 7]].unstack("z"),
    "unstack fill_value": lambda i: i.stack(z=("time", "place"))[:7].unstack("z", fill_value=-1),
    "unstack of a dataset": lambda ds: ds[["a", "b"]].stack(z=("time", "place")).unstack("z"),
    "to_stacked_array": lambda ds: ds[["a", "row"]].to_stacked_array("z", sample_dims=["time"]),
    "to_unstacked_dataset": lambda ds: (
        ds[["a", "b"]].to_stacked_array("z", sample_dims=["time", "place"]).to_unstacked_dataset("z")
    ),
    "set_index": lambda odd: odd.set_index(time="odd"),
    "reset_index": lambda odd: odd.reset_index("time"),
    "reorder_levels": lambda x: x.stack(z=("time", "place")).reorder_levels(z=["place", "time"]),
    "reset_coords": lambda odd: odd.reset_coords("cell"),
    "reset_coords drop": lambda odd: odd.reset_coords("cell", drop=True),
    "set_coords": lambda ds: ds.set_coords("whole"),
    "assign_coords": lambda x: x.assign_coords(twice=x.time * 2, own=("place", x.data[0])),
    "own coordinate": lambda odd: odd.cell,
    "rename": lambda x: x.rename(time="t"),
    "rename name": lambda x: x.rename("other"),
    "rename_vars": lambda ds: ds.rename_vars(a="new"),
    "swap_dims": lambda x: x.assign_coords(t=("time", np.arange(6) * 2)).swap_dims(time="t"),
    "broadcast_like": lambda x: x.isel(time=0, drop=True).broadcast_like(x),
    "xr.broadcast": lambda x: xr.broadcast(x.isel(time=0, drop=True), x.isel(place=0, drop=True)),
    "set_dims of a variable": lambda v: v.set_dims({"new": 2, "time": 6, "place": 4}),
    "stack of a variable": lambda v: v.stack(z=("time", "place")),
    "unstack of a variable": lambda v: v.stack(z=("time", "place")).unstack(z={"time": 6, "place": 4}),
    "shift": lambda x: x.shift(time=1),
    "shift fill_value": lambda i: i.shift(time=-2, fill_value=0),
    "shift of integers": lambda i: i.shift(time=1),
    "shift of a dataset": lambda ds: ds.shift(time=1),
    "roll": lambda x: x.roll(time=2),
    "roll both": lambda x: x.roll(time=-1, place=1, roll_coords=True),
    "pad": lambda x: x.pad(time=1),
    "pad edge": lambda x: x.pad(time=(1, 2), mode="edge"),
    "pad constant": lambda i: i.pad(time=1, constant_values=7),
    "pad constants": lambda x: x.pad(time=1, place=(2, 0), constant_values={"time": (1, 2), "place": 0}),
    "pad reflect": lambda x: x.pad(time=2, mode="reflect", reflect_type="odd"),
    "pad wrap": lambda x: x.pad(place=2, mode="wrap"),
    "pad mean": lambda x: x.pad(time=1, mode="mean", stat_length=2),
    "pad linear_ramp": lambda x: x.pad(time=2, mode="linear_ramp", end_values=0.0),
    "pad of a dataset": lambda ds: ds.pad(time=1),
    "sortby": lambda x: x.sortby("time", ascending=False),
    "sortby a word": lambda x: x.isel(time=0).sortby("place"),
    "sortby values": lambda x: x.sortby(x.isel(place=0, drop=True)),
    "sortby a function": lambda odd: odd.sortby(lambda a: a.odd),
    "sortby of a dataset": lambda ds: ds.sortby("row"),
    "swap of a dataset": lambda ds: ds.rename_dims(place="p"),
    "as_numpy": lambda x: x.as_numpy(),
}

JOINS: dict[str, Operation] = {
    "concat": lambda x, n: xr.concat([x, n], "time"),
    "concat new": lambda x, n: xr.concat([x, n], "run"),
    "concat new values": lambda x, n: xr.concat([x, n], xr.Variable("run", [4, 5])),
    "concat of types": lambda i, f: xr.concat([i, f], "time"),
    "concat join": lambda x: xr.concat([x[1:], x[:-1]], "run", join="outer"),
    "concat of scalars": lambda x: xr.concat([x[0, 0], x[1, 1]], "p", coords="minimal", compat="override"),
    "concat of datasets": lambda ds: xr.concat([ds, ds], "time", data_vars="minimal"),
    "concat of variables": lambda v: xr.Variable.concat([v, v], "time"),
    "merge": lambda x, n: xr.merge([x, n.rename("other")]),
    "merge of a dataset": lambda ds, n: ds.merge(n.rename("n")),
    "merge no_conflicts": lambda x, n: xr.merge([x, n], compat="no_conflicts"),
    "merge outer": lambda x: xr.merge([x[1:], x[:-1].rename("other")], join="outer"),
    "combine_by_coords": lambda ds: xr.combine_by_coords(
        [ds[["a"]].isel(time=slice(3)), ds[["a"]].isel(time=slice(3, 6))], data_vars="all"
    ),
    "combine_nested": lambda x: xr.combine_nested([[x[:3, :2], x[:3, 2:]], [x[3:, :2], x[3:, 2:]]], ["time", "place"]),
    "update": lambda ds, x: ds.update({"new": x}),
    "align": lambda x: xr.align(x, x.isel(time=[0, 1])),
    "align outer": lambda x: xr.align(x[1:], x[:-1], join="outer"),
    "align exclude": lambda x: xr.align(x, x[1:, 2:], exclude="time"),
    "reindex": lambda x: x.reindex(time=[0, 9]),
    "reindex both": lambda x: x.reindex(time=[5, 9, 1], place=list("bzd")),
    "reindex fill_value": lambda i: i.reindex(time=[0, 9], fill_value=-1),
    "reindex method": lambda row: row.reindex(time=[0.0, 3.0, 20.0], method="ffill"),
    "reindex of bools": lambda b: b.reindex(time=[0, 9]),
    "reindex_like": lambda x: x.reindex_like(x[::2]),
    "reindex of a dataset": lambda ds: ds.reindex(time=[1, 7]),
    "to_dataset": lambda x: x.to_dataset(name="a"),
    "to_dataset of a dimension": lambda x: x.to_dataset("place"),
    "to_array": lambda ds: ds[["a", "b"]].to_array("which"),
    "to_dataarray": lambda ds: ds.to_dataarray(),
    "DataTree": lambda ds: xr.DataTree.from_dict({"/": ds, "/child": ds.isel(time=0)}).mean("place")["child"].ds,
    "map_over_datasets": lambda ds: xr.map_over_datasets(lambda d: d * 2, xr.DataTree(ds)).ds,
}

COMPARISONS: dict[str, Operation] = {
    "equals": lambda x: x.equals(x.copy()),
    "equals of another": lambda x, i: x.equals(i),
    "equals with nan": lambda n: n.equals(n.copy(deep=True)),
    "identical": lambda x, n: x.identical(n),
    "identical of a dataset": lambda ds: ds.identical(ds.copy(deep=True)),
    "broadcast_equals": lambda x: x.isel(time=0, drop=True).broadcast_equals(x),
    "equals of variables": lambda v: v.equals(v.copy()),
    "no_conflicts of variables": lambda v: v.no_conflicts(v.copy()),
    "assert_equal": lambda n: xr.testing.assert_equal(n, n.copy(deep=True)),
    "assert_identical": lambda ds: xr.testing.assert_identical(ds, ds.copy(deep=True)),
    "assert_allclose": lambda n: xr.testing.assert_allclose(n, n + 1e-12),
    "assert_allclose of datasets": lambda ds: xr.testing.assert_allclose(ds, ds * 1.0),
}

LEAVING: dict[str, Operation] = {
    "values": lambda x: x.values,
    "to_numpy": lambda x: x.to_numpy(),
    "np.asarray": lambda x: np.asarray(x),
    "np.asarray dtype": lambda x: np.asarray(x, dtype="float32"),
    "to_series": lambda x: x.to_series(),
    "to_pandas of one": lambda row: row.to_pandas(),
    "to_pandas": lambda x: x.to_pandas(),
    "to_dataframe": lambda x: x.to_dataframe(),
    "to_dataframe of a dataset": lambda ds: ds.to_dataframe(),
    "to_index of a variable": lambda v: v[:, 0].to_index_variable(),
    "from_series": lambda x: xr.DataArray.from_series(x.to_series()),
    "to_dict": lambda x: x.to_dict(),
    "to_dict and back": lambda x: xr.DataArray.from_dict(x.to_dict(data="array")),
    "to_dict of a dataset": lambda ds: ds.to_dict(),
    "pickle": lambda n: pickle.loads(pickle.dumps(n)),
    "pickle of a dataset": lambda ds: pickle.loads(pickle.dumps(ds)),
    "deepcopy": lambda n: copy.deepcopy(n),
    "to_netcdf": lambda ds: xr.load_dataset(bytes(ds.to_netcdf(engine="scipy")), engine="scipy"),
    "to_netcdf of an array": lambda n: xr.load_dataarray(bytes(n.to_netcdf(engine="scipy")), engine="scipy"),
    "to_netcdf scaled": lambda n: xr.load_dataarray(
        bytes(
            n.to_netcdf(
                engine="scipy", encoding={"field": {"dtype": "int16", "scale_factor": 0.01, "_FillValue": -999}}
            )
        ),
        engine="scipy",
    ),
    "to_netcdf of bools": lambda b: xr.load_dataarray(bytes(b.to_netcdf(engine="scipy")), engine="scipy"),
    "to_zarr": lambda ds: through_zarr(ds),
    "to_zarr of complex": lambda c: through_zarr(c.to_dataset(name="c")),
    "to_zarr of float32": lambda f: through_zarr(f.to_dataset(name="f")),
    "compute": lambda x: x.compute(),
    "load": lambda x: x.load(),
    "info": lambda ds: ds.info(io.StringIO()),
    "plot": lambda x: type(drawn(x.plot())),
    "plot line": lambda row: len(drawn(row.plot())),
    "plot hist": lambda x: drawn(x.plot.hist())[0],
    "plot contourf": lambda x: type(drawn(x.plot.contourf())),
    "plot imshow": lambda cube: type(drawn(cube[0, :, :].assign_coords(place=range(4)).plot.imshow())),
    "plot scatter": lambda ds: type(drawn(ds.plot.scatter(x="a", y="b"))),
    "plot facets": lambda cube: drawn(cube.assign_coords(place=range(4)).plot(col="run")).axs.shape,
}

# Chunks of ours, by Dask.
CHUNKED: dict[str, Operation] = {
    "chunk": lambda x: x.chunk(time=2).mean("time").compute(),
    "chunk and load": lambda x: (x.chunk(time=2) * 2).load(),
    "chunk of a dataset": lambda ds: ds.chunk(time=3).sum("place").compute(),
    "chunks persisted": lambda x: x.chunk(time=2).persist().load(),
    "chunks and an array": lambda x, n: (x.chunk(time=2) + n).compute(),
    "chunks, apply_ufunc": lambda x: xr.apply_ufunc(np.sin, x.chunk(time=2), dask="parallelized").compute(),
    "chunks, apply_ufunc core": lambda x: xr.apply_ufunc(
        lambda a: a.mean(-1),
        x.chunk(time=2),
        input_core_dims=[["place"]],
        dask="parallelized",
        output_dtypes=[float],
    ).compute(),
    "chunks, map_blocks": lambda x: x.chunk(time=2).map_blocks(lambda a: a * 2).compute(),
    "chunks, rolling": lambda x: x.chunk(time=2).rolling(time=2).mean().compute(),
    "chunks, coarsen": lambda x: x.chunk(time=2).coarsen(time=2).mean().compute(),
    "chunks, quantile": lambda x: x.chunk(time=2).quantile(0.5, "place").compute(),
    "chunks, median": lambda x: x.chunk(time=2).median("place").compute(),
    "chunks, cumsum": lambda x: x.chunk(time=2).cumsum("time").compute(),
    "chunks, std": lambda n: n.chunk(time=2).std("time").compute(),
    "chunks, isel": lambda x: x.chunk(time=2).isel(time=[3, 1]).compute(),
    "chunks, isel of points": lambda x: (
        x.chunk(time=2).isel({dim: xr.DataArray([3, 1], dims="point") for dim in x.dims}).compute()
    ),
    "chunks, dot": lambda x: xr.dot(x.chunk(time=2), x.chunk(time=2), dim="time").compute(),
    "chunks, ffill": lambda n: n.chunk(time=2).ffill("time").compute(),
    "chunks, fillna": lambda n: n.chunk(time=2).fillna(0).compute(),
    "chunks, sortby": lambda x: x.chunk(time=2).sortby("time", ascending=False).compute(),
    "chunks, unstack": lambda x: x.chunk(time=2).stack(z=("time", "place")).unstack().compute(),
    "chunks, diff": lambda x: x.chunk(time=2).diff("time").compute(),
    "chunks, pad": lambda x: x.chunk(time=2).pad(time=1).compute(),
    "chunks, polyfit": lambda x: x.chunk(place=2).polyfit("time", 1).compute(),
    "chunks, idxmax": lambda x: x.chunk(place=2).idxmax("time").compute(),
}


def drawn(what: Any) -> Any:
    """What was drawn, once its figures are closed."""
    pyplot.close("all")
    return what


def through_zarr(ds: xr.Dataset) -> Any:
    store: dict[str, Any] = {}
    ds.to_zarr(store, zarr_format=3, consolidated=False)
    return xr.load_dataset(store, engine="zarr", consolidated=False)


OPERATIONS = [SELECTION, SHAPES, JOINS, COMPARISONS, LEAVING, CHUNKED]
