"""The operations of test_xarray.py, name to function. A function's parameters say which of `samples` it is given."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

Operation = Callable[..., Any]


def field(values: Any) -> xr.DataArray:
    names = {"time": np.arange(6), "place": list("abcd")}
    return xr.DataArray(values, dims=("time", "place"), coords=names, name="field", attrs={"units": "m"})


def samples(array: Callable[[np.ndarray], Any]) -> dict[str, Any]:
    """What operations are tried on, over the arrays that `array` makes of NumPy's."""
    random = np.random.default_rng(3)
    values = random.normal(size=(6, 4))
    holes = np.where(random.random((6, 4)) < 0.2, np.nan, values)
    whole = np.asarray(random.integers(-9, 9, (6, 4)), dtype=np.int64)
    x, n, i = field(array(values)), field(array(holes)), field(array(whole))
    cube = xr.DataArray(array(random.normal(size=(2, 6, 4))), dims=("run", "time", "place"), name="cube")
    return {
        "x": x,
        "n": n,  # with nan
        "i": i,
        "b": field(array(whole > 0)),
        "c": field(array(values + 1j * holes[::-1])),
        "f": field(array(holes.astype(np.float32))),
        "u": field(array((whole + 9).astype(np.uint8))),
        "cube": cube.assign_coords(run=[10, 20], time=x.time),
        "days": n.assign_coords(time=pd.date_range("2024-01-30", periods=6, freq="12h")),
        "row": xr.DataArray(array(holes[:, 0]), dims="time", coords={"time": np.arange(6.0) ** 2}, name="row"),
        "lone": xr.DataArray(array(np.asarray(2.5)), name="lone"),
        "ds": xr.Dataset({"a": x, "b": n, "whole": i, "row": x.isel(place=0, drop=True)}, attrs={"title": "t"}),
        "v": xr.Variable(("time", "place"), array(holes), {"units": "m"}),
        "weights": xr.DataArray(array(np.arange(6.0)), dims="time", coords={"time": np.arange(6)}),
        "odd": x.assign_coords(odd=("time", np.arange(6) % 2), cell=(("time", "place"), array(whole))),
        "array": array,
    }
