"""CIFAR-10, MNIST and Fashion-MNIST: the published facts on real files, and files written in the published formats."""

import gzip
import io
import pickle
import tarfile

import numpy as np
import pytest

from simulator.data.formats import cifar, cifar_python, kept, pickled
from simulator.data.sources.cifar10 import Cifar10
from simulator.data.sources.fashion import Fashion
from simulator.data.sources.fashion_mnist import FashionMnist
from simulator.data.sources.mnist import Mnist
from simulator.errors import FileError
from tests.simulator.data import written
from tests.simulator.data.written import sentence_of

CIFAR_NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    yield
    kept.forget()


def put(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return str(folder)


def raises(text, name="f"):
    """The sentence of a pickle that is not followed."""
    with pytest.raises(FileError) as caught:
        pickled.parse(text, name)
    return str(caught.value.message)


# --- the real files ---


@pytest.mark.validation
@pytest.mark.parametrize("place", ["", "cifar-10-batches-bin", "cifar-10-python.tar.gz"])
def test_that_the_real_cifar_10_has_its_published_labels_and_pixels(place):
    data = Cifar10(folder=str(written.real_files() / place)).load(0)
    assert data.features.dtype == np.uint8
    assert data.image_shape == (32, 32, 3)
    assert data.class_names == CIFAR_NAMES
    assert data.labels[:20].tolist() == [6, 9, 9, 4, 1, 1, 2, 7, 8, 3, 4, 7, 7, 2, 9, 9, 9, 3, 2, 6]
    assert data.features[0, :3].tolist() == [59, 62, 63]
    assert round(float(data.features[0].mean()), 4) == 103.4473
    if data.examples == 1500:  # the excerpt; the whole has other means
        colours = data.features.reshape(-1, 3).mean(axis=0)
        assert np.round(colours, 4).tolist() == [124.6955, 121.9311, 112.3663]
        assert np.bincount(data.labels).tolist() == [133, 167, 143, 139, 163, 137, 158, 155, 149, 156]


@pytest.mark.validation
def test_that_both_versions_of_the_real_cifar_10_hold_the_same():
    place = written.real_files()
    binary = Cifar10(folder=str(place / "cifar-10-batches-bin")).load(0)
    python = Cifar10(folder=str(place / "cifar-10-python.tar.gz")).load(0)
    np.testing.assert_array_equal(binary.features, python.features)
    np.testing.assert_array_equal(binary.labels, python.labels)


@pytest.mark.validation
def test_that_the_real_mnist_has_its_published_labels_and_mean():
    data = Mnist(folder=str(written.real_files())).load(0)
    assert data.features.dtype == np.uint8
    assert data.image_shape == (28, 28)
    assert data.labels[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    if data.examples == 2000:
        assert round(float(data.features.mean()), 4) == 33.1954


@pytest.mark.validation
def test_that_the_real_fashion_mnist_begins_with_the_built_in_clothing():
    data = FashionMnist(folder=str(written.real_files())).load(0)
    built_in = Fashion().load(0)
    np.testing.assert_array_equal(data.features[:2000], built_in.features)
    np.testing.assert_array_equal(data.labels[:2000], built_in.labels)
    assert data.class_names == built_in.class_names


# --- CIFAR-10 as written by tests ---


def check_batches(data):
    np.testing.assert_array_equal(data.features, written.pixels())
    assert data.labels.tolist() == [label for _, labels in written.batches() for label in labels]
    assert data.class_names == CIFAR_NAMES
    assert not data.features.flags.writeable


@pytest.mark.parametrize("files", [written.binary_files(), written.python_files()], ids=["binary", "python"])
@pytest.mark.parametrize("inside", ["", "cifar-10-batches-bin", "cifar-10-batches-py"])
def test_that_a_folder_of_either_version_is_read(tmp_path, files, inside):
    put(tmp_path / inside, files)
    check_batches(Cifar10(folder=str(tmp_path)).load(0))
    check_batches(Cifar10(folder=str(tmp_path / inside / next(iter(files)))).load(0))


@pytest.mark.parametrize("files", [written.binary_files(), written.python_files()], ids=["binary", "python"])
@pytest.mark.parametrize("packing", [gzip.compress, bytes], ids=["gz", "plain"])
@pytest.mark.parametrize("inside", ["cifar-10-batches-bin/", "./cifar-10-batches-py/", ""])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_that_an_archive_of_either_version_is_read(tmp_path, files, packing, inside, form):
    backwards = {f"{inside}{name}": data for name, data in reversed(files.items())}
    path = tmp_path / "any name.tar.gz"
    path.write_bytes(packing(written.tar({"readme.html": b"x" * 5000, **backwards}, format=form)))
    check_batches(Cifar10(folder=str(path)).load(0))


def test_that_the_note_says_how_many_images_came_from_where(tmp_path):
    put(tmp_path / "cifar-10-batches-bin", written.binary_files())
    note = Cifar10(folder=str(tmp_path)).load(0).source_note
    assert str(note) == "CIFAR-10, 10 images from cifar-10-batches-bin"


@pytest.mark.parametrize("version", ["binary", "python"])
def test_that_class_names_come_from_the_set_s_own_list(tmp_path, version):
    names = tuple("abcdefghij")
    if version == "binary":
        files = {**written.binary_files(), "batches.meta.txt": "\n".join((*names, "", "")).encode()}
    else:
        files = {**written.python_files(), "batches.meta": written.names2(names)}
    assert Cifar10(folder=put(tmp_path, files)).load(0).class_names == names


def test_that_the_test_batch_is_left_alone(tmp_path):
    files = {**written.binary_files(), "test_batch.bin": b"never read"}
    check_batches(Cifar10(folder=put(tmp_path, files)).load(0))


def test_that_the_pickles_of_these_tests_are_those_of_python_2():
    planes, labels = written.images(3)
    held = pickle.loads(written.python2(planes, labels), encoding="latin1")
    np.testing.assert_array_equal(held["data"], planes)
    assert held["labels"] == labels.tolist()
    assert len(held["filenames"]) == 3


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("keys", [str, str.encode])
def test_that_a_batch_pickled_again_by_python_3_is_read(protocol, order, keys):
    planes, labels = written.images(3)
    held = {"batch_label": "training batch 2 of 5", "labels": labels.tolist(), "data": np.array(planes, order=order)}
    data = pickle.dumps({keys(name): value for name, value in held.items()}, protocol=protocol)
    batch = cifar_python.read_batch(data, "data_batch_2", 2)
    np.testing.assert_array_equal(batch.planes, planes)
    np.testing.assert_array_equal(batch.labels, labels)


# --- idx as written by tests ---


@pytest.mark.parametrize("packing", [gzip.compress, bytes], ids=["gz", "plain"])
@pytest.mark.parametrize("kind", [Mnist, FashionMnist])
@pytest.mark.parametrize("dotted", [False, True])
def test_that_idx_files_are_read_plain_or_gzipped_under_both_names(tmp_path, packing, kind, dotted):
    pixels, labels = written.digits()
    ending = ".gz" if packing is gzip.compress else ""
    names = [f"train-images{'.' if dotted else '-'}idx3-ubyte", f"train-labels{'.' if dotted else '-'}idx1-ubyte"]
    contents = [written.idx_images(pixels), written.idx_labels(labels)]
    files = {f"{name}{ending}": packing(data) for name, data in zip(names, contents, strict=True)}
    data = kind(folder=put(tmp_path, files)).load(0)
    np.testing.assert_array_equal(data.features, pixels)
    assert data.labels.tolist() == labels.tolist()
    assert data.features.dtype == np.uint8


@pytest.mark.parametrize(
    ("kind", "inside"), [(Mnist, "mnist"), (FashionMnist, "fashion"), (FashionMnist, "fashion-mnist")]
)
def test_that_a_set_is_found_in_its_own_folder(tmp_path, kind, inside):
    pixels, labels = written.digits()
    files = {
        "train-images-idx3-ubyte": written.idx_images(pixels),
        "train-labels-idx1-ubyte": written.idx_labels(labels),
    }
    put(tmp_path / inside, files)
    assert str(kind(folder=str(tmp_path)).load(0).source_note) == f"{kind.label}, 12 images from {inside}"


# --- sentences ---

TRUCK = written.images(2)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "data_batch_3.bin",
            written.binary(*TRUCK)[:-1],
            "data_batch_3.bin is cut short or damaged: image 2 has 3,072",
        ),
        (
            "data_batch_2.bin",
            written.binary(TRUCK[0], TRUCK[1] * 0 + 10),
            "data_batch_2.bin has the label 10 at image 1,",
        ),
        ("data_batch_1.bin", b"", "is not a batch of CIFAR-10's binary version: it begins like an empty file"),
        ("data_batch_1.bin", b"<!DOCTYPE html><p>404", "it begins like a web page"),
        ("data_batch_1.bin", written.python2(*TRUCK), "it begins like a Python pickle"),
        ("batches.meta.txt", b"cat\ndog\n", "batches.meta.txt should name ten different classes, not 2"),
        ("batches.meta.txt", b"cat\n" * 10, "batches.meta.txt should name ten different classes, not 1"),
        ("batches.meta.txt", b"cat\n" * 10_000, "here/batches.meta.txt is too large: it holds over 0.01 MB"),
    ],
)
def test_that_a_wrong_file_of_the_binary_version_is_named(tmp_path, name, data, said):
    folder = put(tmp_path / "here", {**written.binary_files(), name: data})
    assert said in sentence_of(lambda: Cifar10(folder=folder).load(0))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("data_batch_3", written.python2(*TRUCK, 3)[:-9], "data_batch_3 is damaged or cut short near byte"),
        ("data_batch_3", written.python2(*TRUCK, 4), "data_batch_3 says of itself 'training batch 4 of 5'"),
        ("data_batch_1", written.python2(TRUCK[0], TRUCK[1] * 0 + 77), "data_batch_1 has the label 77 at image 1"),
        ("data_batch_1", written.python2(TRUCK[0], TRUCK[1][:1]), "data_batch_1 has no 'data' of unsigned bytes"),
        ("data_batch_1", written.python2(*TRUCK) + b"more", "data_batch_1 goes on for 4 bytes after its end at byte"),
        ("data_batch_1", b"\x80\x02K\x01.", "data_batch_1 holds no named parts"),
        ("data_batch_1", b"\x80\x02}.", "data_batch_1 has no list of 'labels'"),
        ("data_batch_1", pickle.dumps({"fine_labels": []}), "belongs to CIFAR-100"),
        ("data_batch_1", b"PK\x03\x04", "is not a Python pickle: it begins like a zip file"),
        ("batches.meta", written.names2(("cat",)), "batches.meta should name ten different classes, not 1"),
    ],
)
def test_that_a_wrong_file_of_the_python_version_is_named(tmp_path, name, data, said):
    folder = put(tmp_path / "here", {**written.python_files(), name: data})
    assert said in sentence_of(lambda: Cifar10(folder=folder).load(0))


