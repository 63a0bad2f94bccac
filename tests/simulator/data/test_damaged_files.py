"""Files after accidents and malice: each ends in a sound data set or in one sentence, with little memory, at once."""

import io
import tarfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.data.sources.cifar10 import Cifar10
from simulator.data.sources.csv_file import CsvFile
from simulator.data.sources.fashion_mnist import FashionMnist
from simulator.data.sources.mnist import Mnist
from simulator.data.sources.npz_file import NpzFile
from tests.simulator.data import written
from tests.simulator.data.written import damaged, sound_or_said

pytestmark = pytest.mark.slow

PIXELS, LABELS = written.digits()
IDX_IMAGES, IDX_LABELS = written.idx_images(PIXELS), written.idx_labels(LABELS)
BINARY, PYTHON = written.binary_files(), written.python_files()
NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
META, META_TEXT = written.names2(NAMES), "\n".join((*NAMES, "", "")).encode()
BINARY_TAR, PYTHON_TAR = written.tar(BINARY), written.tar({**PYTHON, "batches.meta": META})
NPZ = written.npz(x=PIXELS.reshape(-1, 28, 28), y=LABELS)
CSV = b"width,height,kind\n" + b"".join(b"%d,%d.5,%s\n" % (row, -row, b"abc"[row % 3 :][:1]) for row in range(12))
STRANGERS = (IDX_IMAGES, IDX_LABELS, BINARY["data_batch_1.bin"], PYTHON["data_batch_1"], META, NPZ, CSV, BINARY_TAR)

thoroughly = settings(max_examples=500)


@pytest.fixture(scope="module", autouse=True)
def little_memory():
    """No file of this module takes 500 MB."""
    with written.little_memory():
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged")


def filled(folder, files):
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def once(folder, files):
    """Fill a folder that is not there yet: tests then write the damaged files only."""
    return folder if folder.exists() else filled(folder, files)


# --- by accident ---


@thoroughly
@given(damaged(IDX_IMAGES, STRANGERS), damaged(IDX_LABELS, STRANGERS), st.sampled_from(["images", "labels", "both"]))
def test_that_damaged_idx_files_are_named(folder, images, labels, which):
    files = {
        "train-images-idx3-ubyte": IDX_IMAGES if which == "labels" else images,
        "train-labels-idx1-ubyte": IDX_LABELS if which == "images" else labels,
    }
    place = filled(folder / "idx", files)
    for kind in (Mnist, FashionMnist):
        sound_or_said(lambda kind=kind: kind(folder=str(place)).load(0), *files)


@thoroughly
@given(damaged(BINARY["data_batch_3.bin"], STRANGERS), damaged(META_TEXT, STRANGERS), st.integers(0, 3).map(bool))
def test_that_damaged_batches_of_the_binary_version_are_named(folder, batch, meta, is_batch):
    name = "data_batch_3.bin" if is_batch else "batches.meta.txt"
    place = once(folder / "binary", BINARY)
    filled(place, {"data_batch_3.bin": batch if is_batch else BINARY["data_batch_3.bin"]})
    filled(place, {"batches.meta.txt": META_TEXT if is_batch else meta})
    sound_or_said(lambda: Cifar10(folder=str(place)).load(0), name)


HOSTILE = (
    b"cos\nsystem\n(S'exit 1'\ntR",
    b"cposix\nsystem\nU\x06exit 1\x85R",
    b"c__builtin__\nexec\n",
    b"(ios\nsystem\n",
    b"\x8c\x02os\x8c\x06system\x93",
    b"cnumpy\nndarray\n)\x81",
    b"cnumpy\nndarray\nJ\xff\xff\xff\x7f\x85R",
    b"}U\x01aK\x01sb",
    b"r\xff\xff\xff\x7f",
    b"T\xff\xff\xff\x7f",
    b"\x96\xff\xff\xff\xff\xff\xff\xff\x7f",
    b"\x8d\xff\xff\xff\xff\x00\x00\x00\x00",
    b"\x95\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\x8b\xff\xff\xff\x7f",
    b"(((((",
    b"0000",
    b"2e",
    b"a",
    b"]q\x01h\x01a",
    b"u",
    b"s",
    b"b",
    b"R",
    b"Q",
    b"\x82\x01",
    b"I99999999999999999999\n",
    b"I" + b"9" * 5000 + b"\n",
    b"V\\ud800\n",
)


@st.composite
def hostile_pickles(draw):
    sound = draw(st.sampled_from((PYTHON["data_batch_3"], META)))
    if draw(st.booleans()):
        return draw(damaged(sound, STRANGERS))
    for _ in range(draw(st.integers(1, 3))):
        # Between the instructions before the pixels, or after them.
        place = draw(st.one_of(st.integers(0, 250), st.integers(len(sound) - 60, len(sound))))
        sound = sound[:place] + draw(st.sampled_from(HOSTILE)) + sound[place + draw(st.integers(0, 3)) :]
    return sound


@thoroughly
@given(hostile_pickles(), st.sampled_from(["data_batch_3", "batches.meta"]))
def test_that_damaged_and_hostile_pickles_are_named(folder, data, name):
    place = once(folder / "python", PYTHON)
    filled(place, {"data_batch_3": PYTHON["data_batch_3"], "batches.meta": META, name: data})
    sound_or_said(lambda: Cifar10(folder=str(place)).load(0), name)


