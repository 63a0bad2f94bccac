"""Numbers as people write them, and as a narrow field shows them."""

import re
from typing import Final

from app.look.numbers import MINUS, count, decimal_mark

_LARGEST_WRITTEN_OUT: Final = 1e15
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_POWER: Final = re.compile(r"(?:([-+]?[\d.]+)[·×*])?10(?:\^|(?=[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]))([-⁰¹²³⁴⁵⁶⁷⁸⁹⁻\d]+)")


def parse_number(text: str) -> float | None:
    """Return the number that `text` means, or None: 1e-3, 0,001, 1 000, −2, 10^-3 and 3·10⁻⁴ are all understood."""
    plain = re.sub(r"\s", "", text).replace(MINUS, "-")
    # with both marks the comma groups thousands, alone it is a decimal mark
    plain = plain.replace(",", "") if "." in plain else plain.replace(",", ".")
    power = _POWER.fullmatch(plain)
    if power is not None:
        plain = f"{power[1] or 1}e{power[2].translate(_SUPERSCRIPTS)}"
    if "_" in plain:  # Python reads 1_000, people do not write it
        return None
    try:
        return float(plain)
    except ValueError:
        return None


def short_number(value: float) -> str:
    """Return `value` whole and short: 0.001, 1e-6, 1 000, −2; the decimal mark is the language's."""
    if value == int(value) and abs(value) < _LARGEST_WRITTEN_OUT:
        return count(int(value))
    mantissa, _, exponent = f"{value:.10g}".replace("-", MINUS, value < 0).partition("e")
    mantissa = mantissa.replace(".", decimal_mark())
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa
