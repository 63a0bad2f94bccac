"""The experiments that come with the program, for parts of the window that must stand without them too."""

from app.system.missing import note_missing
from simulator.errors import ObukaError
from simulator.experiment import Experiment, Run, load, shows, title


def built_in(name: str) -> Run:
    """Return the built-in experiment of that name; without its file, a plain one that bears the name."""
    try:
        return load(name)
    except ObukaError as error:
        note_missing(f"{name}.json", error)
        return Run(Experiment(name=name))


def must_show(name: str) -> str | None:
    """Return what the built-in experiment must show, as `simulator.shows` does; None without its file."""
    try:
        return shows(name)
    except ObukaError:
        return None


def title_of(name: str) -> str:
    """Return what the built-in experiment is called, as `simulator.title` does; its id without its file."""
    try:
        return title(name)
    except ObukaError:
        return name
