"""Which built-in experiments belong to a slide, and which slide comes before and after another."""

from collections.abc import Sequence

from app.lecture.slides import SECTIONS, SLIDES, Section, Slide


def slide_of(experiment: str) -> Slide | None:
    """Return the slide of a built-in experiment: "F4" of "F4", "A4" of "A4-linear"; None if it is of no slide."""
    return SLIDES.get(experiment.partition("-")[0].rstrip("b"))


def section_of(slide: Slide) -> Section:
    """Return the section of a slide."""
    return next(section for section in SECTIONS if section.letter == slide.id[0])


def experiments_of(slide: Slide, names: Sequence[str]) -> tuple[str, ...]:
    """Return the built-in experiments of a slide, of all `names`: the one that bears its id first."""
    if slide.opens:
        return tuple(name for name in slide.opens if name in names)
    members = [name for name in names if slide_of(name) is slide]
    return tuple(sorted(members, key=lambda name: (name != slide.id, name)))


def neighbours(slide: Slide | None, names: Sequence[str]) -> tuple[Slide | None, Slide | None]:
    """Return the slides before and after one that have an experiment of their own; of no slide, none and the first."""
    own = {slide_of(name) for name in names}
    there = [each for each in SLIDES.values() if each is slide or each in own]
    if slide is None:
        return None, next(iter(there), None)
    at = there.index(slide)
    return (there[at - 1] if at else None), (there[at + 1] if at + 1 < len(there) else None)
