"""CIFAR-10, binary version: records of one label byte and 3,072 pixel bytes, one after the other, with no header."""

import numpy as np

from simulator.data.formats import cifar
from simulator.data.formats.cifar import Batch
from simulator.data.formats.faults import UNKNOWN, fault, looks_like, wrong_format
from simulator.message import N_

RECORD = 1 + cifar.PIXELS
BATCH = N_("a batch of CIFAR-10's binary version")


def read_batch(data: bytes, name: str) -> Batch:
    """Return the images of a batch file; `name` is what sentences call it."""
    head = data[:512]
    if (not head or head[0] >= cifar.CLASSES) and looks_like(head).text != UNKNOWN:
        raise wrong_format(name, BATCH, head)
    count, more = divmod(len(data), RECORD)
    if more:
        text = N_("{name} is cut short or damaged: image {number:,} has {more:,} of 3,073 bytes; download it again")
        raise fault(text, name=name, number=count + 1, more=more)
    cifar.check_count(count, name)
    records = np.frombuffer(data, np.uint8).reshape(count, RECORD)
    labels = records[:, 0].copy()
    wrong = np.flatnonzero(labels >= cifar.CLASSES)
    if wrong.size:
        raise cifar.wrong_label(name, int(labels[wrong[0]]), int(wrong[0]) + 1)
    return Batch(records[:, 1:], labels)


def read_names(data: bytes, name: str) -> tuple[str, ...]:
    """Return the class names of `batches.meta.txt`."""
    lines = data.decode("utf-8", "replace").splitlines()
    return cifar.check_names([line.strip() for line in lines if line.strip()], name)
