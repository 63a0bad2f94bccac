"""Where data sets are looked for, which images the lecture gets, and what is kept in memory."""

import os
import threading
from pathlib import Path

import numpy as np
import pytest

from simulator.data import folders
from simulator.data.dataset import Dataset
from simulator.data.formats import kept
from simulator.data.sources import SOURCES
from simulator.data.sources.cifar10 import Cifar10
from simulator.data.sources.csv_file import CsvFile
from simulator.data.sources.fashion_mnist import FashionMnist
from simulator.data.sources.lecture_images import LectureImages
from simulator.data.sources.mnist import Mnist
from simulator.data.sources.npz_file import NpzFile
from tests.simulator.data import written
from tests.simulator.data.written import sentence_of

FILES = [kind for kind in SOURCES.values() if kind.needs_files]
TABLE = "1,2,a\n3,4,b\n"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.delenv("OBUKA_DATA", raising=False)
    kept.forget()
    yield
    kept.forget()


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    """The user's data folder, which the tests' own settings put under tmp_path."""
    monkeypatch.setattr(folders, "users_folder", lambda: tmp_path / "own")
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def put_cifar(folder, count=2):
    (folder / "cifar-10-batches-bin").mkdir(parents=True)
    for name, data in written.binary_files(count).items():
        (folder / "cifar-10-batches-bin" / name).write_bytes(data)


# --- where ---


def test_that_the_user_s_folder_is_among_the_user_s_data():
    assert folders.users_folder().parts[-2:] == ("obuka", "data")


def test_that_a_field_comes_before_the_environment_and_that_before_the_user_s_folder(tmp_path, monkeypatch, own_folder):
    put_cifar(own_folder, 1)
    assert Cifar10().load(0).examples == 5
    put_cifar(tmp_path / "asked", 2)
    monkeypatch.setenv("OBUKA_DATA", str(tmp_path / "asked"))
    assert Cifar10().load(0).examples == 10
    put_cifar(tmp_path / "named", 3)
    assert Cifar10(folder=str(tmp_path / "named")).load(0).examples == 15


def test_that_the_user_s_folder_is_searched_where_the_environment_s_has_no_such_set(tmp_path, monkeypatch, own_folder):
    put_cifar(own_folder, 1)
    monkeypatch.setenv("OBUKA_DATA", str(tmp_path / "not there"))
    assert Cifar10().load(0).examples == 5


def test_that_a_relative_path_may_start_at_a_data_folder(own_folder):
    (own_folder / "class").mkdir()
    (own_folder / "class" / "own.csv").write_text(TABLE)
    assert CsvFile(path="class/own.csv").load(0).examples == 2


def test_that_a_home_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "own.csv").write_text(TABLE)
    assert CsvFile(path="~/own.csv").load(0).examples == 2


@pytest.mark.parametrize("kind", [Cifar10, Mnist, FashionMnist])
def test_that_a_set_that_is_nowhere_is_named_with_the_folders_searched(kind, tmp_path, monkeypatch, own_folder):
    monkeypatch.setenv("OBUKA_DATA", str(tmp_path / "asked"))
    sentence = sentence_of(lambda: kind().load(0))
    assert sentence.startswith(f"{kind.label} was not found in {tmp_path / 'asked'}, {own_folder}; put ")
    assert sentence.endswith("or name its folder in the field 'Folder'")
    assert str(tmp_path) in sentence_of(lambda: kind(folder=str(tmp_path)).load(0))


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("path", ["not/there", "\0", "a" * 5000, "~nobody-at-all/x", "\ud800", "//", "\n"])
def test_that_a_path_that_leads_nowhere_is_a_sentence(kind, path, own_folder):
    field = "folder" if "folder" in kind.__struct_fields__ else "path"
    sentence = sentence_of(lambda: kind(**{field: path}).load(0))
    assert sentence.isprintable()
    assert "choose another" in sentence or "was not found in" in sentence


@pytest.mark.parametrize("kind", [CsvFile, NpzFile])
def test_that_no_path_is_a_sentence(kind, tmp_path):
    assert sentence_of(lambda: kind().load(0)) == "no file is chosen; name it in the field 'File'"
    assert "is no file" in sentence_of(lambda: kind(path=str(tmp_path)).load(0))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_that_a_file_that_may_not_be_read_is_named(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TABLE)
    path.chmod(0)
    assert "own.csv cannot be read: Permission denied" in sentence_of(lambda: CsvFile(path=str(path)).load(0))