@st.composite
def members(draw):
    """One entry of an archive, of any kind, that may say anything of itself."""
    name = draw(
        st.sampled_from([*BINARY, "../data_batch_1.bin", "/data_batch_1.bin", "a" * 150, "č", "batches.meta.txt"])
    )
    inside = draw(st.sampled_from(["", "", "cifar-10-batches-bin/", "../", "./"]))
    member = tarfile.TarInfo(inside + name)
    member.type = draw(
        st.sampled_from([b"0", b"0", b"\0", b"7", b"1", b"2", b"3", b"4", b"5", b"6", b"x", b"g", b"L", b"K", b"S"])
    )
    member.linkname = draw(st.sampled_from(["", "/etc/passwd", "../x"]))
    data = draw(st.sampled_from([b"", b"x" * 700, BINARY["data_batch_2.bin"], b"25 path=data_batch_1.bin\n"]))
    member.size = draw(st.sampled_from([len(data), len(data), len(data), 0, 10**6, 10**9, 2**40]))
    form = draw(st.sampled_from([tarfile.GNU_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]))
    return member.tobuf(form) + data + bytes(-len(data) % 512)


@st.composite
def archives(draw):
    sound = draw(st.sampled_from((BINARY_TAR, PYTHON_TAR)))
    if draw(st.booleans()):
        return draw(damaged(sound, STRANGERS))
    return b"".join(draw(st.lists(members(), min_size=1, max_size=3))) + sound


@thoroughly
@given(archives())
def test_that_damaged_and_hostile_archives_are_named(folder, data):
    path = filled(folder, {"a.tar.gz": data}) / "a.tar.gz"
    sound_or_said(lambda: Cifar10(folder=str(path)).load(0), "a.tar.gz")


@st.composite
def arrays(draw):
    """An array whose header may say anything of it."""
    kind = draw(
        st.sampled_from(["'<f4'", "'|u1'", "'<i8'", "'>f8'", "'<U2'", "'|S3'", "'|b1'", "'<f2'"] * 2)
        | st.sampled_from(
            ["'|O'", "'<f3'", "'<c8'", "'|V9'", "'<M8[s]'", "[('a', '<f4')]", "'<U999999999'", "'<U0'", "x" * 99]
        )
    )
    shape = draw(
        st.sampled_from([(4,), (4, 1), (4, 3), (4, 2, 2), (4, 3, 2, 2), (0, 3), (4, 0), (), (10**12,), (2**40, 2**40)])
    )
    header = f"{{'descr': {kind}, 'fortran_order': {draw(st.booleans())}, 'shape': {shape}, }}"
    size = draw(st.sampled_from([4, 8, 12, 16, 32, 48, 64, 96, 128, 192]))
    return written.npy(header, draw(st.sampled_from([bytes(size), b"\1" * size, b"\xff" * size, bytes(range(size))])))


@thoroughly
@given(
    damaged(NPZ, STRANGERS)
    | st.dictionaries(
        st.sampled_from(["x.npy", "y.npy", "labels.npy", "class_names.npy", "z.npy", "readme", "../x.npy"]), arrays()
    ).map(written.zipped)
)
def test_that_damaged_archives_of_arrays_are_named(folder, data):
    path = filled(folder, {"own.npz": data}) / "own.npz"
    sound_or_said(lambda: NpzFile(path=str(path)).load(0), "own.npz")


cells = st.sampled_from(
    ["1", "-2.5", "3,5", "1e400", "nan", "", "a", '"', '"x"', "é", "\x00", "\ufeff", "1_0", "٣", " 4 "]
)
tables = st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=6)


@thoroughly
@given(
    damaged(CSV, STRANGERS)
    | st.tuples(tables, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "latin-1", "utf-16"])).map(
        lambda drawn: "\n".join(drawn[1].join(row) for row in drawn[0]).encode(drawn[2], "replace")
    ),
    st.sampled_from(["", "1", "2", "kind", "9"]),
    st.sampled_from(["auto", "yes", "no"]),
    st.sampled_from(["auto", "comma", "semicolon", "tab"]),
    st.sampled_from(["auto", "point", "comma"]),
)
def test_that_damaged_tables_are_named(folder, data, label, header, separator, decimal):
    path = filled(folder, {"own.csv": data}) / "own.csv"
    source = CsvFile(path=str(path), label_column=label, header=header, separator=separator, decimal=decimal)
    sound_or_said(lambda: source.load(0), "own.csv")


# --- bombs, in every place ---


@pytest.mark.parametrize("start", [b"", IDX_IMAGES, IDX_LABELS, BINARY_TAR[:8192], META, CSV, b"1,2,a\n" * 3])
def test_that_a_bomb_is_named_wherever_it_lies(folder, start):
    place = once(folder / "bombs", {})
    data = written.bomb(start)
    for name in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"):
        filled(place, {"train-images-idx3-ubyte": IDX_IMAGES, "train-labels-idx1-ubyte": IDX_LABELS, name: data})
        assert sound_or_said(lambda: Mnist(folder=str(place)).load(0), name)
    for files in (BINARY, PYTHON):
        name = list(files)[3]
        sub = filled(place / name, {**files, name: data})
        assert sound_or_said(lambda sub=sub: Cifar10(folder=str(sub)).load(0), name)
    filled(place, {"a.tar.gz": data, "own.csv": data, "own.npz": data})
    assert sound_or_said(lambda: Cifar10(folder=str(place / "a.tar.gz")).load(0), "a.tar.gz")
    assert sound_or_said(lambda: CsvFile(path=str(place / "own.csv")).load(0), "own.csv")
    assert sound_or_said(lambda: NpzFile(path=str(place / "own.npz")).load(0), "own.npz")


def test_that_a_large_sound_archive_of_arrays_is_read_or_refused_in_little_memory(folder):
    room = io.BytesIO()
    np.savez_compressed(room, x=np.zeros((100_000, 300), np.uint8), y=np.arange(100_000) % 2)
    path = filled(folder, {"own.npz": room.getvalue()}) / "own.npz"
    assert sound_or_said(lambda: NpzFile(path=str(path)).load(0), "own.npz") is None
