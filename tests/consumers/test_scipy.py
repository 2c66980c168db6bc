"""SciPy with our arrays: its array-API functions (SCIPY_ARRAY_API=1), its compiled ufuncs, and what reads buffers."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy
from scipy import fft, integrate, linalg, ndimage, optimize, signal, spatial, special, stats

import raptors_xp as xp

RNG = np.random.default_rng(2)
X = RNG.normal(size=(50, 4))
Y = RNG.normal(size=(50, 4)) + 0.5 * X
P = RNG.random((50, 4)) * 0.9 + 0.05

OPERATIONS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "zscore": lambda x, y, p: stats.zscore(x, axis=0),
    "skew": lambda x, y, p: stats.skew(x, axis=0),
    "kurtosis": lambda x, y, p: stats.kurtosis(x, axis=0),
    "moment": lambda x, y, p: stats.moment(x, 3, axis=0),
    "gmean": lambda x, y, p: stats.gmean(p, axis=0),
    "hmean": lambda x, y, p: stats.hmean(p),
    "pmean": lambda x, y, p: stats.pmean(p, 2.0, axis=1),
    "tmean": lambda x, y, p: stats.tmean(x, (-1, 1)),
    "variation": lambda x, y, p: stats.variation(p, axis=0),
    "sem": lambda x, y, p: stats.sem(x),
    "ttest_ind": lambda x, y, p: stats.ttest_ind(x, y).statistic,
    "ttest_1samp": lambda x, y, p: stats.ttest_1samp(x, 0.1).pvalue,
    "ttest_rel": lambda x, y, p: stats.ttest_rel(x, y).pvalue,
    "pearsonr": lambda x, y, p: stats.pearsonr(x[:, 0], y[:, 0]).statistic,
    "pearsonr along an axis": lambda x, y, p: stats.pearsonr(x, y, axis=0).pvalue,
    "bartlett": lambda x, y, p: stats.bartlett(x[:, 0], y[:, 0]).statistic,
    "normaltest": lambda x, y, p: stats.normaltest(x).pvalue,
    "jarque_bera": lambda x, y, p: stats.jarque_bera(x, axis=0).statistic,
    "chisquare": lambda x, y, p: stats.chisquare(p).pvalue,
    "entropy": lambda x, y, p: stats.entropy(p),
    "differential_entropy": lambda x, y, p: stats.differential_entropy(x, axis=0),
    "quantile": lambda x, y, p: stats.quantile(x, 0.3),
    "logsumexp": lambda x, y, p: special.logsumexp(x, axis=1),
    "softmax": lambda x, y, p: special.softmax(x, axis=1),
    "log_softmax": lambda x, y, p: special.log_softmax(x),
    "expit": lambda x, y, p: special.expit(x),
    "logit": lambda x, y, p: special.logit(p),
    "erf": lambda x, y, p: special.erf(x),
    "gammaln": lambda x, y, p: special.gammaln(p),
    "xlogy": lambda x, y, p: special.xlogy(p, p),
    "entr": lambda x, y, p: special.entr(p),
    "rel_entr": lambda x, y, p: special.rel_entr(p, p + 1),
    "ndtri": lambda x, y, p: special.ndtri(p),
    "betainc": lambda x, y, p: special.betainc(p + 1, p + 2, p),
    "jv, which SciPy does not dispatch": lambda x, y, p: special.jv(1.0, x),
    "fft": lambda x, y, p: fft.fft(x, axis=0),
    "rfft": lambda x, y, p: fft.rfft(x, axis=0),
    "ifftn": lambda x, y, p: fft.ifftn(x),
    "dct": lambda x, y, p: fft.dct(x, axis=0),
    "detrend": lambda x, y, p: signal.detrend(x, axis=0),
    "hilbert": lambda x, y, p: signal.hilbert(x, axis=0),
    "convolve": lambda x, y, p: signal.convolve(x, y, mode="same"),
    "fftconvolve": lambda x, y, p: signal.fftconvolve(x, y),
    "sosfilt": lambda x, y, p: signal.sosfilt(np.asarray([[1.0, 0.5, 0, 1, -0.2, 0]]), np.asarray(x), axis=0),
    "gaussian_filter": lambda x, y, p: ndimage.gaussian_filter(x, 1.0),
    "uniform_filter": lambda x, y, p: ndimage.uniform_filter(x, 3),
    "median_filter": lambda x, y, p: ndimage.median_filter(x, 3),
    "sobel": lambda x, y, p: ndimage.sobel(x),
    "zoom": lambda x, y, p: ndimage.zoom(x, 2),
    "label": lambda x, y, p: ndimage.label(x > 0)[0],
    "simpson": lambda x, y, p: integrate.simpson(x, axis=0),
    "trapezoid": lambda x, y, p: integrate.trapezoid(x, axis=0),
    "cumulative_trapezoid": lambda x, y, p: integrate.cumulative_trapezoid(x, axis=0),
    "rotation": lambda x, y, p: spatial.transform.Rotation.from_rotvec(x[:, :3]).as_quat(),
    "det": lambda x, y, p: linalg.det(x.T @ x),
    "rosen": lambda x, y, p: optimize.rosen(x),
}


def compare(ours: Any, theirs: Any) -> None:
    np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-9, atol=1e-11)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", OPERATIONS)
def test_operations(name: str) -> None:
    ours = OPERATIONS[name](*[xp.asarray(each, copy=True) for each in (X, Y, P)])
    theirs = OPERATIONS[name](X, Y, P)
    if name not in ("sosfilt", "det"):  # which were given, or give, NumPy's
        assert isinstance(ours, xp.Array), type(ours)
        assert ours.dtype == np.asarray(theirs).dtype
    compare(ours, theirs)


def test_the_answers_of_solvers_are_right() -> None:
    root = optimize.elementwise.find_root(lambda x: x**2 - 2, (xp.asarray([0.0, 1.0]), xp.asarray([5.0, 2.0])))
    assert isinstance(root.x, xp.Array)
    compare(root.x, [np.sqrt(2)] * 2)
    area = integrate.tanhsinh(lambda x: xp.exp(-(x**2)), xp.asarray(-np.inf), xp.asarray(np.inf))
    assert isinstance(area.integral, xp.Array)
    compare(area.integral, np.sqrt(np.pi))
    minimum = optimize.minimize(lambda x: float(xp.sum((xp.asarray(x) - 3) ** 2)), np.zeros(3))
    np.testing.assert_allclose(minimum.x, 3.0, atol=1e-5)


def test_compiled_code_writes_into_our_memory() -> None:
    out = xp.zeros((50, 4))
    assert special.erf(xp.asarray(X), out=out) is out
    compare(out, special.erf(X))
    filtered = xp.zeros((50, 4))
    ndimage.gaussian_filter(np.asarray(xp.asarray(X)), 1.0, output=np.asarray(filtered))
    compare(filtered, ndimage.gaussian_filter(X, 1.0))


def test_sparse_matrices_times_ours() -> None:
    matrix = scipy.sparse.csr_array(np.eye(4) * 2.0)
    compare(matrix @ xp.asarray(X.T), 2 * X.T)
