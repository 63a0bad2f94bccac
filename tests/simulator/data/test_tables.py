"""The user's own files: tables (CSV, TSV) and NumPy archives."""

import csv
import gzip
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.data.formats import kept, table
from simulator.data.sources.csv_file import CsvFile
from simulator.data.sources.npz_file import NpzFile
from tests.simulator.data import written
from tests.simulator.data.written import sentence_of


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    yield
    kept.forget()


def put(folder, data, name):
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


@pytest.fixture
def load_csv(tmp_path):
    return lambda data, **fields: CsvFile(path=put(tmp_path, data, "own.csv"), **fields).load(0)


@pytest.fixture
def load_npz(tmp_path):
    return lambda data: NpzFile(path=put(tmp_path, data, "own.npz")).load(0)


# --- tables ---


def test_that_a_table_with_names_is_read(load_csv):
    data = load_csv("width,height,kind\n1,2.5,b\n-3e2,4,a\n0,0.25,b\n")
    assert data.features.tolist() == [[1, 2.5], [-300, 4], [0, 0.25]]
    assert data.features.dtype == np.float32
    assert data.labels.tolist() == [1, 0, 1]
    assert data.class_names == ("a", "b")
    assert data.feature_names == ("width", "height")
    assert data.image_shape is None
    assert str(data.source_note) == "own.csv: 3 rows, 2 features, classes from column kind"


def test_that_a_table_without_names_is_read(load_csv):
    data = load_csv("5.1,3.5,setosa\n4.9,3,virginica\n")
    assert data.features.shape == (2, 2)
    assert data.feature_names == ("x1", "x2")
    assert str(data.source_note).endswith("classes from column 3")


@pytest.mark.parametrize("chosen", ["kind", "1", " kind "])
def test_that_the_column_of_classes_may_be_chosen_by_name_or_number(load_csv, chosen):
    data = load_csv("kind,x,y\na,1,2\nb,3,4\n", label_column=chosen)
    assert data.features.tolist() == [[1, 2], [3, 4]]
    assert data.feature_names == ("x", "y")
    assert data.class_names == ("a", "b")


def test_that_a_number_means_the_column_even_where_a_cell_says_so(load_csv):
    data = load_csv("3,1,0\n5,2,1\n", label_column="1")
    assert data.class_names == ("3", "5")


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ("1;2;a\n3;4;b\n", [[1, 2], [3, 4]]),
        ("1\t2\ta\n3\t4\tb\n", [[1, 2], [3, 4]]),
        ("1,5;2,25;a\n3,5;4;b\n", [[1.5, 2.25], [3.5, 4]]),
        ("1,5;2,25;a\n3,5;4,5;b\n", [[1.5, 2.25], [3.5, 4.5]]),
        ("1;2;a\n3;4,5;b\n", [[1, 2], [3, 4.5]]),
        ("1.5;2;a\n3;4;b\n", [[1.5, 2], [3, 4]]),
        ("1,5\t2\ta\n3\t4\tb\n", [[1.5, 2], [3, 4]]),
        ('"1,5",2,a\n3,4,b\n', None),
        ('"1","2","a,b"\n3,4,b\n', [[1, 2], [3, 4]]),
        ("1,2,a\r\n3,4,b\r\n", [[1, 2], [3, 4]]),
        ("1,2,a\r3,4,b", [[1, 2], [3, 4]]),
        ("\n1,2,a\n\n   \n3,4,b\n\n", [[1, 2], [3, 4]]),
        (" 1 , 2 , a \n3,4,b\n", [[1, 2], [3, 4]]),
        ("\ufeff1,2,a\n3,4,b\n", [[1, 2], [3, 4]]),
    ],
)
def test_that_separator_and_decimal_mark_are_found_out(load_csv, text, features):
    if features is None:
        assert "row 1, column 1: '1,5' is not a number" in sentence_of(lambda: load_csv(text))
    else:
        assert load_csv(text).features.tolist() == features