def test_that_a_missing_batch_is_named(tmp_path):
    files = written.binary_files()
    del files["data_batch_4.bin"]
    assert "here has no data_batch_4.bin" in sentence_of(lambda: Cifar10(folder=put(tmp_path / "here", files)).load(0))
    path = tmp_path / "a.tar.gz"
    path.write_bytes(written.tar(files))
    assert "a.tar.gz has no data_batch_4" in sentence_of(lambda: Cifar10(folder=str(path)).load(0))


def test_that_more_images_than_can_be_held_are_named(tmp_path, monkeypatch):
    folder = put(tmp_path, written.binary_files(2))
    monkeypatch.setattr(cifar, "MOST_IMAGES", 5)
    assert "data_batch_3.bin brings the images to over 5" in sentence_of(lambda: Cifar10(folder=folder).load(0))
    monkeypatch.setattr(cifar, "MOST_IN_BATCH", 1)
    assert "data_batch_1.bin is 2; a batch holds" in sentence_of(lambda: Cifar10(folder=folder).load(0))


@pytest.mark.parametrize("which", ["images", "labels"])
def test_that_files_of_idx_with_each_other_s_names_are_named(tmp_path, which):
    pixels, labels = written.digits()
    files = {
        "train-images-idx3-ubyte": written.idx_images(pixels),
        "train-labels-idx1-ubyte": written.idx_labels(labels),
    }
    if which == "images":
        files["train-images-idx3-ubyte"] = written.idx_labels(labels)
    else:
        files["train-labels-idx1-ubyte"] = written.idx_images(pixels)
    sentence = sentence_of(lambda: Mnist(folder=put(tmp_path, files)).load(0))
    assert f"train-{which}" in sentence
    assert "have each other's names" in sentence


