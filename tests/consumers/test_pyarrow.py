"""pyarrow: arrays and tensors over our memory, and ours over theirs."""

import numpy as np
import pyarrow as pa

import raptors_xp as xp

X = np.random.default_rng(1).normal(size=(5, 3))


def test_both_ways() -> None:
    array = pa.array(np.asarray(xp.asarray(X[:, 0], copy=True)))
    np.testing.assert_array_equal(array.to_numpy(), X[:, 0])
    np.testing.assert_array_equal(np.asarray(xp.asarray(array.to_numpy())), X[:, 0])
    np.testing.assert_array_equal(np.asarray(xp.from_dlpack(array)), X[:, 0])
    x = xp.asarray(X, copy=True)
    tensor = pa.Tensor.from_numpy(np.asarray(x))
    np.testing.assert_array_equal(tensor.to_numpy(), X)
    assert pa.py_buffer(x).size == x.nbytes
