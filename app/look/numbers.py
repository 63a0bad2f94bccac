"""Numbers as plots write them: three significant figures at most, a true minus, powers as 10⁻³."""

import math
from typing import Final

from app.system.i18n import _, ngettext, write_values

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
SMALLEST_PLAIN_POWER: Final = -3
"""0.00123 is written out; what is smaller gets a power of ten."""
LARGEST_PLAIN_POWER: Final = 4
"""98 800 is written out; what is larger gets a power of ten."""

_RAISED: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_mark = "."


def decimal_mark() -> str:
    """Return what stands between the whole and the parts: the language's, a point or a comma."""
    return _mark


def set_decimal_mark(mark: str) -> None:
    """Write numbers with this mark from now on."""
    global _mark
    _mark = mark


def number(value: float, figures: int = 3) -> str:
    """Return a measured number: 0.0873, 12.0, 4.5 × 10⁻⁴. Closing zeros stay: they were measured too."""
    if not math.isfinite(value):
        return _not_finite(value)
    if value == 0:
        return "0"
    # Python rounds first, so that 0.00099996 is 0.00100 and not 10.0 × 10⁻⁴
    mantissa, exponent = f"{abs(value):.{figures - 1}e}".split("e")
    power = int(exponent)
    sign = MINUS if value < 0 else ""
    if SMALLEST_PLAIN_POWER <= power <= LARGEST_PLAIN_POWER:
        rounded = float(f"{mantissa}e{power}")
        return sign + _plain(rounded, max(0, figures - 1 - power))
    return sign + _times_power(mantissa, power)


def against(value: float, scale: float) -> str:
    """Return a number that counts only beside others of the size of `scale`, with so many decimals as those have.

    Beside 0.254 the number -0.00045 is 0.000, and beside 79.6 it is 0.0.
    """
    if not math.isfinite(value):
        return _not_finite(value)
    # 0.9999999 is 1 as it is written
    size = float(f"{scale:.2e}")
    decimals = max(0, 2 - math.floor(math.log10(size))) if size > 0 and math.isfinite(size) else 2
    if decimals > 2 - SMALLEST_PLAIN_POWER:
        return number(value) if abs(value) >= 5e-4 * scale else "0"
    return fixed(value, decimals)


def fixed(value: float, decimals: int) -> str:
    """Return a finite number with so many decimals; there is no minus zero."""
    return _plain(round(value, decimals) + 0.0, decimals)


def scientific(value: float, figures: int = 2) -> str:
    """Return a number for a column over many powers of ten: 2.1 × 10⁻², 1.3, 13. All but 1 to 100 get a power."""
    if not math.isfinite(value):
        return _not_finite(value)
    mantissa, exponent = f"{abs(value):.{figures - 1}e}".split("e")
    if value == 0 or int(exponent) in (0, 1):
        return number(value, figures)
    return (MINUS if value < 0 else "") + _times_power(mantissa, int(exponent))


def short(value: float, figures: int = 3) -> str:
    """Return a number chosen by us, such as a tick, without closing zeros: 0.5, 20, 1 500, 10⁻⁵."""
    text = number(value, figures)
    head, times, tail = text.partition(f"{NO_BREAK_SPACE}×")
    head = head.rstrip("0").rstrip(_mark) if _mark in head else head
    return tail.lstrip(NO_BREAK_SPACE) if times and head == "1" else head + times + tail


def count(value: int) -> str:
    """Return a whole number with its thousands apart: 14 200."""
    return f"{value:,}".replace(",", NO_BREAK_SPACE).replace("-", MINUS)


def written(value: object, form: str = "") -> str:
    """Return what stands in a sentence of the simulator: a number as the window writes numbers, else the value."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return format(value, form)
    if form.endswith("%"):
        return percent(value)
    if isinstance(value, int):
        return count(value)
    figures = int(form[1:-1]) if form.startswith(".") and form.endswith("g") else 3
    return short(value, figures)


write_values(written)


def power_of_ten(exponent: int) -> str:
    """Return 10⁻³; 10⁰ is 1 and 10¹ is 10."""
    if exponent in (0, 1):
        return "10" if exponent else "1"
    return "10" + str(exponent).translate(_RAISED)


def bound(limit: float) -> str:
    """Return the bound of a histogram, a power of two: ±4, or ±4.9 × 10⁻⁴ where the number would be long."""
    return f"±{short(limit, 3 if not limit > 0 or 1e-3 < limit < 1e5 else 2)}"


def percent(share: float) -> str:
    """Return a share (0..1) in percent: 98 %. Only 1 is 100 % and only 0 is 0 %."""
    if not math.isfinite(share):
        return _not_finite(share)
    hundred = 100 * share
    if 99 < hundred < 100:
        text = _plain(math.floor(10 * hundred) / 10, 1)
    elif 0 < hundred < 1:
        text = short(float(f"{hundred:.1g}"))
    else:
        text = _plain(hundred, 0)
    return _("{number} %").format(number=text).replace(" ", NO_BREAK_SPACE)


def times(factor: float) -> str:
    """Return a factor: "39 times", "1.4 times"."""
    return _("{factor} times").format(factor=short(float(f"{factor:.2g}")))


def points(training: float, validation: float) -> str:
    """Return the gap of two accuracies: "7 points". It agrees with the percentages as they are written."""
    gap = 100 * (training - validation)
    if not math.isfinite(gap):
        return _not_finite(gap)
    if abs(gap) >= 1 or gap == 0:
        whole = round(100 * training) - round(100 * validation)
        return ngettext("{number} point", "{number} points", abs(whole)).format(number=count(whole))
    return _("{number} points").format(number=short(float(f"{gap:.1g}")))


def _plain(value: float, decimals: int) -> str:
    """Write a number out with so many decimals, thousands apart from 1,000 on."""
    text = f"{value:,.{decimals}f}"
    whole, point, fraction = text.partition(".")
    text = whole.replace(",", NO_BREAK_SPACE) + (_mark if point else "") + fraction
    return text.replace("-", MINUS)


def _times_power(mantissa: str, power: int) -> str:
    written = mantissa.replace(".", _mark)
    return f"{written}{NO_BREAK_SPACE}×{NO_BREAK_SPACE}{power_of_ten(power)}"


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return _("not a number")
    return _("infinite") if value > 0 else _("minus infinite")
