"""NumPy's gufuncs, called directly, give the bits of the functions around them, also where they have other names."""

import subprocess
import sys
import threading
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp

DTYPES = ["float32", "float64", "complex64", "complex128"]
SQUARE: list[tuple[str, dict[str, Any]]] = [
    *[(name, {}) for name in ("cholesky", "det", "eigh", "eigvalsh", "inv", "slogdet", "svd")],
    ("svd", {"full_matrices": False}),
    ("qr", {}),
    ("qr", {"mode": "complete"}),
]
WITHOUT = """
import numpy
del numpy.linalg._umath_linalg
if hasattr(numpy.fft, "_pocketfft_umath"):
    del numpy.fft._pocketfft_umath
import raptors_xp as xp
matrix = xp.asarray([[4.0, 1.0], [1.0, 3.0]])
assert xp.linalg.inv(matrix).tolist() == numpy.linalg.inv([[4.0, 1.0], [1.0, 3.0]]).tolist()
assert xp.linalg.solve(matrix, matrix).tolist() == [[1.0, 0.0], [0.0, 1.0]]
assert [part.shape for part in xp.linalg.qr(matrix[:, :1], mode="complete")] == [(2, 2), (2, 1)]
assert xp.fft.irfft(xp.fft.rfft(matrix)).tolist() == [[4.0, 1.0], [1.0, 3.0]]
try:
    xp.linalg.inv(matrix * 0)
except numpy.linalg.LinAlgError as error:
    assert str(error).startswith("inv: the matrix x is singular"), error
else:
    raise AssertionError("a singular matrix has an inverse")
"""


def as_parts(result: Any) -> list[Any]:
    return [np.asarray(each) for each in (result if isinstance(result, tuple) else (result,))]


def hermitian(shape: tuple[int, ...], dtype: str) -> Any:
    """Positive definite matrices."""
    generator = np.random.default_rng(8)
    values = generator.random(shape) + (1j * generator.random(shape) if dtype[0] == "c" else 0)
    return (values + values.conj().swapaxes(-1, -2) + 3 * shape[-1] * np.eye(shape[-1])).astype(dtype)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(1, 1), (4, 4), (3, 5, 5), (2, 3, 2, 2), (40, 40)])
@pytest.mark.parametrize(("name", "options"), SQUARE)
def test_results_have_numpys_bits(name: str, options: Any, shape: tuple[int, ...], dtype: str) -> None:
    matrices = hermitian(shape, dtype)
    for values, ours in (
        (matrices, xp.asarray(matrices)),
        (matrices.swapaxes(-1, -2), xp.linalg.matrix_transpose(xp.asarray(matrices))),
    ):
        found = as_parts(getattr(xp.linalg, name)(ours, **options))
        with np.errstate(over="ignore"):  # of determinants in float32
            expected = as_parts(getattr(np.linalg, name)(values, **options))
        for ours_part, part in zip(found, expected, strict=True):
            assert ours_part.dtype == part.dtype
            np.testing.assert_array_equal(ours_part, part)
        np.testing.assert_array_equal(np.asarray(ours), values)  # what qr's gufunc overwrites is a copy


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (2, 4, 1), (2, 1, 4)])
@pytest.mark.parametrize("mode", ["reduced", "complete"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_qr_of_matrices_that_are_not_square(shape: tuple[int, ...], mode: Any, dtype: str) -> None:
    values = hermitian((*shape[:-2], 5, 5), dtype)[..., : shape[-2], : shape[-1]].copy()
    found = as_parts(xp.linalg.qr(xp.asarray(values), mode=mode))
    for ours, theirs in zip(found, as_parts(np.linalg.qr(values, mode=mode)), strict=True):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)


def test_read_only_matrices_are_read() -> None:
    values = hermitian((4, 4), "float64")
    values.flags.writeable = False
    array = xp.asarray(values, copy=False)
    np.testing.assert_array_equal(np.asarray(xp.linalg.inv(array)), np.linalg.inv(values))
    np.testing.assert_array_equal(np.asarray(xp.fft.rfft(array)), np.fft.rfft(values))
    for ours, theirs in zip(xp.linalg.qr(array), np.linalg.qr(values), strict=True):
        np.testing.assert_array_equal(np.asarray(ours), theirs)


@pytest.mark.parametrize("name", ["eig", "eigvals"])
@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_eigenvalues_of_what_is_not_finite(name: str, value: float) -> None:
    for dtype in DTYPES:
        with pytest.raises(np.linalg.LinAlgError, match=f"^{name}: the matrix x could not be decomposed"):
            getattr(xp.linalg, name)(xp.asarray([[1, 0], [0, value]], dtype=dtype))


def test_the_callers_treatment_of_errors_stays_and_does_not_matter() -> None:
    array = xp.asarray([[1.0, 2.0], [2.0, 4.0]])
    with np.errstate(all="raise"):
        before = np.geterr()
        with pytest.raises(np.linalg.LinAlgError, match=r"^inv: the matrix x is singular"):
            xp.linalg.inv(array)
        assert float(xp.linalg.det(array * 0)) == 0.0
        assert float(xp.linalg.slogdet(array * 0).logabsdet) == float("-inf")
        assert np.isnan(np.asarray(xp.linalg.det(array * float("nan"))))
        assert not np.isfinite(np.asarray(xp.fft.fft(array * 1e308))).all()
        assert np.isnan(np.asarray(xp.fft.fft(array * float("inf")))).any()
        assert np.geterr() == before


def test_threads_fail_and_succeed_beside_each_other() -> None:
    singular, good = xp.asarray([[1.0, 2.0], [2.0, 4.0]]), xp.asarray([[2.0, 0.0], [0.0, 4.0]])
    wrong: list[object] = []

    def work() -> None:
        for _ in range(200):
            try:
                xp.linalg.inv(singular)
                wrong.append("no error")
            except np.linalg.LinAlgError:
                pass
            result = xp.linalg.inv(good).tolist()
            if result != [[0.5, 0.0], [0.0, 0.25]]:
                wrong.append(result)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_without_the_private_names() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("n", [None, 1, 5, 6, 9, 67, 134])
@pytest.mark.parametrize("name", ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft"])
def test_transforms_that_are_numpys_have_its_bits(name: str, n: int | None, axis: int) -> None:
    """Of lengths with a prime factor above 61; hfft and ihfft of all. Others are close."""
    for dtype in ("float32", "float64") if name in ("rfft", "ihfft") else ("complex64", "complex128"):
        values = np.random.default_rng(3).random((6, 7)).astype(dtype)
        single = dtype in ("float32", "complex64")
        is_ours = n not in (67, 134) and name not in ("hfft", "ihfft")
        for source, ours in ((values, xp.asarray(values)), (values[::-1, ::2], xp.asarray(values)[::-1, ::2])):
            found = np.asarray(getattr(xp.fft, name)(ours, n=n, axis=axis))
            expected = getattr(np.fft, name)(source, n=n, axis=axis)
            # NumPy computes in double precision where it has an integer factor, NumPy 1 always.
            if is_ours or np.__version__[0] == "1" or (name in ("fft", "rfft") and single):
                tolerance = 1e-5 if single else 1e-13
                np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)
            else:
                assert found.dtype == expected.dtype
                np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("name", ["fftfreq", "rfftfreq"])
@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 512, 513, 1025, 100_003])
def test_frequencies_have_numpys_bits(name: str, n: int) -> None:
    for d in (1.0, 0.1, -0.3, 7, 1e-320, -1e308, float("inf"), float("-inf"), float("nan"), 5e-324):
        with np.errstate(all="ignore"):
            expected = getattr(np.fft, name)(n, d=d)
        found = np.asarray(getattr(xp.fft, name)(n, d=d))
        np.testing.assert_array_equal(found, expected)
        np.testing.assert_array_equal(np.signbit(found[found == 0]), np.signbit(expected[expected == 0]))
