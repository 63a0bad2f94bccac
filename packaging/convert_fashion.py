"""Write resources/data/fashion.npz: the first 2,000 training images of Fashion-MNIST.

Run once, from a checkout, with the folder of the published files `train-images-idx3-ubyte` and
`train-labels-idx1-ubyte`, plain or gzipped::

    python packaging/convert_fashion.py FOLDER

The same NumPy and zlib write the same bytes: entries of the archive carry no time of day.
"""

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "resources" / "data" / "fashion.npz"
IMAGES = 2000
MEAN = 72.4043

sys.path.insert(0, str(ROOT))

from simulator.data.sources.fashion_mnist import FashionMnist  # noqa: E402 (found in the checkout)


def main() -> None:
    """Convert the images and save them without pickled objects."""
    held = FashionMnist(folder=sys.argv[1]).load(0)
    images, labels = held.features[:IMAGES], held.labels[:IMAGES].astype(np.uint8)
    assert images.shape == (IMAGES, 784) and images.dtype == np.uint8
    assert round(float(images.mean()), 4) == MEAN, "these are other images"
    assert labels[:10].tolist() == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]
    np.savez_compressed(TARGET, images=images, labels=labels, class_names=np.array(held.class_names))


if __name__ == "__main__":
    main()
