"""How arrays die: weak references to them, cycles through them, long chains of them. Nothing is left behind.

Weak references and what the garbage collector is told of are patched into mypyc's C, otherwise on every Python:
native/building/mypyc_c.py.
"""

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import raptors_xp as xp


@pytest.fixture
def frequent_collections() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(20)
    yield
    gc.set_threshold(*before)


def test_weak_references() -> None:
    dead: list[Any] = []
    x = xp.ones(3)
    reference = weakref.ref(x, dead.append)
    assert reference() is x
    gc.collect()
    assert reference() is x
    del x
    assert reference() is None
    assert dead == [reference]
    for _ in range(1000):
        y = xp.ones(1)
        weakref.ref(y)
        watched = weakref.finalize(y, dead.append, 1)
        del y
        assert not watched.alive
    assert len(dead) == 1001
    gc.collect()


def test_arrays_may_belong_to_dictionaries_of_weak_values() -> None:
    table: Any = weakref.WeakValueDictionary()
    arrays = [xp.asarray(number) for number in range(50)]
    for number, array in enumerate(arrays):
        table[number] = array
    assert int(table[7]) == 7
    del arrays, array
    gc.collect()
    assert len(table) == 0


def test_a_reference_without_and_one_with_callback_and_a_proxy() -> None:
    dead: list[Any] = []
    x = xp.ones(3)
    plain, proxy = weakref.ref(x), weakref.proxy(x)
    called = [weakref.ref(x, dead.append) for _ in range(3)]
    assert weakref.getweakrefcount(x) == 5
    assert plain is weakref.ref(x)
    assert proxy.shape == (3,)
    del called[1]
    del x
    assert dead == called[::-1]
    assert plain() is None
    with pytest.raises(ReferenceError):
        proxy.shape  # noqa: B018


def test_a_callback_that_fails_leaves_the_array_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[Any] = []
    monkeypatch.setattr("sys.unraisablehook", lambda failure: failures.append(failure.exc_type))
    x = xp.ones(3)
    reference = weakref.ref(x, lambda _: 1 // 0)
    del x
    assert reference() is None
    assert failures == [ZeroDivisionError]


def test_cycles_through_attributes_are_collected() -> None:
    dead: list[Any] = []
    x: Any = xp.ones(3)
    y: Any = xp.ones(4)
    x.other, y.other, y.holder = y, x, [y]
    references = [weakref.ref(each, dead.append) for each in (x, y)]
    del x, y
    assert references[0]() is not None
    gc.collect()
    assert [reference() for reference in references] == [None, None]
    assert len(dead) == 2


def test_an_array_that_is_used_survives_its_weak_references_in_a_cycle() -> None:
    x: Any = xp.ones(3)
    x.references = [weakref.ref(x) for _ in range(3)] + [weakref.proxy(x)]
    gc.collect()
    assert x.references[0]() is x
    assert x.references[3].shape == (3,)


def test_a_long_chain_of_arrays_dies_without_recursion() -> None:
    x: Any = None
    for _ in range(200_000):
        link: Any = xp.ones(1)
        link.before = x
        x = link
    last = weakref.ref(x)
    del x, link
    assert last() is None


@pytest.mark.parametrize("link", [memoryview, np.asarray, lambda x: memoryview(memoryview(x))])
def test_a_long_chain_of_borrowed_memory_dies_without_recursion(link: Callable[[Any], Any]) -> None:
    x = xp.ones(1)
    for _ in range(100_000):
        x = xp.asarray(link(x))
    last = weakref.ref(x)
    del x
    assert last() is None


def watch(array: Any, others: list[Any]) -> None:
    weakref.ref(array)
    weakref.finalize(array, int)
    array.others = others


def keep(array: Any, others: list[Any]) -> None:
    table: Any = weakref.WeakValueDictionary()
    table[1] = array
    array.table = table
    array.others = others


@pytest.mark.parametrize("use", [watch, keep])
def test_nothing_is_left_of_arrays_in_cycles(use: Callable[[Any, list[Any]], None]) -> None:
    def live() -> None:
        arrays = [xp.ones(2) for _ in range(100)]
        for array in arrays:
            use(array, arrays)

    def count() -> int:
        while gc.collect():
            pass
        return sum(isinstance(each, (xp.Array, weakref.ref, weakref.finalize)) for each in gc.get_objects())

    live()
    before = count()
    for _ in range(5):
        live()
    assert count() == before


@pytest.mark.usefixtures("frequent_collections")
def test_collections_while_threads_make_and_watch_arrays() -> None:
    dead: list[int] = []
    made = 3000

    def work(number: int) -> None:
        for index in range(made):
            x: Any = xp.ones(1)
            if index % 3 == 0:
                x.itself = x
            weakref.finalize(x, dead.append, number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gc.collect()
    assert sorted(dead) == [number for number in range(3) for _ in range(made)]
