"""Where data sets are looked for: what a field names, then OBUKA_DATA, then the user's own data folder."""

import os
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from simulator.data.formats.faults import fault, shown
from simulator.errors import FileError
from simulator.message import N_, Message


def users_folder() -> Path:
    """Return where data sets lie that every run of this user finds; the folder need not exist."""
    return platformdirs.user_data_path("obuka", appauthor=False) / "data"


def data_folders() -> tuple[Path, ...]:
    """Return the folders that are searched where no field names one, in order."""
    asked = os.environ.get("OBUKA_DATA", "")
    return (*((Path(asked).expanduser(),) if asked else ()), users_folder())


def places(field: str) -> tuple[Path, ...]:
    """Return where a data set may be: the folder or archive that `field` names, or the data folders if it is empty."""
    return (_there(field, N_("there is no folder or archive '{path}'; choose another")),) if field else data_folders()


def file_at(field: str) -> Path:
    """Return the one file that `field` names; a relative path may also start at a data folder."""
    if not field:
        raise fault(N_("no file is chosen; name it in the field '{field}'"), field=Message(N_("File")))
    path = _there(field, N_("there is no file '{path}'; choose another"))
    if not path.is_file():
        raise fault(N_("'{path}' is no file; choose another"), path=shown_path(path))
    return path


def not_found(what: str, wanted: str, searched: Sequence[Path]) -> FileError:
    """Return the error for a data set, by its marked name, that is in none of the folders searched."""
    return fault(
        N_("{what} was not found in {folders}; put {wanted} there, or name its folder in the field '{field}'"),
        what=Message(what),
        folders=", ".join(map(shown_path, searched)),
        wanted=wanted,
        field=Message(N_("Folder")),
    )


def shown_path(path: Path) -> str:
    """Return a path as a sentence can hold it."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _there(field: str, text: str) -> Path:
    try:
        path = Path(field).expanduser()
        for candidate in (path, *(folder / path for folder in data_folders())):
            if candidate.exists():
                return candidate
    except (OSError, ValueError, RuntimeError):  # too long; a NUL in it; a ~user who is not there
        pass
    raise fault(text, path=shown(field))
