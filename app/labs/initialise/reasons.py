"""Why the signal of the bench does what it does, with the numbers of the recipe filled in. No Qt."""

import math

from app.labs.initialise.setup import RECTIFIERS, Setup
from app.look.numbers import count, number, short
from app.plots.lab.bench_picture import BenchPicture
from app.system.i18n import _

NEAR_ONE = 0.05
LARGE_SUMS = 2.0


def reasons(setup: Setup, picture: BenchPicture) -> tuple[str, ...]:
    """Return one or two sentences."""
    return tuple(text for text in (_of_scheme(setup, picture), _of_activation(setup, picture)) if text)


def _of_scheme(setup: Setup, picture: BenchPicture) -> str:
    scheme = picture.reading.recipe.weights
    if setup.scheme == "zeros":
        if setup.activation == "sigmoid":
            return _("Every sum of products with 0 is 0, the sigmoid makes 0.5 of it: all units get the same gradient.")
        return _("Every sum of products with 0 is 0. On the way back the gradient is multiplied by 0 too.")
    if setup.scheme == "constant":
        return _("Every unit adds the same products, so all get the same gradient: they move, but stay identical.")
    variances = [layer.sum_variance for layer in picture.layers if layer.sum_variance is not None]
    if scheme.fits and variances:
        values = {"low": number(min(variances)), "high": number(max(variances))}
        if scheme.fits == "unit":
            return _(
                "Every unit was scaled and shifted on the data: the sums of each layer, before the activation, have "
                "variance <b>{low}</b> to <b>{high}</b>."
            ).format(**values)
        return _(
            "Layer by layer the weights were divided by the size of their sums, until these have variance 1 before the "
            "activation: <b>{low}</b> to <b>{high}</b>."
        ).format(**values)
    if setup.scheme == "orthogonal":
        return _("Orthogonal weights turn the numbers that come in and multiply all of them by {gain}.").format(
            gain=number(setup.size, 3)
        )
    if setup.scheme == "random_walk":
        return _("A small correction for the width: on average the logarithm of the gradient neither rises nor falls.")
    return ""


def _of_activation(setup: Setup, picture: BenchPicture) -> str:
    recipe = picture.reading.recipe
    variance = recipe.weights.variance(setup.units, setup.units)
    if not variance or recipe.weights.fits:
        return ""
    factor = math.sqrt(setup.units * variance)
    values = {
        "fan_in": count(setup.units),
        "std": short(math.sqrt(variance)),
        "factor": number(factor, 2),
        "kept": number(factor / math.sqrt(2), 2),
        "mean": number(picture.layers[-1].mean, 2),
    }
    sums = _(
        "A sum of {fan_in} products with weights of std {std} is √{fan_in} · {std} = <b>{factor}</b> times as large as "
        "what came in."
    )
    if setup.activation == "relu":
        if abs(factor / math.sqrt(2) - 1) < NEAR_ONE:
            return _(
                "ReLU turns half of the numbers into 0 and so halves the mean square. Weights of variance 2 / fan_in "
                "make up for it: each layer keeps the size."
            )
        if abs(factor - 1) < NEAR_ONE:
            return _(
                "ReLU turns half of the numbers into 0 and so halves the mean square. Nothing makes up for it: each "
                "layer keeps <b>1/√2 = {kept}</b> of the size."
            ).format(**values)
        return _(
            "ReLU halves the mean square; the weights multiply the size by {factor} (√{fan_in} · {std}). "
            "Each layer multiplies it by <b>{kept}</b>."
        ).format(**values)
    if setup.activation == "sigmoid":
        return _(
            "The slope of the sigmoid is at most 1/4: a gradient loses three quarters or more in every layer. "
            "And the outputs are not centred: their mean is {mean}."
        ).format(**values)
    if setup.activation == "tanh":
        if abs(factor - 1) < NEAR_ONE:
            return _(
                "Sums are as large as what came in (√{fan_in} · {std} = <b>{factor}</b>). tanh shrinks them a little, "
                "small ones less than large ones."
            ).format(**values)
        if factor >= LARGE_SUMS:
            return f"{sums} {_('tanh cuts it off at −1 and 1.')}".format(**values)
        return f"{sums} {_('Near 0 tanh lets it pass unchanged.')}".format(**values)
    if setup.activation in RECTIFIERS:
        return f"{sums} {_('The activation passes positive sums and little of the negative ones.')}".format(**values)
    return sums.format(**values)
