"""array-api-compat: what it says of our arrays, and that it takes the namespace as it is."""

import array_api_compat as compat
import numpy as np

import raptors_xp as xp


def test_the_namespace_is_ours() -> None:
    x = xp.ones((2, 3))
    assert compat.array_namespace(x, xp.zeros(2), 1.0, None) is xp
    assert compat.is_array_api_obj(x)
    assert not compat.is_numpy_array(x)
    assert not compat.is_numpy_namespace(xp)
    assert not compat.is_lazy_array(x)
    assert compat.device(x) == "cpu"
    assert compat.to_device(x, "cpu") is x
    assert compat.size(x) == 6


def test_what_can_be_written() -> None:
    x = xp.ones((2, 3))
    assert compat.is_writeable_array(x)
    x[0] = 2.0
    assert np.asarray(x).flags.writeable
