"""Tests of libraries that are not installed everywhere are collected where they are; .ci/run installs them all."""

import os
from importlib.util import find_spec
from pathlib import Path

# Read when the libraries are imported, which any of the tests may do first.
os.environ["SCIPY_ARRAY_API"] = "1"  # scikit-learn asks for it too
os.environ["CUBED_BACKEND_ARRAY_API_MODULE"] = "raptors_xp"

# Files that need other modules than the one of their name.
NEEDS = {
    "test_torch.py": ["torch"],
    "test_sklearn.py": ["sklearn"],
    "test_dask.py": ["dask", "distributed"],
    "test_xarray.py": ["xarray", "bottleneck", "dask", "matplotlib", "scipy", "zarr"],
    "test_cubed.py": ["cubed", "zarr"],
    "test_scaling.py": ["cubed", "dask", "distributed", "zarr"],
}


def is_missing(path: Path) -> bool:
    needed = NEEDS.get(path.name, [path.stem.removeprefix("test_")])
    return any(find_spec(module) is None for module in needed)


collect_ignore = [path.name for path in Path(__file__).parent.glob("test_*.py") if is_missing(path)]