# --- the images of the lecture ---


def test_that_the_lecture_gets_cifar_10_where_it_is(monkeypatch, tmp_path, own_folder):
    put_cifar(tmp_path / "asked")
    monkeypatch.setenv("OBUKA_DATA", str(tmp_path / "asked"))
    assert str(LectureImages().chosen()) == "CIFAR-10, 10 images from cifar-10-batches-bin"
    assert LectureImages().load(0).image_shape == (32, 32, 3)


def test_that_the_lecture_gets_the_built_in_images_otherwise(own_folder):
    said = "Fashion-MNIST, 2,000 built-in images (no CIFAR-10 was found in the data folder)"
    assert str(LectureImages().chosen()) == said
    assert LectureImages().load(0).features.shape == (2000, 784)


def test_that_a_damaged_cifar_10_is_said_and_not_passed_over(own_folder):
    put_cifar(own_folder)
    (own_folder / "cifar-10-batches-bin" / "data_batch_2.bin").write_bytes(b"")
    assert "data_batch_2.bin" in sentence_of(lambda: LectureImages().load(0))


# --- what is kept ---


def test_that_a_set_is_read_once_while_its_file_stays_the_same(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TABLE)
    source = CsvFile(path=str(path))
    first = source.load(0)
    assert source.load(1) is first
    assert CsvFile(path=str(path), header="no").load(0) is not first
    path.write_text(TABLE + "5,6,c\n")
    assert source.load(0).examples == 3


def test_that_a_changed_time_is_a_changed_file(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(TABLE)
    first = CsvFile(path=str(path)).load(0)
    os.utime(path, (1, 1))
    assert CsvFile(path=str(path)).load(0) is not first


def test_that_a_set_that_failed_is_not_kept(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("1,2,a\n")
    source = CsvFile(path=str(path))
    sentence_of(lambda: source.load(0))
    stamp = path.stat()
    path.write_text("1,2,a"[::-1])
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    sentence_of(lambda: source.load(0))


def sized(count):
    return lambda: Dataset(np.zeros((count, 1), np.uint8), np.zeros(count, np.int64), ("a", "b"))


def test_that_few_sets_and_few_bytes_are_kept(monkeypatch):
    sets = {name: kept.kept(name, [], sized(10)) for name in "abcde"}
    assert kept.kept("e", [], sized(10)) is sets["e"]
    assert kept.kept("a", [], sized(10)) is not sets["a"]
    monkeypatch.setattr(kept, "MOST_BYTES", 100)
    large = kept.kept("large", [], sized(1000))
    assert kept.kept("large", [], sized(1000)) is large
    assert kept.kept("e", [], sized(10)) is not sets["e"]


def test_that_two_threads_read_a_set_once():
    reads = []
    ready = threading.Barrier(2)

    def read():
        reads.append(None)
        return sized(1000)()

    def load():
        ready.wait()
        kept.kept("both", [], read)

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reads) == 1


def test_that_the_attribution_names_every_file():
    folder = Path(written.ROOT) / "resources" / "data"
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert all(f"`{path.name}`" in text for path in folder.glob("*.npz"))


# --- what is no file ---


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", FILES)
def test_that_a_pipe_is_not_waited_for(kind, tmp_path, own_folder):
    """As the path itself, and under the names that a folder is searched for."""
    names = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "data_batch_1", "cifar-10-python.tar.gz")
    for name in names:
        os.mkfifo(tmp_path / name)
    field = "folder" if "folder" in kind.__struct_fields__ else "path"
    for path in (tmp_path / names[0], tmp_path, tmp_path / names[3], Path("/dev/zero")):
        assert sentence_of(lambda path=path: kind(**{field: str(path)}).load(0)).isprintable()


@pytest.mark.skipif(not Path("/proc/kmsg").exists(), reason="this system has no such file")
@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("path", ["/proc/kmsg", "/proc/self/mem"])
def test_that_a_file_that_only_seems_one_is_not_waited_for(kind, path):
    field = "folder" if "folder" in kind.__struct_fields__ else "path"
    assert sentence_of(lambda: kind(**{field: path}).load(0)).isprintable()
