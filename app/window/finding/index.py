"""Everything that can be found, from what is declared."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec

from app.actions.actions import SPECS, keys_text
from app.arrangement.tabs import BENCH
from app.document.built_in import must_show, title_of
from app.finding.entry import Entry
from app.finding.further_names import NAMES, STOP
from app.finding.ranking import ranked
from app.forms.tree import join, plain_structs, value_at
from app.labs.catalogue import labs
from app.lecture.course import experiments_of, slide_of
from app.lecture.slides import SLIDES
from app.look import numbers
from app.system.i18n import _
from app.theme import THEME_NAMES
from app.views.catalogue import views
from app.window.menus.look_menus import TEXT_SCALES, THEME_WORDS
from simulator.declaration import declared_fields
from simulator.experiment import Experiment, names


def index(experiment: Experiment) -> tuple[Entry, ...]:
    """Return what can be found; fields of the forms are those that `experiment` has now."""
    entries = (
        *_slides(),
        *_experiments(),
        *_commands(),
        *_views(),
        *_labs(),
        *_fields(experiment),
        *_settings(),
    )
    return tuple(replace(each, names=_names(each)) for each in entries)


def meant(entries: Sequence[Entry], typed: str) -> tuple[Entry, ...]:
    """Return the entries that typed words mean, the best first."""
    return ranked(entries, typed, _(STOP))


def _names(entry: Entry) -> tuple[str, ...]:
    return tuple(_(name) for name in NAMES.get((entry.kind, entry.id), ()))


def _slides() -> Iterator[Entry]:
    known = names()
    of_labs = {slide for spec in labs() for slide in spec.slides}
    for slide in SLIDES.values():
        if experiments_of(slide, known) or slide.view or slide.id in of_labs:
            tags = " ".join(_(tag) for tag in slide.tags)
            yield Entry("slide", slide.id, _(slide.title), _(slide.line), slide.id, tags, _("slide"))


def _experiments() -> Iterator[Entry]:
    for name in names():
        slide = slide_of(name)
        letter = slide.id if slide is not None else ""
        yield Entry("experiment", name, title_of(name), _(must_show(name) or ""), letter, name, _("experiment"))


def _commands() -> Iterator[Entry]:
    for spec in SPECS:
        yield Entry("command", spec.id, _(spec.text).rstrip("…"), _(spec.tip), "", _(spec.menu), keys_text(spec))


def _views() -> Iterator[Entry]:
    for view in views().values():
        if not view.beside:
            yield Entry("view", view.id, _(view.title), _(view.tip), mark=_("view"))


def _labs() -> Iterator[Entry]:
    for lab in labs():
        if lab.id != BENCH:  # it is a tab, and a command shows it
            yield Entry("lab", lab.id, _(lab.title), _(lab.tip), words=" ".join(lab.slides), mark=_("lab"))


def _fields(experiment: Experiment, path: str = "") -> Iterator[Entry]:
    """Yield the fields of what stands at `path`, and those of what stands in it."""
    struct = value_at(experiment, path)
    for field in declared_fields(type(struct)) if isinstance(struct, msgspec.Struct) else ():
        inner, about = join(path, field.name), field.about
        words = f"{inner} {field.name}".replace(".", " ").replace("_", " ")
        yield Entry("field", inner, _(about.label), _(about.help), words=words, mark=_("field"))
        yield from _fields(experiment, inner)
    for name in plain_structs(struct):
        yield from _fields(experiment, join(path, name))
    if not path and experiment.network:
        yield from _fields(experiment, "network.0")


def _settings() -> Iterator[Entry]:
    for scale in TEXT_SCALES:
        title = _("Text size {size}").format(size=numbers.percent(scale))
        yield Entry("size", str(scale), title, words=_("View"), mark=_("setting"))
    for name in THEME_NAMES:
        title = _("Theme: {name}").format(name=_(THEME_WORDS[name]))
        yield Entry("theme", name, title, words=_("View"), mark=_("setting"))
