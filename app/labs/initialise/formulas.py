"""How each scheme draws its weights, as a formula with the numbers filled in. No Qt."""

import math
from collections.abc import Callable

from app.look.numbers import short
from app.system.i18n import _
from simulator.initializers import Initializer


def scheme_name(scheme: Initializer) -> str:
    """Return what the scheme is called: the lecture's word for normal numbers is randn."""
    return _("randn") if scheme.kind == "normal" else _(type(scheme).label)


def formula(scheme: Initializer, fan_in: int, fan_out: int) -> str:
    """Return how weights (fan_in, fan_out) are drawn."""
    shape = f"({short(fan_in)}, {short(fan_out)})"
    size = getattr(scheme, scheme.size) if scheme.size else 1.0
    times = "" if size == 1 else f"{short(size)} · "
    # uniform numbers from -1 to 1 have variance 1/3
    flat, square = ("U(−1, 1)", 3) if getattr(scheme, "distribution", "normal") == "uniform" else (f"randn{shape}", 1)
    words: dict[str, Callable[[], str]] = {
        "normal": lambda: f"{times}randn{shape}",
        "uniform": lambda: f"{times}U(−1, 1)",
        "xavier": lambda: f"{times}{flat} / √{fan_in}",
        "lecun": lambda: f"{times}{flat} · √({square} / {fan_in})",
        "he": lambda: f"{times}{flat} / √({fan_in} / 2)",
        "glorot": lambda: f"{times}{flat} · √({2 * square} / ({fan_in} + {fan_out}))",
        "random_walk": lambda: f"{times}{short(_walk(scheme, fan_in, fan_out))} · randn{shape} / √{fan_in}",
        "orthogonal": lambda: f"{times}Q, QᵀQ = 1",
        "lsuv": lambda: _("Q / size, until the layer's sums have variance 1"),
        "data_dependent": lambda: _("randn, each unit scaled and shifted to mean 0, variance 1"),
        "constant": lambda: short(size),
        "zeros": lambda: "0",
    }
    return "W = " + words[scheme.kind]() if scheme.kind in words else scheme_name(scheme)


def deviation(scheme: Initializer, fan_in: int, fan_out: int) -> float | None:
    """Return the standard deviation of one weight; None where none is drawn, or the data decide."""
    variance = scheme.variance(fan_in, fan_out)
    return None if scheme.fits or not variance else math.sqrt(variance)


def _walk(scheme: Initializer, fan_in: int, fan_out: int) -> float:
    """Return the factor of a random walk, without its gain."""
    gain = getattr(scheme, "gain", 1.0) or 1.0
    return math.sqrt((scheme.variance(fan_in, fan_out) or 0.0) * fan_in) / gain
