"""Which encoding the letters of a text file have: UTF-8, what the user says, or a question where it matters."""

import codecs
import re

from simulator.data.formats.faults import fault, shown
from simulator.errors import FileError
from simulator.message import N_, Message

UTF_8 = "utf-8-sig"
WESTERN = "windows-1252"
ENCODINGS = {
    "utf-8": UTF_8,
    "windows-1250": "windows-1250",
    "windows-1251": "windows-1251",
    "windows-1252": WESTERN,
    "iso-8859-2": "iso-8859-2",
}
NAMES = {UTF_8: "UTF-8", WESTERN: "Windows-1252", "windows-1250": "Windows-1250", "windows-1251": "Windows-1251"}
GUESSED = ("windows-1250", WESTERN, "windows-1251")
LOST = b"\xef\xbf\xbd"  # what programs write in UTF-8 for a letter that they could not read
SEPARATORS = rb"[\s,;:|\"']"


def _same_everywhere(byte: int) -> bool:
    """Tell whether the encodings of Western and of Central Europe read a byte alike, such as that of é or ü."""
    western = bytes([byte]).decode(WESTERN, "replace")
    return western == bytes([byte]).decode("windows-1250", "replace") != "\ufffd"


SAME = bytes(byte for byte in range(0x100) if byte < 0x80 or _same_everywhere(byte))
# Three of the letters side by side are no European word, but may be a Cyrillic one.
THREE = re.compile(rb"[\x80-\xff]{3}")
BESIDE = 20  # bytes of the word at either side


class EncodingGuess:
    """Sees a file piece by piece; then says its encoding, or asks.

    Parameters
    ----------
    said
        One of `ENCODINGS`' codecs, or None to find out.
    name
        What sentences call the file.
    """

    def __init__(self, said: str | None, name: str) -> None:
        self._said = said
        self._name = name
        self._decoder = codecs.getincrementaldecoder(said or UTF_8)()
        self._is_sound = True
        self._doubtful = b""
        self._lost = False

    def take(self, piece: bytes) -> None:
        """See the next bytes."""
        self._decode(piece, False)
        self._lost = self._lost or LOST in piece
        if not self._doubtful and not piece.isascii():
            different = piece.translate(None, SAME)
            if different:
                self._doubtful = _word_at(piece, piece.index(different[:1]))
            elif three := THREE.search(piece):
                self._doubtful = _word_at(piece, three.start())

    def _decode(self, piece: bytes, final: bool) -> None:
        try:
            if self._is_sound:
                self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            self._is_sound = False

    def answer(self) -> str:
        """Return the codec, or raise `FileError`."""
        self._decode(b"", True)
        if self._is_sound:
            if self._lost and (self._said or UTF_8) == UTF_8:
                text = N_("{name} holds letters that were lost when it was saved (�); save it again as CSV with UTF-8")
                raise fault(text, name=self._name)
            return self._said or UTF_8
        if self._said is not None:
            text = N_("{name} is not written in {encoding}; choose another encoding in the field '{field}'")
            raise fault(text, name=self._name, encoding=name_of_encoding(self._said), field=_field())
        if self._doubtful:
            raise self._question()
        return WESTERN

    def _question(self) -> FileError:
        readings = ", ".join(
            f"{shown(self._doubtful.decode(each, 'replace'))} ({name_of_encoding(each)})" for each in GUESSED
        )
        text = N_("{name} is not in UTF-8: its letters may be {readings}; choose one in the field '{field}'")
        return fault(text, name=self._name, readings=readings, field=_field())


def _word_at(piece: bytes, place: int) -> bytes:
    """Return the word round a byte, or the part of it that lies near."""
    before = re.split(SEPARATORS, piece[max(place - BESIDE, 0) : place])[-1]
    return before + re.split(SEPARATORS, piece[place : place + BESIDE])[0]


def name_of_encoding(codec: str) -> str:
    """Return what sentences call an encoding."""
    return NAMES.get(codec, codec.upper())


def _field() -> Message:
    return Message(N_("Encoding"))
