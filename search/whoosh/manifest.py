"""What a generation consists of: the one file that says which others belong to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from search.errors import IndexDamagedError, IndexMissingError, IndexVersionError
from search.records import FIELDS

NAME = "manifest.json"
FORMAT_VERSION = 5
"""Version of the files of a generation; an index of another version is refused with a clear message."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a generation: bytes, and the first 32 hex digits of its SHA-256."""

    size: int
    checksum: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What is in a generation, counted when it was built."""

    articles: int = 0
    quotes: int = 0
    paragraphs: int = 0
    attributed: int = 0
    speakers: int = 0
    named: int = 0
    topics: int = 0
    outlets: int = 0
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The table of contents of a generation.

    Attributes:
        previous: The generation before, or empty.
        built_at: UTC, ISO 8601.
        segments: Names, in order; rows are numbered within each.
        segments_made: How many segment names have ever been given, so that none is given twice.
        files: Every other file in the folder.
    """

    generation: str
    previous: str
    built_at: str
    extractor: str
    segments: tuple[str, ...]
    segments_made: int
    totals: Totals
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    schema: str = ""
    format: int = FORMAT_VERSION

    def dump(self) -> bytes:
        """As JSON, with a checksum over the rest."""
        body = asdict(replace(self, schema=schema_hash()))
        return json.dumps({"checksum": _digest(_canonical(body)), **body}, indent=1).encode()


def read(folder: Path) -> Manifest:
    """Read the manifest of a generation.

    Raises:
        IndexMissingError: There is no generation here.
        IndexDamagedError: The file is not what was written.
        IndexVersionError: Another version of the format, or other fields.
    """
    where = str(folder)
    try:
        content = (folder / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(where) from error
    except OSError as error:
        raise IndexDamagedError(where, f"{NAME} cannot be read, {error.strerror}") from error
    try:
        body = json.loads(content)
        checksum, version, schema = body.pop("checksum"), body["format"], body["schema"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(where, f"{NAME} cannot be read") from error
    if checksum != _digest(_canonical(body)):
        raise IndexDamagedError(where, f"{NAME} fails its checksum")
    if version != FORMAT_VERSION:
        raise IndexVersionError(where, version, FORMAT_VERSION)
    if schema != schema_hash():
        raise IndexVersionError(
            where, f"{version} with fields {schema[:8]}", f"{FORMAT_VERSION} with {schema_hash()[:8]}"
        )
    body["files"] = {name: FileEntry(**entry) for name, entry in body["files"].items()}
    body["totals"] = Totals(**body["totals"])
    body["segments"] = tuple(body["segments"])
    return Manifest(**body)


def schema_hash() -> str:
    """A digest of the field table: an index made for other fields is refused."""
    return _digest("\n".join(f"{f.name} {f.type.value} {f.multi}" for f in FIELDS).encode())


def entry_of(path: Path) -> FileEntry:
    """Measure a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:32]
        return FileEntry(file.tell(), digest)


def _canonical(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
