"""Calls of SciPy, scikit-learn and xarray as people make them, with our arrays beside NumPy's: `bench --workloads`.

NumPy's arrays go the way that they go today (scikit-learn's dispatch is off for them), ours the way of the array API.
"""

import importlib
import os
import random
import sys
import warnings
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Final

import numpy

import raptors_xp
from raptors_xp._command.measuring import Patience, geometric_mean, interleave
from raptors_xp._command.reporting import Cell, Progress, Report, Table, UsageError, duration, require_modules

DTYPES: Final = ("float32", "float64")
SWITCH: Final = "SCIPY_ARRAY_API"
LIBRARIES: Final = ("scipy", "sklearn", "xarray")
# The threads of OpenBLAS look for more work for some 30 ms after a product, on the core of whoever comes next.
PAUSE: Final = 0.05
BURST: Final = 3
LOST: Final = 0.95  # below it a call has become slower, and not only noisier

# The operands, by dtype: tables of samples and features, labels and targets, long and short signals, an image, and
# numbers for functions of one, two and three arguments. Each expression names what it takes.
_SHAPES: Final[dict[str, tuple[int, ...]]] = {
    "table": (100_000, 50),
    "rows": (2000, 50),
    "target": (100_000,),
    "signal": (1 << 20,),
    "batch": (1000, 4096),
    "image": (1024, 1024),
    "stack": (20_000, 50),
    "u": (1_000_000,),
    "v": (1_000_000,),
    "w": (1_000_000,),
}

# Name and expression, in which sk(name) is a module of scikit-learn.
_SPECIAL: Final = (
    ("gammaln", "special.gammaln(u)"),
    ("gamma", "special.gamma(u)"),
    ("digamma", "special.digamma(u)"),
    ("erf", "special.erf(u)"),
    ("erfc", "special.erfc(u)"),
    ("erfinv", "special.erfinv(u)"),
    ("expit", "special.expit(u)"),
    ("logit", "special.logit(u)"),
    ("log_expit", "special.log_expit(u)"),
    ("entr", "special.entr(u)"),
    ("xlogy", "special.xlogy(u, v)"),
    ("xlog1py", "special.xlog1py(u, v)"),
    ("rel_entr", "special.rel_entr(u, v)"),
    ("ndtr", "special.ndtr(u)"),
    ("ndtri", "special.ndtri(u)"),
    ("log_ndtr", "special.log_ndtr(u)"),
    ("betainc", "special.betainc(u, v, w)"),
    ("gammainc", "special.gammainc(u, v)"),
    ("i0e", "special.i0e(u)"),
    ("j0", "special.j0(u)"),
    ("k0", "special.k0(u)"),
    ("exp1", "special.exp1(u)"),
)
_SCIPY: Final = (
    ("logsumexp", "special.logsumexp(table, axis=1)"),
    ("softmax", "special.softmax(table, axis=1)"),
    ("log_softmax", "special.log_softmax(table, axis=1)"),
    ("zscore", "stats.zscore(table, axis=0)"),
    ("skew", "stats.skew(table, axis=0)"),
    ("kurtosis", "stats.kurtosis(table, axis=0)"),
    ("moment", "stats.moment(table, order=3, axis=0)"),
    ("variation", "stats.variation(table, axis=0)"),
    ("sem", "stats.sem(table, axis=0)"),
    ("gmean", "stats.gmean(abs(table) + 1.0, axis=0)"),
    ("ttest_ind", "stats.ttest_ind(table[:half, :], table[half:, :], axis=0).statistic"),
    ("ttest_1samp", "stats.ttest_1samp(table, 0.1, axis=0).statistic"),
    ("f_oneway", "stats.f_oneway(table[:half, :], table[half:, :], axis=0).statistic"),
    ("pearsonr", "stats.pearsonr(u, v).statistic"),
    ("entropy", "stats.entropy(abs(table), axis=0)"),
    ("detrend", "signal.detrend(batch, axis=1)"),
    ("hilbert", "abs(signal.hilbert(batch, axis=1))"),
    ("fftconvolve", "signal.fftconvolve(image, image[:64, :64], mode='same')"),
    ("fft", "abs(fft.fft(long))"),
    ("rfft", "abs(fft.rfft(long))"),
    ("rfft of many", "abs(fft.rfft(batch, axis=1))"),
    ("fft2", "abs(fft.fft2(image))"),
    ("irfft", "fft.irfft(fft.rfft(batch, axis=1), axis=1)"),
    ("whiten", "vq.whiten(table)"),
    ("kmeans2", "vq.kmeans2(stack, stack[:8, :], iter=3, minit='matrix')[0]"),
    ("gaussian_filter", "ndimage.gaussian_filter(image, 2.0)"),
    ("trapezoid", "integrate.trapezoid(batch, axis=1)"),
    ("simpson", "integrate.simpson(batch, axis=1)"),
)
_RANDOMIZED: Final = "svd_solver='randomized', power_iteration_normalizer='QR'"
_FROM_ROWS: Final = "init_params='random', random_state=0, means_init=rows[:3, :]"
_SKLEARN: Final = (
    ("StandardScaler", "sk('preprocessing').StandardScaler().fit_transform(table)"),
    ("MinMaxScaler", "sk('preprocessing').MinMaxScaler().fit_transform(table)"),
    ("MaxAbsScaler", "sk('preprocessing').MaxAbsScaler().fit_transform(table)"),
    ("Normalizer", "sk('preprocessing').Normalizer().fit_transform(table)"),
    ("PolynomialFeatures", "sk('preprocessing').PolynomialFeatures(2).fit_transform(stack[:, :10])"),
    ("PCA, full", "sk('decomposition').PCA(8, svd_solver='full').fit(stack).explained_variance_"),
    ("PCA, covariance", "sk('decomposition').PCA(8, svd_solver='covariance_eigh').fit(table).explained_variance_"),
    ("PCA, randomized", f"sk('decomposition').PCA(4, {_RANDOMIZED}, random_state=0).fit(stack).explained_variance_"),
    ("Ridge", "sk('linear_model').Ridge(solver='svd').fit(table, target).coef_"),
    ("RidgeCV", "sk('linear_model').RidgeCV().fit(stack[:few, :], target[:few]).coef_"),
    ("LDA", "sk('discriminant_analysis').LinearDiscriminantAnalysis().fit(stack, labels[:count]).coef_"),
    ("GaussianNB", "sk('naive_bayes').GaussianNB().fit(table, labels).var_"),
    ("GaussianMixture", f"sk('mixture').GaussianMixture(3, {_FROM_ROWS}, max_iter=5, tol=0).fit(stack).means_"),
    ("euclidean_distances", "sk('metrics.pairwise').euclidean_distances(rows, rows[:1000, :] + 1.0)"),
    ("rbf_kernel", "sk('metrics.pairwise').rbf_kernel(rows, rows[:1000, :])"),
    ("polynomial_kernel", "sk('metrics.pairwise').polynomial_kernel(rows, rows[:1000, :])"),
    ("cosine_similarity", "sk('metrics.pairwise').cosine_similarity(rows, rows[:1000, :])"),
    ("r2_score", "sk('metrics').r2_score(table, table * 0.9)"),
    ("mean_squared_error", "sk('metrics').mean_squared_error(table, table * 0.9)"),
    ("accuracy_score", "sk('metrics').accuracy_score(labels, labels[::-1])"),
)
_XARRAY: Final = (
    ("standardise", "((named - named.mean('time')) / named.std('time')).data"),
    ("groupby mean", "named.groupby(group).mean().data"),
    ("rolling mean", "named[:2000].rolling(time=7).mean().data"),
    ("weighted mean", "named.weighted(weights).mean('time').data"),
    ("clip and sum", "named.clip(-1.0, 1.0).sum('place').data"),
)
GROUPS: Final = {"special": _SPECIAL, "scipy": _SCIPY, "sklearn": _SKLEARN, "xarray": _XARRAY}


