"""The numbers of the data before and after, for the table at the right."""

import math
from typing import Final

from app.look.numbers import against, count, number
from app.system.i18n import _, ngettext
from app.widgets.number_table import NumberRow
from simulator.analysis.preprocessing import FeatureCloud, FeatureSpread, PreprocessingView

TABLE_LIMIT: Final = 1e5
"""Larger numbers get a power of ten and one figure: the column is narrow."""


def rows_of(view: PreprocessingView) -> list[NumberRow]:
    """Return the rows of the table: the two coordinates on show, then all of them."""
    clouds, spreads = (view.before.cloud, view.after.cloud), (view.before.spread, view.after.spread)

    def row(name: str, values: tuple[str, str], tip: str = "") -> NumberRow:
        return NumberRow(name, values, tip)

    def drawn(name: str, pick: str, place: tuple[int, ...]) -> NumberRow:
        before, after = (_moment(cloud, pick, place) for cloud in clouds)
        return row(name, (before, after))

    def whole(name: str, pick: str, tip: str = "") -> NumberRow:
        before, after = (_amount(spread, pick) for spread in spreads)
        return row(name, (before, after), tip)

    features = view.before.spread.features
    two = [
        NumberRow(_("The two on show")),
        drawn(_("mean →"), "mean", (0,)),
        drawn(_("mean ↑"), "mean", (1,)),
        drawn(_("std →"), "std", (0,)),
        drawn(_("std ↑"), "std", (1,)),
        drawn(_("covariance"), "covariance", (0, 1)),
        row(
            _("condition number"),
            (condition_text(clouds[0].bowl.condition), condition_text(clouds[1].bowl.condition)),
            _("The larger curvature of the loss over the smaller"),
        ),
    ]
    if features < 3:
        return two
    return [
        *two,
        NumberRow(ngettext("All {number} feature", "All {number} features", features).format(number=count(features))),
        whole(_("how many"), "features"),
        whole(_("of one value"), "constant", _("Features that are the same for every example; they are divided by 1")),
        whole(_("largest mean"), "largest_mean", _("The mean that is furthest from 0, without its sign")),
        whole(_("smallest std"), "least_std", _("Of the features that vary")),
        whole(_("largest std"), "largest_std"),
        whole(_("largest covariance"), "largest_covariance", _("Of two different features, without its sign")),
        whole(
            _("condition, all"),
            "condition",
            _("Of a linear neuron with all inputs, over the directions in which its loss curves at all"),
        ),
    ]


def condition_text(condition: float) -> str:
    """Return a condition number; 1.00 is a round bowl."""
    return _("infinite") if math.isinf(condition) else number(condition, 3 if condition < TABLE_LIMIT else 1)


def _moment(cloud: FeatureCloud, pick: str, place: tuple[int, ...]) -> str:
    value = float(getattr(cloud, pick)[place])
    scale = float(cloud.std.max())
    return against(value, scale**2 if pick == "covariance" else scale)


def _amount(spread: FeatureSpread, pick: str) -> str:
    if pick == "condition":
        return condition_text(spread.condition)
    if pick in ("features", "constant"):
        return count(getattr(spread, pick))
    if pick in ("least_std", "largest_std"):
        return number(spread.stds[pick == "largest_std"])
    scale = spread.stds[1] or 1.0
    return against(getattr(spread, pick), scale**2 if pick == "largest_covariance" else scale)
