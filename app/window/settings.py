"""What the program remembers of a person's choices between two starts."""

import logging
from pathlib import Path
from typing import Annotated, Final

import msgspec

from app.arrangement.hierarchy import Choice
from app.arrangement.presets import Row
from app.system.paths import config_directory
from app.theme import ThemeName
from simulator.experiment import replace_file

FILE_NAME: Final = "settings.json"

_log = logging.getLogger(__name__)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The choices, with what a first start has.

    Attributes
    ----------
    theme, text_scale
        How the window looks.
    language
        A catalogue of `resources/i18n`; empty for what the system speaks.
    geometry
        Place and size of the window, as Qt packs them.
    arrangements
        Rows of views as they were left, by preset.
    promoted
        Which view of Watch was made large and which stands beside it, by kind of data.
    folder
        Where a picture or the numbers of a plot were saved last.
    recent
        Ids of the built-in experiments that were opened last, the newest first.
    """

    theme: ThemeName = "system"
    text_scale: Annotated[float, msgspec.Meta(ge=1.0, le=1.6)] = 1.0
    language: str = ""
    geometry: bytes = b""
    arrangements: dict[str, tuple[Row, ...]] = {}
    promoted: dict[str, Choice] = {}
    folder: str = ""
    recent: tuple[str, ...] = ()


def read_settings() -> Settings:
    """Return the settings of the last session; those of a first start if there are none that can be read."""
    file = _file()
    try:
        return msgspec.json.decode(file.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as error:
        _log.warning("the settings in %s are left aside: %s", file, error)
        return Settings()


def write_settings(settings: Settings) -> None:
    """Keep the settings for the next start. A disk that cannot be written is no reason to disturb anyone."""
    try:
        replace_file(_file(), msgspec.json.format(msgspec.json.encode(settings), indent=2))
    except OSError as error:
        _log.warning("the settings cannot be written: %s", error)


def _file() -> Path:
    return config_directory() / FILE_NAME
