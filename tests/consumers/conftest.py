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
    "test_threadpoolctl.py": ["threadpoolctl", "dask"],
    "test_workloads.py": ["scipy", "sklearn", "xarray"],
}
# The others are named after a library of the extra `consumers`; one that is not would never be collected.
DECLARED = (Path(__file__).parents[2] / "pyproject.toml").read_text()


def is_missing(path: Path) -> bool:
    library = path.stem.removeprefix("test_")
    if path.name not in NEEDS and f'"{library.replace("_", "-")}' not in DECLARED:
        raise RuntimeError(
            f"{path.name} is named after no library of the extra `consumers`: name what it needs in NEEDS"
        )
    needed = NEEDS.get(path.name, [library])
    return any(find_spec(module) is None for module in needed)


collect_ignore = [path.name for path in Path(__file__).parent.glob("test_*.py") if is_missing(path)]
