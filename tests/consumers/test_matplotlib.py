"""matplotlib: our arrays as data of plots."""

import matplotlib
import numpy as np

import raptors_xp as xp

matplotlib.use("agg")
from matplotlib import pyplot as plt


def test_plots() -> None:
    x = xp.linspace(0.0, 1.0, 20)
    image = xp.reshape(xp.arange(12.0), (3, 4))
    figure, axes = plt.subplots(2, 3)
    (line,) = axes[0, 0].plot(x, xp.sin(x))
    np.testing.assert_array_equal(line.get_xdata(), np.asarray(x))
    axes[0, 1].scatter(x, x**2, c=x)
    counts, _, _ = axes[0, 2].hist(x, bins=4)
    assert np.asarray(counts).sum() == 20
    shown = axes[1, 0].imshow(image)
    np.testing.assert_array_equal(shown.get_array(), np.asarray(image))
    axes[1, 1].bar(xp.arange(4), image[0])
    axes[1, 2].contourf(image)
    axes[0, 0].fill_between(x, x, 2 * x)
    figure.canvas.draw()
    plt.close(figure)