@dataclass(frozen=True, slots=True)
class Workload:
    group: str
    name: str
    expression: str
    dtype: str

    @property
    def title(self) -> str:
        return f"{self.group} {self.name} {self.dtype}"


@dataclass(frozen=True, slots=True)
class Outcome:
    workload: Workload
    numpy: float  # seconds, a median
    ours: float
    wrong: str

    @property
    def ratio(self) -> float:
        return self.numpy / self.ours


def chosen(words: str | None) -> list[Workload]:
    """The workloads whose titles hold the words; UsageError if there are none."""
    every = [
        Workload(group, name, expression, dtype)
        for group, entries in GROUPS.items()
        for name, expression in entries
        for dtype in DTYPES
    ]
    found = [each for each in every if all(word in each.title.split() for word in (words or "").split())]
    if not found:
        raise UsageError(f"--rows {words!r} names no workload: use words of 'special erf float64', 'sklearn' ...")
    return found


def check_libraries() -> None:
    """Says what is missing before anything is measured; switches SciPy's dispatch on."""
    require_modules(LIBRARIES, "`pip install scipy scikit-learn xarray`")
    if os.environ.get(SWITCH, "0") in ("", "0"):
        if "scipy" in sys.modules:
            raise UsageError(f"SciPy was imported without {SWITCH}: set {SWITCH}=1 before")
        os.environ[SWITCH] = "1"


