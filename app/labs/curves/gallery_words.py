"""What an odd curve is, why it comes about, and what to do about it."""

from app.document.built_in import built_in, must_show
from app.system.i18n import _
from app.telling.lab_story import Chapter
from app.telling.measured_words import rich
from simulator.analysis.curves import GALLERY, ExhibitCurve

SLIDE = "H2"


def exhibit_story(name: str, curve: ExhibitCurve | None) -> tuple[str, str, list[Chapter]]:
    """Return slide, headline and chapters about one exhibit; without a curve, nothing is measured yet."""
    exhibit = next(each for each in GALLERY if each.name == name)
    measured = () if curve is None else tuple(rich(message) for message in curve.measured)
    chapters = [
        Chapter("", (_(must_show(name) or ""), *measured)),
        Chapter(_("Why"), (_(exhibit.why),)),
        Chapter(_("What to do"), (_(exhibit.advice),)),
    ]
    return SLIDE, _(built_in(name).experiment.name), chapters
