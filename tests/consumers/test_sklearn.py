"""scikit-learn with array_api_dispatch: estimators and metrics compute with our arrays, and give ours."""

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import sklearn
import sklearn.experimental.enable_halving_search_cv
from sklearn import (
    calibration,
    cluster,
    decomposition,
    discriminant_analysis,
    ensemble,
    feature_selection,
    gaussian_process,
    impute,
    kernel_approximation,
    kernel_ridge,
    linear_model,
    metrics,
    mixture,
    model_selection,
    naive_bayes,
    neighbors,
    neural_network,
    pipeline,
    preprocessing,
    svm,
    utils,
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
    "RidgeClassifier": lambda x, y, c: linear_model.RidgeClassifier(solver="svd").fit(x, c).predict(x),
    "RidgeClassifierCV": lambda x, y, c: linear_model.RidgeClassifierCV().fit(x, c).decision_function(x),
    "LogisticRegression": lambda x, y, c: linear_model.LogisticRegression().fit(x, c).predict_proba(x),
    "PoissonRegressor": lambda x, y, c: linear_model.PoissonRegressor().fit(x, abs(y)).predict(x),
    "Nystroem": lambda x, y, c: kernel_approximation.Nystroem(n_components=5, random_state=0).fit_transform(x),
    "LabelBinarizer": lambda x, y, c: preprocessing.LabelBinarizer().fit_transform(c),
    "CalibratedClassifierCV": lambda x, y, c: calibration.CalibratedClassifierCV(
        discriminant_analysis.LinearDiscriminantAnalysis(), method="temperature", cv=3
    ).fit(x, c).predict_proba(x),
    "FeatureUnion": lambda x, y, c: pipeline.make_union(
        preprocessing.StandardScaler(), preprocessing.MinMaxScaler()
    ).fit_transform(x),
    "cross_val_score": lambda x, y, c: model_selection.cross_val_score(linear_model.Ridge(solver="svd"), x, y).tolist(),
    "learning_curve": lambda x, y, c: model_selection.learning_curve(
        linear_model.Ridge(solver="svd"), x, y, cv=3
    )[2].tolist(),
    "resample": lambda x, y, c: utils.resample(x, c, random_state=0)[1],
    "unique_labels": lambda x, y, c: utils.multiclass.unique_labels(c),
    "type_of_target": lambda x, y, c: [utils.multiclass.type_of_target(each) for each in (y, c, c > 0)] == [
        "continuous", "binary", "binary"
    ],
    "randomized_svd": lambda x, y, c: utils.extmath.randomized_svd(
        x, 2, power_iteration_normalizer="QR", random_state=0
    )[1],
    "softmax": lambda x, y, c: utils.extmath.softmax(x),
    "cross_val_predict": lambda x, y, c: model_selection.cross_val_predict(
        linear_model.Ridge(solver="svd"), x, y, cv=4
    ),
    "train_test_split": lambda x, y, c: model_selection.train_test_split(x, random_state=0)[0],
}  # fmt: skip

# Metrics by what they take: targets above 0; labels; labels and scores from 0 to 1; rows of two arrays; rows, labels.
METRICS: list[tuple[str, Callable[[Any, Any, Any], tuple[Any, ...]]]] = [
    (
        """
        r2_score mean_squared_error mean_absolute_error max_error root_mean_squared_error mean_squared_log_error
        root_mean_squared_log_error median_absolute_error mean_absolute_percentage_error mean_pinball_loss
        explained_variance_score mean_tweedie_deviance mean_poisson_deviance mean_gamma_deviance d2_tweedie_score
        d2_absolute_error_score d2_pinball_score
        """,
        lambda x, y, c: (abs(y) + 0.1, abs(y + x[:, 0]) + 0.2),
    ),
    (
        """
        accuracy_score balanced_accuracy_score cohen_kappa_score confusion_matrix f1_score hamming_loss jaccard_score
        matthews_corrcoef multilabel_confusion_matrix precision_score recall_score zero_one_loss
        precision_recall_fscore_support classification_report
        """,
        lambda x, y, c: (c, c[::-1]),
    ),
    (
        """
        average_precision_score brier_score_loss confusion_matrix_at_thresholds d2_brier_score d2_log_loss_score
        det_curve log_loss precision_recall_curve roc_auc_score roc_curve
        """,
        lambda x, y, c: (c, abs(x[:, 1]) / 5),
    ),
    (
        """
        pairwise.additive_chi2_kernel pairwise.chi2_kernel pairwise.cosine_distances pairwise.cosine_similarity
        pairwise.euclidean_distances pairwise.laplacian_kernel pairwise.linear_kernel pairwise.manhattan_distances
        pairwise.paired_cosine_distances pairwise.paired_euclidean_distances pairwise.paired_manhattan_distances
        pairwise.polynomial_kernel pairwise.rbf_kernel pairwise.sigmoid_kernel pairwise_distances
        pairwise_distances_argmin pairwise_distances_argmin_min pairwise_kernels
        """,
        lambda x, y, c: (abs(x), abs(x[::-1]) + 1),
    ),
    ("calinski_harabasz_score davies_bouldin_score", lambda x, y, c: (x, c)),
]


def _metric(name: str, data: Callable[[Any, Any, Any], tuple[Any, ...]]) -> Callable[[Any, Any, Any], Any]:
    return lambda x, y, c: operator.attrgetter(name)(metrics)(*data(x, y, c))


OPERATIONS |= {name: _metric(name, data) for names, data in METRICS for name in names.split()}


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
    compare(ours, theirs)


