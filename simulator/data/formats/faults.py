"""What is said of a file that cannot be used: one sentence with the file, the place and the remedy."""

from pathlib import Path

from simulator.errors import FileError
from simulator.message import N_, Message

LONGEST_SHOWN = 40

UNKNOWN = N_("something unknown")
TEXT = N_("plain text")
STARTS = (
    (b"\x1f\x8b", N_("a gzip file")),
    (b"PK\x03\x04", N_("a zip file")),
    (b"PK\x05\x06", N_("a zip file")),
    (b"\x93NUMPY", N_("a NumPy array")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"%PDF", N_("a PDF document")),
    (b"\x00\x00\x08\x03", N_("idx images")),
    (b"\x00\x00\x08\x01", N_("idx labels")),
    (b"\x80\x02", N_("a Python pickle")),
    (b"\x80\x03", N_("a Python pickle")),
    (b"\x80\x04", N_("a Python pickle")),
    (b"\x80\x05", N_("a Python pickle")),
)


def fault(text: str, **values: object) -> FileError:
    """Return the error that says `text`, a marked source text."""
    return FileError(Message(text, values))


def unreadable(name: str, error: OSError) -> FileError:
    """Return the error for a file that the system does not give."""
    reason = error.strerror or type(error).__name__
    return fault(N_("{name} cannot be read: {reason}; see that it is there and may be read"), name=name, reason=reason)


def wrong_format(name: str, wanted: str, head: bytes) -> FileError:
    """Return the error for a file that is something else than `wanted`, a marked source text; `head` begins it."""
    return fault(
        N_("{name} is not {wanted}: it begins like {found}; choose the right file or download it again"),
        name=name,
        wanted=Message(wanted),
        found=looks_like(head),
    )


def looks_like(head: bytes) -> Message:
    """Return what a file that begins with `head` seems to be."""
    for start, kind in STARTS:
        if head.startswith(start):
            return Message(kind)
    if not head:
        return Message(N_("an empty file"))
    if head[257:262] == b"ustar":
        return Message(N_("a tar archive"))
    start_of_text = head[:200].lstrip().lower()
    if start_of_text.startswith((b"<!doctype", b"<html", b"<head", b"<meta", b"<?xml")):
        return Message(N_("a web page"))
    if all(32 <= byte < 127 or byte in b"\t\r\n" for byte in head[:200]):
        return Message(TEXT)
    return Message(UNKNOWN)


def shown(text: str) -> str:
    """Return `text` as a sentence can hold it: in one line, shortened, in characters that any terminal can print."""
    line = "".join(character if character.isprintable() else " " for character in text[: LONGEST_SHOWN + 1])
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


def name_of(path: Path) -> str:
    """Return what sentences call a file: its name, in characters that any terminal can print."""
    name = path.name or str(path)
    name = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(character if character.isprintable() else " " for character in name)
