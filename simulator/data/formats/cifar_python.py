"""CIFAR-10, python version: every batch a pickled dict of Python 2, read without unpickling."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats import cifar, pickled
from simulator.data.formats.cifar import Batch
from simulator.data.formats.faults import fault, shown
from simulator.data.formats.pickled import Made
from simulator.message import N_

BYTE_TYPES = ("u1", "|u1", "uint8", "B")


def read_batch(data: bytes, name: str, number: int) -> Batch:
    """Return the images of training batch `number`, counted from 1; `name` is what sentences call the file."""
    held = _dict(data, name)
    if "fine_labels" in held:
        raise fault(N_("{name} belongs to CIFAR-100, not to CIFAR-10; choose the right folder"), name=name)
    said = held.get("batch_label")
    if isinstance(said, str) and said != f"training batch {number} of {cifar.BATCHES}":
        text = N_("{name} says of itself '{said}': files have each other's names; rename them or download them again")
        raise fault(text, name=name, said=shown(said))
    labels = _labels(held.get("labels"), name)
    planes = _bytes_of(held.get("data"))
    if planes is None:
        text = N_("{name} has no 'data' of unsigned bytes, 3,072 an image; download it again")
        raise fault(text, name=name)
    if len(planes) != len(labels):
        text = N_("{name} has not as many labels ({labels:,}) as images ({images:,}); download it again")
        raise fault(text, name=name, images=len(planes), labels=len(labels))
    return Batch(planes, labels)


def read_names(data: bytes, name: str) -> tuple[str, ...]:
    """Return the class names of `batches.meta`."""
    names = _dict(data, name).get("label_names")
    if not isinstance(names, list) or len(names) > cifar.CLASSES:
        names = []
    return cifar.check_names([text for text in map(_text, names) if text is not None], name)


def _dict(data: bytes, name: str) -> dict[str, Any]:
    held = pickled.parse(data, name)
    if not isinstance(held, dict):
        raise fault(N_("{name} holds no named parts such as 'data' and 'labels'; download it again"), name=name)
    return {str(_text(key)): _text(value) if isinstance(value, bytes) else value for key, value in held.items()}


def _text(value: Any) -> str | None:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else None


def _labels(held: Any, name: str) -> NDArray[np.uint8]:
    if not isinstance(held, list):
        raise fault(N_("{name} has no list of 'labels'; download it again"), name=name)
    cifar.check_count(len(held), name)
    for number, label in enumerate(held, 1):
        if type(label) is not int or not 0 <= label < cifar.CLASSES:
            what = label if type(label) is int and abs(label) < 1e9 else "?"
            raise cifar.wrong_label(name, what, number)
    return np.array(held, np.uint8)


def _bytes_of(held: Any) -> NDArray[np.uint8] | None:
    """Return the array (n, 3072) that a pickle describes, or None if it describes something else."""
    match held:
        case Made(state=(_, shape, dtype, fortran, content)) if held.called.name == "_reconstruct":
            order = "F" if fortran else "C"
        case Made(arguments=(content, dtype, shape, order)) if held.called.name == "_frombuffer":
            pass
        case _:
            return None
    match dtype:
        case Made(arguments=(str(code), *_)) if dtype.called.name == "dtype" and code in BYTE_TYPES:
            pass
        case _:
            return None
    match content:
        case Made(arguments=(str(text), "latin1" | "latin-1")) if content.called.name == "encode":
            content = text
        case _:
            pass
    if isinstance(content, str):
        try:
            content = content.encode("latin-1")
        except UnicodeEncodeError:
            return None
    if not isinstance(content, bytes | bytearray):
        return None
    if shape != (len(content) // cifar.PIXELS, cifar.PIXELS) or len(content) % cifar.PIXELS:
        return None
    flat = np.frombuffer(content, np.uint8)
    if order == "F":
        return np.ascontiguousarray(flat.reshape(cifar.PIXELS, -1).T)
    return flat.reshape(-1, cifar.PIXELS)