@pytest.mark.parametrize(
    ("image_bytes", "label_bytes", "said"),
    [
        (
            slice(None, -1),
            slice(None),
            "train-images-idx3-ubyte is cut short: of the images in its header (12) some are missing",
        ),
        (
            slice(None),
            slice(None, -1),
            "train-labels-idx1-ubyte is cut short: of the labels in its header (12) some are missing",
        ),
        (slice(None, 9), slice(None), "train-images-idx3-ubyte is cut short: it ends at byte 9, inside its header"),
        (slice(0, 0), slice(None), "it begins like an empty file"),
        (slice(1, None), slice(None), "train-images-idx3-ubyte is not an idx file of images"),
    ],
)
def test_that_a_shortened_idx_file_is_named(tmp_path, image_bytes, label_bytes, said):
    pixels, labels = written.digits()
    files = {
        "train-images-idx3-ubyte": written.idx_images(pixels)[image_bytes],
        "train-labels-idx1-ubyte": written.idx_labels(labels)[label_bytes],
    }
    assert said in sentence_of(lambda: Mnist(folder=put(tmp_path, files)).load(0))


@pytest.mark.parametrize(
    ("images", "labels", "said"),
    [
        (written.idx_images(written.digits(11)[0]), written.idx_labels(written.digits(12)[1]), "(11) and"),
        (written.idx_images(written.digits(3)[0]), written.idx_labels(np.uint8([1, 10, 2])), "label 10 at number 2"),
        (
            written.idx_images(written.digits(3)[0]) + b"x",
            written.idx_labels(np.uint8([1, 1, 2])),
            "its header promises (3)",
        ),
        (b"\0\0\x08\x03\0\0\0\1\0\0\0\2\0\0\0\2abcd", written.idx_labels(np.uint8([1])), "2 x 2 pixels, not 28 x 28"),
        (
            b"\0\0\x08\x03\xff\xff\xff\xff\0\0\0\x1c\0\0\0\x1c",
            written.idx_labels(np.uint8([1])),
            "how many images it holds, 4,294,967,295",
        ),
        (b"", written.idx_labels(np.uint8([9, 0, 0, 3, 0, 2, 7, 2, 5, 5])), "belongs to Fashion-MNIST, not to MNIST"),
        (b"", written.idx_labels(np.uint8([7, 2, 1, 0, 4, 1, 4, 9, 5, 9])), "holds the test labels of MNIST"),
    ],
)
def test_that_an_idx_file_with_wrong_contents_is_named(tmp_path, images, labels, said):
    files = {"train-images-idx3-ubyte": images, "train-labels-idx1-ubyte": labels}
    assert said in sentence_of(lambda: Mnist(folder=put(tmp_path, files)).load(0))


