"""scikit-learn with array_api_dispatch: estimators and metrics compute with our arrays, and give ours."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import sklearn
from sklearn import (
    decomposition,
    discriminant_analysis,
    linear_model,
    metrics,
    mixture,
    model_selection,
    naive_bayes,
    preprocessing,
)

import raptors_xp as xp

RNG = np.random.default_rng(4)
X = RNG.normal(size=(80, 5))
TARGET = X @ np.arange(5.0) + 0.1 * RNG.normal(size=80)
LABELS = (X[:, 0] + 0.3 * RNG.normal(size=80) > 0).astype("i8")

# Of data, a target, labels: what is fitted or computed.
OPERATIONS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "StandardScaler": lambda x, y, c: preprocessing.StandardScaler().fit_transform(x),
    "MinMaxScaler": lambda x, y, c: preprocessing.MinMaxScaler().fit_transform(x),
    "MaxAbsScaler": lambda x, y, c: preprocessing.MaxAbsScaler().fit_transform(x),
    "Normalizer": lambda x, y, c: preprocessing.Normalizer().fit_transform(x),
    "Binarizer": lambda x, y, c: preprocessing.Binarizer().fit_transform(x),
    "KernelCenterer": lambda x, y, c: preprocessing.KernelCenterer().fit_transform(x[:5]),
    "PolynomialFeatures": lambda x, y, c: preprocessing.PolynomialFeatures(2).fit_transform(x),
    "LabelEncoder": lambda x, y, c: preprocessing.LabelEncoder().fit_transform(c),
    "PCA, full": lambda x, y, c: abs(decomposition.PCA(2, svd_solver="full").fit_transform(x)),
    "PCA, covariance": lambda x, y, c: abs(decomposition.PCA(2, svd_solver="covariance_eigh").fit_transform(x)),
    "PCA, randomized": lambda x, y, c: abs(
        decomposition.PCA(2, svd_solver="randomized", power_iteration_normalizer="QR", random_state=0).fit_transform(x)
    ),
    "Ridge": lambda x, y, c: linear_model.Ridge(solver="svd").fit(x, y).coef_,
    "Ridge, predict": lambda x, y, c: linear_model.Ridge(solver="svd").fit(x, y).predict(x),
    "RidgeCV": lambda x, y, c: linear_model.RidgeCV().fit(x, y).coef_,
    "LDA": lambda x, y, c: discriminant_analysis.LinearDiscriminantAnalysis().fit(x, c).predict_proba(x),
    "GaussianNB": lambda x, y, c: naive_bayes.GaussianNB().fit(x, c).predict_proba(x),
    "GaussianMixture": lambda x, y, c: mixture.GaussianMixture(
        2, init_params="random", random_state=0, max_iter=3, tol=0.0
    ).fit(x).score_samples(x),
    "cross_val_predict": lambda x, y, c: model_selection.cross_val_predict(
        linear_model.Ridge(solver="svd"), x, y, cv=4
    ),
    "train_test_split": lambda x, y, c: model_selection.train_test_split(x, random_state=0)[0],
    "euclidean_distances": lambda x, y, c: metrics.pairwise.euclidean_distances(x),
    "cosine_similarity": lambda x, y, c: metrics.pairwise.cosine_similarity(x),
    "rbf_kernel": lambda x, y, c: metrics.pairwise.rbf_kernel(x),
    "linear_kernel": lambda x, y, c: metrics.pairwise.linear_kernel(x),
    "polynomial_kernel": lambda x, y, c: metrics.pairwise.polynomial_kernel(x),
    "chi2_kernel": lambda x, y, c: metrics.pairwise.additive_chi2_kernel(abs(x)),
    "r2_score": lambda x, y, c: metrics.r2_score(y, y + x[:, 0]),
    "mean_squared_error": lambda x, y, c: metrics.mean_squared_error(y, y + x[:, 0]),
    "mean_absolute_error": lambda x, y, c: metrics.mean_absolute_error(y, y + x[:, 0]),
    "max_error": lambda x, y, c: metrics.max_error(y, y + x[:, 0]),
    "accuracy_score": lambda x, y, c: metrics.accuracy_score(c, c[::-1]),
    "f1_score": lambda x, y, c: metrics.f1_score(c, c[::-1]),
    "confusion_matrix": lambda x, y, c: metrics.confusion_matrix(c, c[::-1]),
    "roc_curve": lambda x, y, c: metrics.roc_curve(c, x[:, 0])[0],
    "log_loss": lambda x, y, c: metrics.log_loss(c, 0.5 + 0.3 * (c - 0.5)),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _dispatch() -> Iterator[None]:
    with sklearn.config_context(array_api_dispatch=True):
        yield


@pytest.mark.filterwarnings("ignore:Best performing initialization did not converge")
@pytest.mark.parametrize("name", OPERATIONS)
def test_operations(name: str) -> None:
    ours = OPERATIONS[name](xp.asarray(X), xp.asarray(TARGET), xp.asarray(LABELS))
    with sklearn.config_context(array_api_dispatch=False):
        theirs = OPERATIONS[name](X, TARGET, LABELS)
    if isinstance(theirs, np.ndarray):
        assert isinstance(ours, xp.Array), type(ours)
    np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-7, atol=1e-9)


def test_float32_stays() -> None:
    scaled = preprocessing.StandardScaler().fit_transform(xp.asarray(X, dtype=xp.float32))
    assert scaled.dtype == np.float32


def test_a_pipeline_and_a_search() -> None:
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(preprocessing.StandardScaler(), linear_model.Ridge(solver="svd"))
    search = model_selection.GridSearchCV(pipeline, {"ridge__alpha": [0.1, 1.0]}, cv=3)
    search.fit(xp.asarray(X), xp.asarray(TARGET))
    assert search.best_params_ == {"ridge__alpha": 0.1}
    assert isinstance(search.predict(xp.asarray(X)), xp.Array)
