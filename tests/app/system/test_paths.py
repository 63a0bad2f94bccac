"""Files are found in the source tree and in a frozen build; an unwritable home is no end."""

import sys
from pathlib import Path

import numpy as np
import pytest

from app.system import paths


def test_that_resources_are_found_in_the_source_tree() -> None:
    assert paths.resource_path("icons", "play.svg").is_file()


def test_that_resources_are_found_in_a_frozen_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resource_path("data", "digits.npz") == tmp_path / "resources" / "data" / "digits.npz"


def test_that_a_folder_that_cannot_be_made_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "home"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setattr(paths, "_temporary_home", lambda: tmp_path / "elsewhere")
    monkeypatch.setattr(type(paths._DIRECTORIES), "user_cache_dir", str(blocked / "obuka"))
    folder = paths.cache_directory("icons")
    assert folder.is_dir()
    assert tmp_path / "elsewhere" in folder.parents


def test_that_the_digits_load_without_pickle() -> None:
    with np.load(paths.resource_path("data", "digits.npz"), allow_pickle=False) as archive:
        images, labels, names = archive["images"], archive["labels"], archive["class_names"]
    assert (images.shape, images.dtype, images.max()) == ((1797, 64), np.uint8, 16)
    assert (labels.shape, labels.dtype) == ((1797,), np.uint8)
    assert names.tolist() == [str(digit) for digit in range(10)]