def compare(ours: Any, theirs: Any) -> None:
    if isinstance(theirs, tuple):
        assert len(ours) == len(theirs)
        for mine, due in zip(ours, theirs):
            compare(mine, due)
        return
    if isinstance(theirs, np.ndarray):
        assert isinstance(ours, xp.Array), type(ours)
        assert ours.dtype == theirs.dtype
    if theirs is None or isinstance(theirs, str):
        assert ours == theirs
    else:
        np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-7, atol=1e-9)


def test_float32_stays() -> None:
    scaled = preprocessing.StandardScaler().fit_transform(xp.asarray(X, dtype=xp.float32))
    assert scaled.dtype == np.float32


def test_namespaces_mix() -> None:
    x, y = xp.asarray(X), xp.asarray(TARGET)
    for fitted in (linear_model.Ridge(solver="svd").fit(x, TARGET), linear_model.Ridge(solver="svd").fit(x, y)):
        assert isinstance(fitted.coef_, xp.Array)
        predicted = fitted.predict(x)
        assert metrics.r2_score(TARGET, predicted) == metrics.r2_score(y, predicted) > 0.9
    assert isinstance(linear_model.Ridge(solver="svd").fit(X, y).coef_, np.ndarray)


# Without dispatch, and where scikit-learn computes in Cython, it makes ndarrays of our arrays.
WITHOUT: dict[str, Callable[[Any, Any, Any], Any]] = {
    "RandomForestClassifier": lambda x, y, c: ensemble.RandomForestClassifier(5, random_state=0).fit(x, c).predict(x),
    "HistGradientBoosting": lambda x, y, c: ensemble.HistGradientBoostingRegressor(max_iter=3).fit(x, y).predict(x),
    "KMeans": lambda x, y, c: cluster.KMeans(3, random_state=0).fit(x, sample_weight=abs(y)).transform(x),
    "DBSCAN": lambda x, y, c: cluster.DBSCAN(2.0).fit_predict(x),
    "SVC": lambda x, y, c: svm.SVC().fit(x, c).decision_function(x),
    "LinearSVC": lambda x, y, c: svm.LinearSVC(random_state=0).fit(x, c).coef_,
    "KNeighbors": lambda x, y, c: neighbors.KNeighborsRegressor().fit(x, y).predict(x),
    "Lasso": lambda x, y, c: linear_model.Lasso(0.1).fit(x, y).coef_,
    "SGD": lambda x, y, c: linear_model.SGDClassifier(random_state=0).fit(x, c, sample_weight=abs(y)).coef_,
    "MLP": lambda x, y, c: neural_network.MLPRegressor(max_iter=3, random_state=0).fit(x, y).predict(x),
    "NMF": lambda x, y, c: decomposition.NMF(2, init="nndsvda", random_state=0, max_iter=20).fit_transform(abs(x)),
    "GaussianProcess": lambda x, y, c: gaussian_process.GaussianProcessRegressor(optimizer=None).fit(x, y).predict(x),
    "KernelRidge": lambda x, y, c: kernel_ridge.KernelRidge().fit(x, y).predict(x),
    "OneHotEncoder": lambda x, y, c: preprocessing.OneHotEncoder(sparse_output=False).fit_transform(c[:, None]),
    "SimpleImputer": lambda x, y, c: impute.SimpleImputer().fit_transform(x),
    "SelectKBest": lambda x, y, c: feature_selection.SelectKBest(k=2).fit_transform(x, c),
    "StratifiedKFold": lambda x, y, c: next(iter(model_selection.StratifiedKFold(3).split(x, c)))[0],
}


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer", "ignore:Maximum number of iterations")
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", WITHOUT)
def test_without_dispatch(name: str, dtype: str) -> None:
    x, y = X.astype(dtype), TARGET.astype(dtype)
    with sklearn.config_context(array_api_dispatch=False):
        ours = WITHOUT[name](xp.asarray(x), xp.asarray(y), xp.asarray(LABELS))
        theirs = WITHOUT[name](x, y, LABELS)
    np.testing.assert_allclose(np.asarray(ours), theirs, rtol=1e-7 if dtype == "float64" else 1e-4, atol=1e-9)


def test_kernel_ridge_with_dispatch() -> None:
    """It adds to the diagonal through `flat`, whatever the namespace."""
    found = kernel_ridge.KernelRidge().fit(xp.asarray(X), xp.asarray(TARGET)).predict(xp.asarray(X))
    assert isinstance(found, xp.Array)
    np.testing.assert_allclose(np.asarray(found), kernel_ridge.KernelRidge().fit(X, TARGET).predict(X))


def test_a_pipeline_and_a_search() -> None:
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(preprocessing.StandardScaler(), linear_model.Ridge(solver="svd"))
    search = model_selection.GridSearchCV(pipeline, {"ridge__alpha": [0.1, 1.0]}, cv=3)
    search.fit(xp.asarray(X), xp.asarray(TARGET))
    assert search.best_params_ == {"ridge__alpha": 0.1}
    assert isinstance(search.predict(xp.asarray(X)), xp.Array)
    ridge, alphas = linear_model.Ridge(solver="svd"), {"alpha": [0.1, 1.0]}
    for search in (
        model_selection.RandomizedSearchCV(ridge, alphas, n_iter=2, cv=3),
        model_selection.HalvingGridSearchCV(ridge, alphas, cv=3),
        model_selection.HalvingRandomSearchCV(ridge, alphas, n_candidates=2, min_resources=30, cv=3),
    ):
        search.fit(xp.asarray(X), xp.asarray(TARGET))
        assert search.best_params_ == {"alpha": 0.1}
        assert isinstance(search.predict(xp.asarray(X)), xp.Array)
