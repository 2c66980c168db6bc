"""The page of `bench --all --html` in a headless Chromium: what stands in it when styles and plots are drawn."""

import importlib
import subprocess
from pathlib import Path

import numpy
import pytest

from raptors_xp.__main__ import main
from tests.browser.conftest import find_browser

WIDTH, HEIGHT = 1200, 900


def browse(*options: str) -> str:
    browser = find_browser()
    assert browser is not None
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *options]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "all.html"
    words = "--only", "utility", "--sizes", "16,1000", "--rounds", "2"
    assert main(["bench", "--all", *words, "--html", str(file)]) == 0
    return file


def test_the_page_is_rendered(page: Path, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    browse(f"--screenshot={picture}", f"--window-size={WIDTH},{HEIGHT}", page.as_uri())
    image = importlib.import_module("matplotlib.image").imread(picture)
    assert image.shape[:2] == (HEIGHT, WIDTH)
    shades = numpy.unique((image[..., :3] * 255).astype(int).reshape(-1, 3), axis=0)
    assert len(shades) > 50  # text, tables and plots, and not an empty page


def test_what_it_shows_is_there(page: Path) -> None:
    text = browse("--dump-dom", page.as_uri())
    assert text.count("<svg") == 2
    assert text.count("<tr>") >= 2 + 1 + 18
    assert "18 cases" in text
