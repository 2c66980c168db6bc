"""xarray over our arrays: what works over NumPy's works over ours, gives ours, and the same values."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import dask.array
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from xarray_operations import elementwise, field, reductions, samples, shaping

import raptors_xp as xp

TABLES = [*elementwise.OPERATIONS, *reductions.OPERATIONS, *shaping.OPERATIONS]
OPERATIONS = {name: operation for table in TABLES for name, operation in table.items()}

dask.array.register_chunk_type(xp.Array)  # for operations of chunks and an array, as Dask's documentation says

# Where xarray itself makes NumPy's arrays, whatever it is given: how, and the operations.
BECOMES_NUMPY = {
    "calls bottleneck, which makes ndarrays": [
        "ffill",
        "bfill",
        "ffill of a dataset",
        "rank",
        "rank pct",
        "rank of a variable",
    ],
    "calls numpy.vectorize": [
        "apply_ufunc vectorize",
        "interpolate_na",
        "interpolate_na nearest",
        "interpolate_na extrapolate",
        "interpolate_na of float32",
        "interpolate_na of a dataset",
        "curvefit",
        "weighted quantile",
    ],
    "calls SciPy's interpolators, which make ndarrays": [
        "interp",
        "interp of many",
        "interp nearest",
        "interp cubic",
        "interp extrapolate",
        "interp of two dimensions",
        "interp of float32",
        "interp by dates",
        "interp of a dataset",
        "interp_like",
        "resample interpolate",
    ],
    "fills a numpy.empty with the coefficients": ["polyfit skipna"],
    "is asked for NumPy's": ["as_numpy", "set values", "to_index of a variable", "from_series"],
    "reads files into ndarrays": [
        "to_netcdf",
        "to_netcdf of an array",
        "to_netcdf scaled",
        "to_netcdf of bools",
        "to_zarr",
        "to_zarr of complex",
        "to_zarr of float32",
    ],
}


def check(ours: Any, theirs: Any, data: type) -> None:
    """Of one type, with the same values, whose data are arrays of `data` where NumPy's are ndarrays."""
    assert type(ours) is type(theirs) or isinstance(ours, xp.Array)
    if isinstance(theirs, xr.Dataset):
        assert list(ours.variables) == list(theirs.variables)
        assert ours.attrs == theirs.attrs
        for name in theirs.variables:
            check(ours.variables[name], theirs.variables[name], data if name in theirs.data_vars else object)
    elif isinstance(theirs, xr.DataArray):
        assert ours.name == theirs.name
        assert list(ours.coords) == list(theirs.coords)
        check(ours.variable, theirs.variable, data)
        for name in theirs.coords:
            check(ours.coords[name].variable, theirs.coords[name].variable, object)
    elif isinstance(theirs, xr.Variable):
        assert (ours.dims, ours.dtype, ours.attrs) == (theirs.dims, theirs.dtype, theirs.attrs)
        if theirs.dtype.kind in "biufc":
            assert isinstance(ours.data, data), type(ours.data)
        compare(ours.values, theirs.values)
    elif isinstance(theirs, Mapping):
        assert list(ours) == list(theirs)
        for name in theirs:
            check(ours[name], theirs[name], data)
    elif isinstance(theirs, list | tuple):
        assert len(ours) == len(theirs)
        for mine, yours in zip(ours, theirs):
            check(mine, yours, data)
    elif isinstance(theirs, pd.DataFrame):
        pd.testing.assert_frame_equal(ours, theirs)
    elif isinstance(theirs, pd.Series):
        pd.testing.assert_series_equal(ours, theirs)
    elif isinstance(theirs, np.ndarray):
        compare(np.asarray(ours), theirs)
    else:
        np.testing.assert_equal(ours, theirs)


def compare(ours: np.ndarray, theirs: np.ndarray) -> None:
    assert ours.dtype == theirs.dtype
    if theirs.dtype.kind in "fc":
        tolerance = 1e-5 if theirs.dtype.itemsize == 4 else 1e-12
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance / 100)
    elif theirs.dtype == object:  # words, and nan among them
        np.testing.assert_equal(ours.tolist(), theirs.tolist())
    else:
        np.testing.assert_array_equal(ours, theirs)


def run(name: str, array: Callable[[np.ndarray], Any]) -> Any:
    operation, given = OPERATIONS[name], samples(array)
    wanted = [each.name for each in inspect.signature(operation).parameters.values() if each.default is each.empty]
    return operation(**{each: given[each] for each in wanted})


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OPERATIONS)
def test_operations(name: str) -> None:
    becomes_numpy = any(name in names for names in BECOMES_NUMPY.values())
    check(run(name, xp.asarray), run(name, np.asarray), np.ndarray if becomes_numpy else xp.Array)


def test_number_of_operations() -> None:
    assert len(OPERATIONS) == sum(map(len, TABLES))  # no name is there twice
    assert len(OPERATIONS) >= 300
    assert {name for names in BECOMES_NUMPY.values() for name in names} <= set(OPERATIONS)


def test_text() -> None:
    assert "Array(" in repr(field(xp.ones((6, 4))))
    assert "field" in field(xp.ones((6, 4)))._repr_html_()
