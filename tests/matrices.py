"""What the tests of linear algebra share: matrices of every dtype and layout, and comparisons. No tests here."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

import raptors_xp as xp

FLOATING = ["float32", "float64", "complex64", "complex128"]
STACKS = [(), (2, 0), (2, 3)]


def draw_matrices(data: st.DataObject, shape: tuple[int, ...], names: list[str] = FLOATING) -> np.ndarray:
    """Well-conditioned where square: whole numbers beside a large diagonal; any layout, read-only too."""
    name = data.draw(st.sampled_from(names))
    generator = np.random.default_rng(data.draw(st.integers(0, 99)))
    a = generator.integers(-3, 4, shape).astype("complex128" if name.startswith("complex") else "float64")
    if name.startswith("complex"):
        a = a + 1j * generator.integers(-3, 4, shape)
    if len(shape) > 1 and shape[-1] == shape[-2]:
        a = a + 9 * np.eye(shape[-1])
    if name.startswith("uint") or name == "bool":
        a = np.abs(a)
    a = a.astype(name)
    layout = data.draw(st.integers(0, 4))
    if layout == 1:
        a = np.asfortranarray(a)
    elif layout == 2 and len(shape) > 1:
        a = np.repeat(a, 2, axis=-1)[..., ::2]
    elif layout == 3 and len(shape) > 1:
        a = a[..., ::-1, ::-1].copy()[..., ::-1, ::-1]
    elif layout == 4:
        a.flags.writeable = False
    return a


def close(ours: Any, theirs: Any, dtype: str | None = None) -> None:
    """Asserts shape, dtype and elements, up to rounding."""
    assert isinstance(ours, xp.Array)
    theirs = np.asarray(theirs)
    assert ours.dtype.name == (dtype or theirs.dtype.name)
    assert ours.shape == theirs.shape
    tolerance = 2e-4 if ours.dtype.name in ("float32", "complex64") else 1e-10
    np.testing.assert_allclose(np.asarray(ours), theirs, rtol=tolerance, atol=tolerance)


def adjoint(x: xp.Array[Any]) -> np.ndarray:
    return np.conj(np.swapaxes(np.asarray(x), -1, -2))


def real_name(name: str) -> str:
    return {"complex64": "float32", "complex128": "float64"}.get(name, name)


def complex_name(name: str) -> str:
    return {"float32": "complex64", "float64": "complex128"}.get(name, name)
