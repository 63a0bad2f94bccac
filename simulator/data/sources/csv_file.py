"""A table of the user's own: CSV or TSV."""

from typing import Annotated, ClassVar, Literal

from simulator.data.dataset import Dataset
from simulator.data.folders import file_at
from simulator.data.formats.encoding import ENCODINGS
from simulator.data.formats.kept import kept
from simulator.data.formats.table import Choices, read_table
from simulator.data.sources.base import Source
from simulator.declaration import Field
from simulator.message import N_, Message, counted

SEPARATORS = {"auto": None, "comma": ",", "semicolon": ";", "tab": "\t"}
YES_OR_NO = {"auto": None, "yes": True, "no": False, "comma": True, "point": False}


class CsvFile(Source, tag="csv_file", frozen=True):
    """One example a row: numbers, and a class in one column; classes are sorted."""

    label: ClassVar[str] = N_("Table (CSV)")
    help: ClassVar[str] = N_("Your own table: one example a row, numbers in the columns, the class in one of them.")
    source: ClassVar[str] = ""
    rank: ClassVar[int] = 30
    needs_files: ClassVar[bool] = True

    path: Annotated[str, Field(N_("File"), help=N_("The CSV or TSV file."))] = ""
    label_column: Annotated[
        str,
        Field(
            N_("Column of classes"),
            help=N_("Its name or its number, counted from 1; empty: the last column."),
        ),
    ] = ""
    header: Annotated[
        Literal["auto", "yes", "no"],
        Field(
            N_("Names in the first row"),
            help=N_("Whether the first row names the columns; automatic: if none of its cells is a number."),
            words={"auto": N_("automatic"), "yes": N_("yes"), "no": N_("no")},
        ),
    ] = "auto"
    separator: Annotated[
        Literal["auto", "comma", "semicolon", "tab"],
        Field(
            N_("Separator"),
            help=N_("What stands between two columns."),
            words={
                "auto": N_("automatic"),
                "comma": N_("comma"),
                "semicolon": N_("semicolon"),
                "tab": N_("tab"),
            },
        ),
    ] = "auto"
    decimal: Annotated[
        Literal["auto", "point", "comma"],
        Field(
            N_("Decimal mark"),
            help=N_("What stands before decimals; automatic: whichever the file uses first."),
            words={"auto": N_("automatic"), "point": N_("point"), "comma": N_("comma")},
        ),
    ] = "auto"

    encoding: Annotated[
        Literal["auto", "utf-8", "windows-1250", "windows-1251", "windows-1252", "iso-8859-2"],
        Field(
            N_("Encoding"),
            help=N_("How the file's letters are written; automatic: UTF-8, or what all others would read alike."),
            words={
                "auto": N_("automatic"),
                "utf-8": N_("UTF-8"),
                "windows-1250": N_("Windows-1250 (Central Europe)"),
                "windows-1251": N_("Windows-1251 (Cyrillic)"),
                "windows-1252": N_("Windows-1252 (Western Europe)"),
                "iso-8859-2": N_("ISO-8859-2 (Central Europe)"),
            },
        ),
    ] = "auto"
    keep_counting: Annotated[
        bool,
        Field(
            N_("Keep a column that counts the rows"),
            help=N_("Such a column is an Id: it says where a row stands in the file, and nothing of the example."),
        ),
    ] = False
    many_classes: Annotated[
        bool,
        Field(
            N_("Many classes"),
            help=N_("Allows dozens of classes with few rows each, which usually are a number or a name."),
        ),
    ] = False

    def load(self, seed: int) -> Dataset:
        path = file_at(self.path)

        def read() -> Dataset:
            table = read_table(path, self._choices())
            rows = counted("{count:,} row", "{count:,} rows", table.features.shape[0])
            features = counted("{count:,} feature", "{count:,} features", table.features.shape[1])
            text = N_("{name}: {rows}, {features}, classes from column {column}")
            values = {"name": path.name, "rows": rows, "features": features, "column": table.label_name}
            return Dataset(
                table.features,
                table.labels,
                table.class_names,
                table.feature_names,
                source_note=Message(text, values),
                report=table.report,
            )

        return kept(self, [path], read)

    def _choices(self) -> Choices:
        return Choices(
            SEPARATORS[self.separator],
            YES_OR_NO[self.header],
            self.label_column,
            YES_OR_NO[self.decimal],
            ENCODINGS.get(self.encoding),
            self.keep_counting,
            self.many_classes,
        )