def test_that_separator_and_decimal_mark_may_be_said(load_csv):
    assert load_csv("1,5;2;a\n3,5;4;b\n", separator="semicolon", decimal="comma").features[0, 0] == 1.5
    sentence = sentence_of(lambda: load_csv("1,5;2;a\n3;4;b\n", separator="semicolon", decimal="point"))
    assert "row 1, column 1: '1,5' is not a number" in sentence
    sentence = sentence_of(lambda: load_csv("1.234,5;2;a\n3;4;b\n", separator="semicolon", decimal="comma"))
    assert "'1.234,5' has a decimal point, not a comma" in sentence
    assert "row 1: the count of columns is 1, not 2 to 4,096" in sentence_of(
        lambda: load_csv("1,2,a\n", separator="tab")
    )


def test_that_the_first_row_may_be_said_to_hold_names_or_numbers(load_csv):
    assert load_csv("1,2,0\n1,2,0\n3,4,1\n", header="yes").features.tolist() == [[1, 2], [3, 4]]
    assert "row 1, column 1: 'x' is not a number" in sentence_of(lambda: load_csv("x,y,c\n1,2,a\n", header="no"))


def test_that_classes_are_sorted_as_numbers_or_as_texts(load_csv):
    assert load_csv("1,10\n2,9\n3,-1\n").class_names == ("-1", "9", "10")
    assert load_csv("1,10\n2,9\n3,x\n").class_names == ("10", "9", "x")
    assert load_csv("1,10\n2,9\n3,-1\n").labels.tolist() == [2, 1, 0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_that_names_of_classes_keep_their_letters(load_csv, encoding):
    assert load_csv("x,c\n1,žuto\n2,é\n".replace("ž", "z").encode(encoding)).class_names == ("zuto", "é")
    assert load_csv("x,c\n1,жуто\n2,плаво\n").class_names == ("жуто", "плаво")


def test_that_a_gzipped_table_is_read(load_csv):
    assert load_csv(gzip.compress(b"1,2,a\n3,4,b\n")).features.tolist() == [[1, 2], [3, 4]]


numbers = st.floats(-1e6, 1e6, width=32)


@given(
    st.lists(
        st.tuples(numbers, numbers, st.sampled_from(["a", "b;,\t", 'c "quoted"', "č\nd"])), min_size=1, max_size=20
    ),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
    st.booleans(),
)
def test_that_what_python_writes_comes_back(tmp_path_factory, rows, separator, comma, names):
    comma = comma and separator != ","
    rows = [*rows, (0.5, 1.5, "a"), (0.5, 1.5, "z")]
    room = io.StringIO()
    writer = csv.writer(room, delimiter=separator)
    if names:
        writer.writerow(["first", "second, or so", "class"])
    for x, y, name in rows:
        cells = [repr(x), repr(y)]
        writer.writerow([cell.replace(".", ",") if comma else cell for cell in cells] + [name])
    path = put(tmp_path_factory.getbasetemp(), room.getvalue(), "written.csv")
    kept.forget()
    said = {",": "comma", ";": "semicolon", "\t": "tab"}[separator]
    data = CsvFile(path=path, separator=said).load(0)
    np.testing.assert_array_equal(data.features, np.float32([row[:2] for row in rows]))
    assert [data.class_names[label] for label in data.labels] == [row[2].strip() for row in rows]


def test_that_rows_beyond_one_block_come_in_their_order(load_csv, monkeypatch):
    monkeypatch.setattr(table, "BLOCK", 7)
    data = load_csv("".join(f"{row},{2 * row},{row % 3}\n" for row in range(100)), keep_counting=True)
    assert data.features[:, 0].tolist() == list(range(100))
    assert data.labels.tolist() == [row % 3 for row in range(100)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x,y,c\n1,2,a\n3,,b\n", "own.csv, row 3, column 2 ('y'): the number is missing"),
        ("1,2,a\nNA,2,b\n", "own.csv, row 2, column 1: the number is missing"),
        ("1,2,a\nnan,2,b\n", "own.csv, row 2, column 1: the number is missing"),
        ("1,2,a\n?,2,b\n", "own.csv, row 2, column 1: the number is missing"),
        ("1,2,a\n1,two,b\n", "own.csv, row 2, column 2: 'two' is not a number"),
        ("1,2,a\n1,1_000,b\n", "own.csv, row 2, column 2: '1_000' is not a number"),
        ("1,2,a\n1,inf,b\n", "own.csv, row 2, column 2: the number is too large"),
        ("1,2,a\n1,1e39,b\n", "own.csv, row 2, column 2: the number is too large"),
        ("1,2,a\n1,2,\n", "own.csv, row 2, column 3: the class is missing"),
        ("1,2,a\n1,2\n", "own.csv, row 2: the count of cells is 2, but 3 in the first row"),
        ("1,2,a\n\n1,2,b,4\n", "own.csv, row 3: the count of cells is 4, but 3 in the first row"),
        ('1,2,a\n1,"2,b\n', "own.csv, row 2: the quotes do not match"),
        ("1,2,a\n1,2,a\n", "own.csv: column 3 holds fewer than two classes"),
        ("x,c\n", "own.csv: column 2 ('c') holds fewer than two classes"),
        ("1\n2\n", "own.csv, row 1: the count of columns is 1, not 2 to"),
        (",".join(["1"] * 4097) + "\n", "own.csv, row 1: the count of columns is 4,097"),
        ("", "own.csv is not a table in plain text: it begins like an empty file"),
        ("\n \n", "own.csv has no rows"),
        ("1,2\0,a\n", "own.csv is not a table in plain text: byte 3 is 0"),
        ("x,c\n1,a\n".encode("utf-16"), "own.csv is written in UTF-16"),
        (b"PK\x03\x04abc", "it begins like a zip file"),
        (b"\x89PNG\r\n", "it begins like a picture"),
        ("<html><body>Not found</body></html>", "it begins like a web page"),
        ("1" * 1_000_001, "own.csv, row 1: the row is longer than 1,000,000 characters"),
        (f"{'1' * 200_000},a\n", "a cell is too long"),
        ("".join(f"{row},c{row}\n" for row in range(1001)), "own.csv, row 1,001, column 2: over 1,000 classes"),
        (f"1,{'a' * 101}\n2,b\n", "a class name of over 100 characters"),
        ('"\n",' * 300_000, "the row is longer than 1,000,000 characters"),
    ],
)
def test_that_the_fault_of_a_table_is_named_with_row_and_column(load_csv, text, said):
    assert said in sentence_of(lambda: load_csv(text))


