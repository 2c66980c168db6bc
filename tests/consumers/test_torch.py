"""torch: its tensors and our arrays over the same memory, both ways."""

import numpy as np
import pytest
import torch
from against_numpy import same

import raptors_xp as xp
from raptors_xp import _native


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


def test_exchange_without_python_calls_both_ways() -> None:
    tensor = torch.arange(6.0).reshape(2, 3)
    assert _native.exchange(tensor) is not None
    same(xp.from_dlpack(tensor), tensor.numpy())
    shared = xp.from_dlpack(tensor[:, ::2])
    tensor[1, 2] = -1
    same(shared, tensor[:, ::2].numpy())
    copied = xp.from_dlpack(tensor, copy=True)
    tensor[0, 0] = 7
    assert copied[0, 0] == 0
    for kind in (torch.ones(2, dtype=torch.bfloat16), torch.eye(2).to_sparse(), torch.nn.Parameter(torch.ones(2)), 1):
        assert _native.exchange(kind) is None  # __dlpack__ says why, or does it


def test_tensors_that_are_not_what_is_in_their_memory() -> None:
    z = torch.tensor([1 + 2j, 3 - 4j])
    for tensor in (z.conj(), z.conj().imag, torch.ones(2, requires_grad=True)):
        with pytest.raises(BufferError):
            xp.from_dlpack(tensor)
    same(xp.from_dlpack(z.conj().resolve_conj()), z.conj().resolve_conj().numpy())


def test_refusals() -> None:
    with pytest.raises(BufferError, match="dtype"):
        xp.from_dlpack(torch.ones(2, dtype=torch.bfloat16))
    with pytest.raises(TypeError, match="DLPack"):
        xp.asarray(torch.ones(2, dtype=torch.bfloat16))
    tensor = torch.ones(3, requires_grad=True)
    with pytest.raises((BufferError, TypeError)):
        xp.asarray(tensor)
