"""SciPy with our arrays: its array-API functions (SCIPY_ARRAY_API=1), its compiled ufuncs, and what reads buffers."""

import pickle
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


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", [name for name in dir(xp.special) if "soft" not in name and "sumexp" not in name])
def test_special_functions_are_scipys_on_all_cores(name: str) -> None:
    ufunc = getattr(special, name)
    ufunc = getattr(ufunc, "__wrapped__", ufunc)
    own = name in xp.special.__all__
    generator = np.random.default_rng(9)
    for dtype in ("f8", "f4"):
        for shape in ((20_000,), (200, 100), (3,)):
            arguments = [(generator.random(shape) * 3 + 0.1).astype(dtype) for _ in range(ufunc.nin)]
            try:
                theirs = ufunc(*arguments)
            except TypeError:  # of these dtypes there is no such function
                continue
            ours = getattr(xp.special, name)(*map(xp.asarray, arguments))
            assert isinstance(ours, xp.Array)
            assert ours.dtype == theirs.dtype
            bound = 8 * np.finfo(dtype).eps if own else 0
            np.testing.assert_allclose(np.asarray(ours), theirs, rtol=bound, atol=bound)
            if own:  # and SciPy's own ufunc of our arrays is ours
                np.testing.assert_array_equal(np.asarray(ufunc(*map(xp.asarray, arguments))), np.asarray(ours))


@pytest.mark.parametrize("name", ["softmax", "log_softmax", "logsumexp"])
@pytest.mark.parametrize("axis", [None, 0, -1, (0, 1)])
def test_special_functions_along_axes_are_scipys(name: str, axis: Any) -> None:
    x = np.random.default_rng(8).normal(size=(30, 40)) * 9
    compare(getattr(xp.special, name)(xp.asarray(x), axis=axis), getattr(special, name)(x, axis=axis))


def test_logsumexp_with_weights_is_scipys() -> None:
    x, b = np.random.default_rng(8).normal(size=(2, 30, 4))
    for options in ({"axis": 0}, {"axis": 1, "keepdims": True}, {"return_sign": True, "axis": 0}):
        ours, theirs = (
            function(wrap(x), b=wrap(b), **options)
            for function, wrap in ((xp.special.logsumexp, xp.asarray), (special.logsumexp, np.asarray))
        )
        for one, other in zip(ours, theirs) if "return_sign" in options else [(ours, theirs)]:
            compare(one, other)
    z = x + 1j * b
    compare(xp.special.logsumexp(xp.asarray(z), axis=0), special.logsumexp(z, axis=0))


def test_special_functions_of_scalars_broadcast_and_out() -> None:
    x = xp.asarray(np.abs(X))
    compare(xp.special.betaln(x, 0.5), special.betaln(np.abs(X), 0.5))
    compare(xp.special.betaln(x[:, :1], x[:1]), special.betaln(np.abs(X)[:, :1], np.abs(X)[:1]))
    out = xp.zeros((50, 4))
    assert xp.special.erf(x, out=out) is out
    compare(out, special.erf(np.abs(X)))
    assert "error function" in xp.special.erf.__doc__
    for name in ("erf", "gammaln"):
        same = pickle.loads(pickle.dumps(getattr(xp.special, name)))
        compare(same(x), getattr(special, name)(np.abs(X)))
    assert not hasattr(xp.special, "polygamma")


def test_sparse_matrices_times_ours() -> None:
    matrix = scipy.sparse.csr_array(np.eye(4) * 2.0)
    compare(matrix @ xp.asarray(X.T), 2 * X.T)