def test_that_a_column_that_is_not_there_is_named(load_csv):
    for wrong in ("colour", "4", "0", "-1", "²"):
        sentence = sentence_of(lambda wrong=wrong: load_csv("x,y,c\n1,2,a\n3,4,b\n", label_column=wrong))
        assert sentence == f"own.csv has no column '{wrong}'; choose one of its columns (3): x, y, c"


@pytest.mark.parametrize(("limit", "value"), [("MOST_NUMBERS", 10), ("MOST_ROWS", 5)])
def test_that_a_table_with_too_many_numbers_or_rows_is_named(load_csv, monkeypatch, limit, value):
    monkeypatch.setattr(table, limit, value)
    sentence = sentence_of(lambda: load_csv("1,2,a\n3,4,b\n" * 100))
    assert "own.csv, row 6: over" in sentence


def test_that_a_bomb_of_a_table_is_stopped(load_csv):
    wide = gzip.compress((b"," * 999_999 + b"\n") * 30, 1)
    spaces = gzip.compress(b" " * 70_000_000, 1)
    with written.measured(100_000_000):
        assert "the count of columns is 1,000,000" in sentence_of(lambda: load_csv(wide))
        assert "it holds over 200 MB" in sentence_of(lambda: load_csv(spaces * 3))


# --- archives ---

IMAGES, LABELS = written.digits()
WIDE = np.arange(24, dtype=np.float64).reshape(4, 6)
TWO = np.array([0, 1, 1, 0])