def test_that_images_without_labels_are_named(tmp_path):
    folder = put(tmp_path / "here", {"train-images-idx3-ubyte": b""})
    assert "here has no train-labels-idx1-ubyte" in sentence_of(lambda: Mnist(folder=folder).load(0))


# --- pickles and archives with bad intentions ---


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x80\x02cos\nsystem\nU\x02id\x85R.",
        b"cos\nsystem\n(S'id'\ntR.",
        b"(S'id'\nios\nsystem\n.",
        b"\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R.",
    ],
)
def test_that_a_name_off_the_list_is_said_and_never_called(hostile):
    assert raises(hostile).startswith("f names os.system, which is not allowed in a data file")


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        (b"\x80\x02c__builtin__\neval\n.", "__builtin__.eval"),
        (b"\x80\x02cnumpy\nload\n.", "numpy.load"),
        (b"\x80\x02cnumpy.core.multiarray\nscalar\n.", "numpy.core.multiarray.scalar"),
        (b"\x80\x02cnumpy\nndarray\n)\x81.", "NEWOBJ"),
        (b"\x80\x02Pany\n.", "PERSID"),
        (b"\x80\x02\x82\x01.", "EXT1"),
        (b"\x80\x05\x97.", "NEXT_BUFFER"),
    ],
)
def test_that_what_data_files_do_not_need_is_not_allowed(hostile, said):
    assert said in raises(hostile)
    assert "is not allowed in a data file" in raises(hostile)


