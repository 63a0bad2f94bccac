"""The numbers of one mini-batch, for the table at the right."""

from app.look.numbers import against, number
from app.system.i18n import _
from app.widgets.number_table import NumberRow
from simulator.analysis.batch_norm import LayerValues, NormView


def heads() -> tuple[str, str, str]:
    """Return the heads of the columns."""
    return _("mean"), _("std"), _("skew")


def rows_of(view: NormView) -> list[NumberRow]:
    """Return the rows of the table."""
    return [
        _side(_("in"), view.before, _("What comes in")),
        _side("x̂", view.normalised, _("What is normalised")),
        _side(_("out"), view.after, _("What goes out: gamma times x̂, plus beta")),
        NumberRow(
            _("largest out − in"),
            (number(view.difference, 2),),
            _("The largest difference of what goes out and what comes in"),
        ),
        NumberRow(
            _("x̂, worst mean"),
            (against(view.normalised.worst_mean, 1.0),),
            _("Of the unit whose mean is furthest from 0"),
        ),
        NumberRow(
            _("x̂, worst variance"),
            (against(view.normalised.worst_variance, 1.0),),
            _("Of the unit whose variance is furthest from 1, among those that vary"),
        ),
    ]


def _side(name: str, values: LayerValues, tip: str) -> NumberRow:
    moments = against(values.mean, values.std), number(values.std), against(values.skewness, 1.0)
    return NumberRow(name, moments, tip)
