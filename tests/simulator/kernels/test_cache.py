"""The cache of compiled kernels: whose folder it may be, and that nothing damaged is ever loaded."""

import logging
import os
import pickle
import sys
from pathlib import Path

import pytest
from numba import njit

from simulator.kernels import private_folder
from simulator.kernels.cache import KernelCache

posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and rights of POSIX")


def three_times(x):
    return 3.0 * x


@pytest.fixture
def asked(tmp_path, monkeypatch):
    """The folder that OBUKA_CACHE names."""
    monkeypatch.setenv("OBUKA_CACHE", str(tmp_path / "cache"))
    private_folder.folder.cache_clear()
    yield tmp_path / "cache"
    private_folder.folder.cache_clear()


@pytest.fixture(autouse=True)
def everything_is_logged(caplog):
    caplog.set_level(logging.WARNING)


def compiled():
    """A function with a cache, as a start of the program makes it; and whether it came from the cache."""
    dispatcher = njit(three_times)
    dispatcher._cache = KernelCache(three_times)
    assert dispatcher(2.0) == 6.0
    return sum(dispatcher.stats.cache_hits.values()) == 1


def only_file(asked):
    (path,) = [path for path in asked.rglob("*") if path.is_file()]
    return path


# --- damage ---


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


DAMAGES = {
    "empty": lambda data: b"",
    "cut short": lambda data: data[: len(data) // 2],
    "one byte longer": lambda data: data + b"\0",
    "another purpose": lambda data: flipped(data, 3),
    "another checksum": lambda data: flipped(data, 40),
    "a bit of the code": lambda data: flipped(data, len(data) // 2),
    "200 bytes": lambda data: data[:500] + b"\xa5" * 200 + data[700:],
    "something else": lambda data: b"PK\x03\x04" * 100,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_that_a_damaged_file_is_thrown_away_and_compiled_again_with_a_word(asked, caplog, damage):
    assert not compiled()
    path = only_file(asked)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert not compiled()
    assert f"thrown away and compiled again: {path.name}" in caplog.text
    assert path.read_bytes()[:32] == whole[:32]
    caplog.clear()
    assert compiled()
    assert not caplog.text


class Planted:
    """Unpickling it leaves a mark."""

    def __reduce__(self):
        return Path.touch, (Path(os.environ["OBUKA_CACHE"]) / "was run",)


def test_that_a_file_with_a_wrong_checksum_is_not_unpickled(asked):
    compiled()
    path = only_file(asked)
    path.write_bytes(path.read_bytes()[:64] + pickle.dumps(Planted()))
    assert not compiled()
    assert not (asked / "was run").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", None)], ids=["folder", "pipe"])
def test_that_something_else_in_a_file_s_place_neither_blocks_nor_stops(asked, make):
    compiled()
    path = only_file(asked)
    path.unlink()
    make(path)
    assert not compiled()
    assert compiled()


def test_that_a_file_of_another_function_is_not_taken_for_this_one(asked, caplog):
    """Two sources with functions of one name: each goes by what its file is for."""
    compiled()
    path = only_file(asked)
    compiled_elsewhere = path.read_bytes()
    dispatcher = njit(three_times)
    dispatcher._cache = KernelCache(three_times, "other options")
    dispatcher(2.0)
    assert only_file(asked).read_bytes()[:32] != compiled_elsewhere[:32]
    assert not compiled()
    assert not caplog.text, "a newer version is no damage"


def test_that_an_interrupted_write_leaves_nothing_behind(asked, caplog, monkeypatch):
    def refuse(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    assert not compiled()
    assert not [path for path in asked.rglob("*") if path.is_file()]
    assert "the kernel cache cannot be written: No space left on device" in caplog.text


# --- whose folder ---


@posix
def test_that_the_folder_is_made_for_the_user_alone(asked):
    before = os.umask(0o002)
    try:
        compiled()
    finally:
        os.umask(before)
    made = [asked, *(path for path in asked.rglob("*"))]
    assert len(made) == 4
    assert not any(path.stat().st_mode & 0o077 for path in made)


@posix
@pytest.mark.parametrize("right", [0o020, 0o002], ids=["group", "all"])
def test_that_a_folder_that_others_may_write_to_is_no_cache(asked, caplog, right):
    compiled()
    only_file(asked).parent.chmod(0o700 | right)
    private_folder.folder.cache_clear()
    assert not compiled()
    assert private_folder.folder() is None
    assert "others may write to" in caplog.text
    assert "chmod go-w" in caplog.text


@posix
def test_that_a_folder_that_others_may_exchange_is_no_cache(asked, caplog):
    asked.mkdir()
    asked.chmod(0o777)
    assert private_folder.folder() is None
    assert not compiled()
    asked.chmod(0o1777)
    private_folder.folder.cache_clear()
    assert private_folder.folder() is not None, "in a sticky folder nobody moves what is not theirs"


@posix
def test_that_a_folder_of_another_user_is_no_cache(asked, caplog, monkeypatch):
    compiled()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(private_folder, "_close_to_others", lambda own: None)
    private_folder.folder.cache_clear()
    fake = os.stat_result((0o40700, 0, 0, 1, 999, 0, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda self, **_: fake)
    assert private_folder.folder() is None
    assert "belongs to another user" in caplog.text


@posix
def test_that_a_link_to_a_folder_of_all_is_no_cache(tmp_path, monkeypatch, asked):
    everyone = tmp_path / "everyone"
    everyone.mkdir()
    everyone.chmod(0o777)
    asked.symlink_to(everyone)
    assert private_folder.folder() is None


@posix
def test_that_the_user_s_own_cache_folder_is_closed_where_the_umask_left_it_open(tmp_path, monkeypatch):
    monkeypatch.delenv("OBUKA_CACHE", raising=False)
    own = private_folder._user_cache()
    own.mkdir(parents=True, exist_ok=True)
    own.chmod(0o775)
    monkeypatch.setattr(private_folder, "_user_cache", lambda: own)
    private_folder.folder.cache_clear()
    try:
        assert private_folder.folder() is not None
        assert own.stat().st_mode & 0o777 == 0o755
    finally:
        private_folder.folder.cache_clear()
        own.chmod(0o755)


@pytest.mark.parametrize("lost", ["no home", "a file in the way", "no name"])
def test_that_without_a_folder_there_is_no_cache_and_none_in_the_temporary_folder(lost, tmp_path, monkeypatch, caplog):
    (tmp_path / "file").touch()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    if lost == "no home":
        monkeypatch.delenv("OBUKA_CACHE", raising=False)
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
        monkeypatch.setattr(sys, "platform", "linux")
    else:
        place = {"a file in the way": str(tmp_path / "file" / "cache"), "no name": "x" * 5000}[lost]
        monkeypatch.setenv("OBUKA_CACHE", place)
    private_folder.folder.cache_clear()
    try:
        assert private_folder.folder() is None
        assert not compiled()
        assert "no safe folder" in caplog.text
        assert [path.name for path in tmp_path.iterdir() if "obuka" in path.name] == []
    finally:
        private_folder.folder.cache_clear()


@pytest.mark.skipif(sys.platform == "win32", reason="the profile of Windows, told from afar")
def test_that_on_windows_the_folder_is_in_the_user_s_profile(tmp_path, monkeypatch):
    class Windows:
        name = "nt"
        path = os.path

    monkeypatch.setattr(private_folder, "os", Windows)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "profile")
    assert not private_folder._fault(tmp_path / "profile" / "AppData" / "cache")
    assert "not in the user's profile" in private_folder._fault(tmp_path / "temp" / "cache")
