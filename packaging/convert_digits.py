"""Write resources/data/digits.npz from scikit-learn's copy of the optdigits test set.

Run once, in a throw-away virtual environment with scikit-learn; the program itself does not need it::

    python packaging/convert_digits.py

The same NumPy and zlib write the same bytes: entries of the archive carry no time of day.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits  # type: ignore[import-not-found]

TARGET = Path(__file__).resolve().parents[1] / "resources" / "data" / "digits.npz"
HIGHEST_GREY = 16


def main() -> None:
    """Convert the 1,797 pictures to uint8 and save them without pickled objects."""
    digits = load_digits()
    images = digits.data.astype(np.uint8)
    labels = digits.target.astype(np.uint8)
    assert images.shape == (1797, 64) and images.max() == HIGHEST_GREY
    assert np.array_equal(images, digits.data), "a grey level is not a whole number"
    assert labels.shape == (1797,) and sorted(set(labels.tolist())) == list(range(10))
    class_names = np.array([str(digit) for digit in range(10)])
    np.savez_compressed(TARGET, images=images, labels=labels, class_names=class_names)


if __name__ == "__main__":
    main()
