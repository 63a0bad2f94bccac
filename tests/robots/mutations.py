"""Ways of spoiling bytes and documents, each from a seeded generator."""

import json
import random
from typing import Any

TEXTS = ("", "<img src=x>", "\ud800", "x" * 5000, "š\n\0", "csv_file", "network.0.units")
NUMBERS = (-1, 0, 1e308, -1e-320, float("nan"), float("inf"), 10**400, 2**63, 1.5, True, 10_000_000)
STEPS = 3


def spoilt_bytes(data: bytes, chance: random.Random) -> bytes:
    """Return `data` cut, flipped, overwritten, doubled or replaced."""
    at, size = chance.randrange(max(len(data), 1)), chance.choice((1, 8, 200, 4000))
    match chance.randrange(8):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + bytes(byte ^ (1 << chance.randrange(8)) for byte in data[at : at + 1]) + data[at + 1 :]
        case 2:
            return data[:at] + chance.randbytes(size) + data[at + size :]
        case 3:
            return data[:at] + data[at + size :]
        case 4:
            return data[:at] + data[max(at - size, 0) : at] + data[at:]
        case 5:
            return data[:at] + b"\0" * size + data[at + size :]
        case 6:
            return data + chance.randbytes(size)
        case _:
            return chance.choice((b"", chance.randbytes(size), b"PK\x03\x04" + data, data[::-1]))


def spoilt_document(data: bytes, chance: random.Random) -> bytes:
    """Return the document with a few of its parts replaced by what does not belong there, or its bytes spoilt."""
    if chance.random() < 0.3:
        return spoilt_bytes(data, chance)
    raw = json.loads(data)
    for _ in range(chance.randint(1, STEPS)):
        _replace_one(raw, chance)
    text = json.dumps(raw)
    nested = chance.choice((60, 980, 20_000))
    return text.replace('"NESTED"', "[" * nested + "]" * nested).encode()


def _replace_one(raw: Any, chance: random.Random) -> None:
    places = list(_places(raw))
    holder, key = chance.choice(places)
    another = _copy(chance.choice([other[name] for other, name in places]))
    match chance.randrange(6):
        case 0:
            holder[key] = chance.choice(NUMBERS)
        case 1:
            holder[key] = chance.choice(TEXTS)
        case 2:
            holder[key] = chance.choice(([], {}, None, [[]], {"kind": "relu"}, "NESTED"))
            holder[key] = _copy(holder[key])
        case 3:
            holder[key] = another
        case 4 if isinstance(holder, dict):
            del holder[key]
        case _ if isinstance(holder, dict):
            holder[chance.choice(TEXTS)] = another
        case _:
            holder.insert(key, another)


def _copy(raw: Any) -> Any:
    return json.loads(json.dumps(raw))


def _places(raw: Any) -> Any:
    """Yield every (holder, key) of a document."""
    inner = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in list(inner):
        yield raw, key
        yield from _places(value)