@pytest.mark.parametrize(
    "hostile",
    [
        b"\x80\x02r\xff\xff\xff\x7f.",  # a place in the memo far away
        b"\x80\x02T\xff\xff\xff\x7fabc.",
        b"\x80\x05\x96\xff\xff\xff\xff\xff\xff\xff\x7f.",
        b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.",
        b"\x80\x02cnumpy\nndarray\nJ\xff\xff\xff\x7f\x85R}b.",
        b"\x80\x02" + b"]" * 2_000_000,
        b"\x80\x02" + b"(" * 900_000 + b"t" * 90_000 + b".",
    ],
)
def test_that_no_pickle_takes_much_memory_or_time(hostile):
    with written.little_memory():
        try:
            held = pickled.parse(hostile, "f")
        except FileError:
            return
    assert cifar_python._bytes_of(held) is None


def test_that_an_archive_gives_nothing_but_plain_files_in_their_place(tmp_path):
    room = io.BytesIO()
    with tarfile.open(fileobj=room, mode="w:gz") as archive:
        for name, data in written.binary_files().items():
            for path in (f"../{name}", f"/cifar-10-batches-bin/{name}", f"cifar-10-batches-bin/../{name}", f"x/{name}"):
                member = tarfile.TarInfo(path)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))
            for number, kind in enumerate((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE)):
                member = tarfile.TarInfo(f"cifar-10-batches-bin/{name}" if number else name)
                member.type, member.linkname = kind, "/etc/passwd"
                archive.addfile(member)
    path = tmp_path / "bad.tar.gz"
    path.write_bytes(room.getvalue())
    before = sorted(tmp_path.parent.rglob("*"))
    assert "bad.tar.gz has no data_batch_1" in sentence_of(lambda: Cifar10(folder=str(path)).load(0))
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_that_a_file_that_is_twice_in_an_archive_is_named(tmp_path):
    path = tmp_path / "a.tar"
    files = list(written.binary_files().items())
    path.write_bytes(written.tar(files + files[:1]))
    assert "data_batch_1.bin is there twice" in sentence_of(lambda: Cifar10(folder=str(path)).load(0))


def test_that_a_file_of_an_archive_may_not_be_large_however_well_it_is_packed(tmp_path):
    member = tarfile.TarInfo("data_batch_1.bin")
    member.size = 90_000_000
    path = tmp_path / "bad.tar.gz"
    path.write_bytes(written.bomb(member.tobuf(), 90))
    with written.measured(20_000_000):
        sentence = sentence_of(lambda: Cifar10(folder=str(path)).load(0))
    assert "bad.tar.gz holds data_batch_1.bin of 90.0 MB, which is too large" in sentence


@pytest.mark.parametrize("kind", [Mnist, FashionMnist])
def test_that_a_bomb_in_place_of_images_is_not_unpacked(tmp_path, kind):
    start = written.idx_images(np.zeros((0, 784), np.uint8))[:4] + b"\0\0\0\3\0\0\0\x1c\0\0\0\x1c"
    files = {"train-images-idx3-ubyte.gz": written.bomb(start), "train-labels-idx1-ubyte.gz": written.bomb()}
    folder = put(tmp_path, files)
    with written.measured(20_000_000):
        assert "is not an idx file of labels" in sentence_of(lambda: kind(folder=folder).load(0))
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(written.idx_labels(np.uint8([1, 2, 3]))))
    with written.measured(20_000_000):
        assert "goes on after the images that its header promises (3)" in sentence_of(
            lambda: kind(folder=folder).load(0)
        )