@pytest.mark.parametrize(
    "names", [("x", "y"), ("features", "labels"), ("images", "labels"), ("X", "Y"), ("left", "right")]
)
def test_that_examples_and_labels_are_found_by_name_or_alone(load_npz, names):
    data = load_npz(written.npz(**{names[0]: IMAGES, names[1]: LABELS}))
    np.testing.assert_array_equal(data.features, IMAGES)
    assert data.features.dtype == np.uint8
    assert data.labels.tolist() == LABELS.tolist()
    assert data.class_names == tuple("0123456789")
    assert str(data.source_note) == "own.npz: 12 examples, 784 features"


def test_that_the_training_part_of_a_set_of_keras_is_taken(load_npz):
    images = IMAGES.reshape(-1, 28, 28)
    data = load_npz(written.npz(x_train=images, y_train=LABELS, x_test=images[:2], y_test=LABELS[:2]))
    assert data.examples == 12
    assert data.image_shape == (28, 28)


@pytest.mark.parametrize("dtype", ["f2", "f4", ">f8", "i1", ">i2", "u8", "?"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_that_other_numbers_become_float32(load_npz, dtype, order):
    data = load_npz(written.npz(x=np.array(WIDE.astype(dtype), order=order), y=TWO))
    assert data.features.dtype == np.float32
    np.testing.assert_array_equal(data.features, WIDE.astype(dtype).astype(np.float32))
    assert data.features.flags.c_contiguous


@pytest.mark.parametrize(
    ("shape", "picture"),
    [((4, 3, 2), (3, 2)), ((4, 2, 1, 3), (2, 1, 3)), ((4, 3, 2, 1), (3, 2)), ((4, 6), None), ((4, 2, 3, 5), None)],
)
def test_that_pictures_keep_their_shape(load_npz, shape, picture):
    array = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    data = load_npz(written.npz(x=array, y=TWO))
    assert data.image_shape == picture
    np.testing.assert_array_equal(data.features, array.reshape(4, -1))


def test_that_planes_of_colour_are_interleaved(load_npz):
    array = np.arange(4 * 3 * 5 * 6, dtype=np.uint8).reshape(4, 3, 5, 6)
    data = load_npz(written.npz(x=array, y=TWO))
    assert data.image_shape == (5, 6, 3)
    np.testing.assert_array_equal(data.features.reshape(4, 5, 6, 3)[..., 1], array[:, 1])


@pytest.mark.parametrize(
    ("labels", "codes", "names"),
    [
        (np.array([7, -2, 7, 7]), [1, 0, 1, 1], ("-2", "7")),
        (np.array([1.0, 0.0, 1.0, 2.0]), [1, 0, 1, 2], ("0", "1", "2")),
        (np.array(["b", "ž", "a", "b"]), [1, 2, 0, 1], ("a", "b", "ž")),
        (np.array([b"b", b"a", b"a", b"b"]), [1, 0, 0, 1], ("a", "b")),
        (np.array([True, False, False, True]), [1, 0, 0, 1], ("False", "True")),
        (np.array([[3], [3], [4], [3]], np.uint8), [0, 0, 1, 0], ("3", "4")),
    ],
)
def test_that_labels_of_any_kind_become_classes_in_order(load_npz, labels, codes, names):
    data = load_npz(written.npz(x=WIDE, y=labels))
    assert data.labels.tolist() == codes
    assert data.class_names == names
    assert data.labels.dtype == np.int64


def test_that_an_archive_may_name_its_classes(load_npz):
    data = load_npz(written.npz(x=WIDE, y=np.array([2, 0, 0, 2]), class_names=np.array(["cat", "dog", "ox"])))
    assert data.class_names == ("cat", "dog", "ox")
    assert data.labels.tolist() == [2, 0, 0, 2]


PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': (4, 6), }"
HUGE = "{'descr': '|u1', 'fortran_order': False, 'shape': (1000, 90000000), }"
Y = written.npy("{'descr': '<i8', 'fortran_order': False, 'shape': (4,), }", TWO.astype("<i8").tobytes())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (written.npz(x=WIDE, y=TWO)[:-30], "own.npz is damaged or cut short: it has no list of its arrays"),
        (written.npz(x=WIDE, y=TWO[:3]), "own.npz: 'x' (4) and 'y' (3) are not equally many"),
        (written.npz(x=WIDE), "own.npz has no single array of labels, such as 'y'; name one so: it holds x (4, 6)"),
        (written.npz(a=WIDE, b=WIDE, y=TWO), "own.npz has no single array of examples, such as 'x'"),
        (written.npz(), "it holds -"),
        (
            written.npz(x=WIDE / 0.0001 * np.nan, y=TWO),
            "own.npz: 'x' holds NaN, infinity or a number too large in example 1",
        ),
        (written.npz(x=np.where(WIDE == 13, 1e300, 0), y=TWO), "in example 3"),
        (written.npz(x=WIDE, y=TWO * 0), "own.npz: the count of classes in 'y' is 1;"),
        (written.npz(x=WIDE, y=TWO + 0.5), "own.npz: 'y' holds a label that is no whole number, at example 1"),
        (written.npz(x=WIDE, y=TWO * np.nan), "a label that is no whole number"),
        (written.npz(x=np.array([[None]] * 4), y=TWO), "own.npz: the array 'x' holds '|O', not plain numbers or texts"),
        (written.npz(x=WIDE * 1j, y=TWO), "holds '<c16', not plain numbers"),
        (written.npz(x=np.zeros((4, 0)), y=TWO), "the count of numbers in an example of 'x' is 0"),
        (written.npz(x=WIDE[:1], y=TWO[:1]), "the count of examples in 'x' is 1; between 2 and"),
        (b"", "own.npz is not an archive of NumPy arrays: it begins like an empty file"),
        (b"\x93NUMPY\x01\x00", "it begins like a NumPy array"),
        (written.zipped({"x.npy": b"none", "y.npy": Y}), "own.npz: the array 'x' has a header that cannot be read"),
        (
            written.zipped({"x.npy": written.npy(PLAIN, b"abc"), "y.npy": Y}),
            "'x' has not as many numbers as its header says (24)",
        ),
        (
            written.zipped({"x.npy": written.npy(PLAIN, bytes(97)), "y.npy": Y}),
            "'x' has not as many numbers as its header says (24)",
        ),
        (written.zipped({f"{i}.npy": Y for i in range(1001)}), "own.npz holds too many files (1,001)"),
        (written.zipped({"x.npy": Y}, 14), "own.npz is damaged: the array 'x' cannot be unpacked"),
        (
            written.zipped(
                {
                    "x.npy": written.npy(PLAIN, bytes(96)),
                    "y.npy": written.npy(PLAIN.replace("f4", "U1").replace("(4, 6)", "(4,)"), b"\xff" * 16),
                }
            ),
            "the array 'y' holds texts that are none",
        ),
    ],
)
def test_that_the_fault_of_an_archive_is_named_with_its_array(load_npz, data, said):
    assert said in sentence_of(lambda: load_npz(data))


def test_that_no_memory_is_given_for_what_a_header_promises(load_npz):
    y = written.npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1000,), }", bytes(1000))
    with written.measured(20_000_000):
        sentence = sentence_of(lambda: load_npz(written.zipped({"x.npy": written.npy(HUGE, b""), "y.npy": y})))
        assert "own.npz: the array 'x' takes 90,000.0 MB" in sentence or "is 90,000,000;" in sentence


def test_that_a_bomb_of_an_archive_is_not_unpacked(load_npz):
    x = written.npy(PLAIN, bytes(100_000_000))
    with written.measured(150_000_000):  # the bomb itself is made here
        assert "not as many numbers as its header says (24)" in sentence_of(
            lambda: load_npz(written.zipped({"x.npy": x, "y.npy": Y}))
        )