def names(library: Any, dtype: str) -> dict[str, object]:
    """The operands of one library and dtype, and the modules that expressions name."""
    generator = numpy.random.default_rng(0)
    found: dict[str, object] = {"abs": abs}

    def wrap(values: Any) -> Any:
        return values if library is numpy else library.asarray(values)

    for name, shape in _SHAPES.items():
        values = generator.uniform(0.05, 0.95, shape) if name in "uvw" else generator.normal(size=shape)
        found[name] = wrap(values.astype(dtype))
    table = numpy.asarray(found["table"])
    count = _SHAPES["stack"][0]
    found.update(long=found["signal"], half=len(table) // 2, count=count, few=min(count, 2000))
    found["labels"] = wrap((table[:, 0] > 0).astype("int64") + (table[:, 1] > 0.5))
    for name in ("fft", "integrate", "ndimage", "signal", "special", "stats"):
        found[name] = importlib.import_module(f"scipy.{name}")
    found["vq"] = importlib.import_module("scipy.cluster.vq")
    found["sk"] = lambda name: importlib.import_module(f"sklearn.{name}")
    config_context = importlib.import_module("sklearn").config_context
    found["dispatch"] = nullcontext if library is numpy else lambda: config_context(array_api_dispatch=True)
    data_array = importlib.import_module("xarray").DataArray
    found["named"] = data_array(found["stack"], dims=("time", "place"))
    found["group"] = data_array(numpy.arange(count) % 12, dims="time", name="month")
    found["weights"] = data_array(wrap(generator.random(count).astype(dtype)), dims="time")
    return found


def _result(workload: Workload, operands: Mapping[str, object]) -> Any:
    scope = dict(operands)
    exec(f"with dispatch(): result = {workload.expression}", scope)
    return scope["result"]


def fault(workload: Workload, ours: Any, theirs: Any) -> str:
    """What is wrong with our result; "" if nothing is."""
    expected, got = numpy.asarray(theirs), numpy.asarray(ours)
    if got.shape != expected.shape:
        return f"shape {got.shape}, and not {expected.shape}"
    bound = 2e-3 if workload.dtype == "float32" else 1e-7
    if not numpy.allclose(got, expected, rtol=bound, atol=bound, equal_nan=True):
        return f"differs by up to {numpy.nanmax(numpy.abs(got - expected)):.3g} from NumPy's"
    return ""


def workloads(words: str | None, patience: Patience, shuffler: random.Random) -> Report:
    rows = chosen(words)
    check_libraries()
    outcomes: list[Outcome] = []
    operands = {dtype: (names(numpy, dtype), names(raptors_xp, dtype)) for dtype in DTYPES}
    with warnings.catch_warnings(), Progress(len(rows)) as progress:
        warnings.simplefilter("ignore")
        for workload in rows:
            progress.start(workload.title)
            theirs, ours = operands[workload.dtype]
            wrong = fault(workload, _result(workload, ours), _result(workload, theirs))
            statement = f"with dispatch(): {workload.expression}"
            timings = interleave([(statement, theirs), (statement, ours)], patience, shuffler, burst=BURST, pause=PAUSE)
            outcomes.append(Outcome(workload, timings[0].median, timings[1].median, wrong))
            progress.finish(workload.title, "WRONG" if wrong else f"{outcomes[-1].ratio:.2f}x")
    return _table(outcomes), _figures(outcomes), not any(outcome.wrong for outcome in outcomes)


def _groups(outcomes: list[Outcome], of: Callable[[list[float]], object]) -> dict[str, object]:
    ratios: dict[str, list[float]] = {}
    for outcome in outcomes:
        ratios.setdefault(outcome.workload.group, []).append(outcome.ratio)
    return {group: of(found) for group, found in ratios.items()}


def _table(outcomes: list[Outcome]) -> Table:
    drawn = Table("calls of other libraries", ("library", "call", "dtype", "NumPy", "raptors_xp", "ratio", "check"), 3)
    for each in outcomes:
        style = "bold red" if each.ratio < LOST else "yellow" if each.ratio < 1 else "green"
        drawn.add(
            each.workload.group,
            each.workload.name,
            each.workload.dtype,
            duration(each.numpy),
            duration(each.ours),
            Cell(f"{each.ratio:.2f}x", style),
            Cell("WRONG", "bold red") if each.wrong else Cell("right", "green"),
        )
    means = ", ".join(f"{group} {mean:.2f}x" for group, mean in _groups(outcomes, geometric_mean).items())
    lost = [each.workload.title for each in outcomes if each.ratio < LOST]
    drawn.notes.append(f"geometric mean {geometric_mean([each.ratio for each in outcomes]):.2f}x ({means})")
    drawn.notes.append(f"{len(lost)} of {len(outcomes)} below {LOST}x{': ' if lost else ''}{', '.join(lost)}")
    drawn.notes += [f"WRONG: {each.workload.title} {each.wrong}" for each in outcomes if each.wrong]
    return drawn


def _figures(outcomes: list[Outcome]) -> dict[str, object]:
    return {
        "summary": {
            "calls": len(outcomes),
            "geometric_mean": geometric_mean([each.ratio for each in outcomes]),
            "by_library": _groups(outcomes, geometric_mean),
            "below": sum(each.ratio < LOST for each in outcomes),
            "wrong": sum(bool(each.wrong) for each in outcomes),
        },
        "workloads": [
            {
                "title": each.workload.title,
                "expression": each.workload.expression,
                "numpy_median": each.numpy,
                "ours_median": each.ours,
                "ratio": each.ratio,
                "wrong": each.wrong,
            }
            for each in outcomes
        ],
    }
