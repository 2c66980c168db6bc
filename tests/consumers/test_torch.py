"""torch: its tensors and our arrays over the same memory, both ways."""

import numpy as np
import pytest
import torch
from against_numpy import same

import raptors_xp as xp


@pytest.mark.parametrize("name", ["bool", "int8", "int32", "int64", "uint8", "float32", "float64", "complex64"])
def test_the_same_memory_both_ways(name: str) -> None:
    x = xp.asarray([[0, 1, 1], [1, 0, 1]], dtype=getattr(xp, name))
    tensor = torch.from_dlpack(x)
    assert tensor.data_ptr() == x._memory.address
    np.testing.assert_array_equal(tensor.numpy(), np.asarray(x))
    same(xp.from_dlpack(tensor), np.asarray(x))
    same(xp.asarray(tensor), np.asarray(x))
    same(xp.asarray(tensor.T), np.asarray(x).T)
    tensor[0, 0] = 1
    assert x[0, 0] == 1
    assert xp.from_dlpack(tensor)._memory.address == x._memory.address
    assert torch.asarray(np.asarray(x)).data_ptr() == x._memory.address


def test_refusals() -> None:
    with pytest.raises(BufferError, match="dtype"):
        xp.from_dlpack(torch.ones(2, dtype=torch.bfloat16))
    with pytest.raises(TypeError, match="DLPack"):
        xp.asarray(torch.ones(2, dtype=torch.bfloat16))
    tensor = torch.ones(3, requires_grad=True)
    with pytest.raises((BufferError, TypeError)):
        xp.asarray(tensor)
