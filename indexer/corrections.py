"""What the user rules about a collection: two CSV files that survive every reindex.

Both lie in one folder, by default the index folder's name with ``.corrections`` added (``--corrections DIR``). UTF-8, a header
line, columns in any order; blank lines and lines that begin with ``#`` are passed over. A speaker is given by slug, id,
or name, as long as only one speaker bears it. A row that cannot be read, or matches nothing (any more), is named with
its line in the summary; the others count.

``aliases.csv``: one person or organisation under several names.

    name       whom it is about: canonical name from now on
    alias      another way to write them: whoever the collection knows by it is the same; may be empty
    wikidata   Wikidata id (Q42); may be empty
    note       for yourself

``errata.csv``: what is wrong, and what you have looked at.

    action     merge     ``speaker`` is the same as ``to``
               split     in ``article``, ``speaker`` is somebody else, called ``to`` (empty: the same name)
               rename    ``speaker`` is called ``to``
               attribute ``quote`` is by ``to`` (empty: by nobody)
               confirm   ``quote`` is right
               dispute   ``quote`` is doubted
    quote      id of a quote, as in its page's address; with ``article`` and ``words`` it may be empty, or out of date
    speaker    whom it is about; with confirm: whose quote it was found to be, so that another attribution undoes it
    to         see action
    article    id of an article
    words      words of the quote; when the quote has other words, it counts as not reviewed
    by, date, note   who ruled, when (2024-03-05), and why
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from search.errors import ConfigurationError

ALIASES = "aliases.csv"
ERRATA = "errata.csv"

_ALIAS_COLUMNS = ("name", "alias", "wikidata", "note")
_ERRATA_COLUMNS = ("action", "quote", "speaker", "to", "article", "words", "by", "date", "note")

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "merge": ("speaker", "to"),
    "split": ("speaker", "article"),
    "rename": ("speaker", "to"),
    "attribute": (),
    "confirm": (),
    "dispute": (),
}

_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_WIKIDATA = re.compile(r"Q[1-9]\d{0,11}")


@dataclass(frozen=True, slots=True)
class Alias:
    """A row of aliases.csv; ``where`` names it in messages."""

    where: str
    name: str
    alias: str
    wikidata: str


@dataclass(frozen=True, slots=True)
class Erratum:
    """A row of errata.csv."""

    where: str
    action: str
    quote: str
    speaker: str
    to: str
    article: str
    words: str
    by: str
    day: str
    note: str


@dataclass(frozen=True, slots=True)
class Corrections:
    """Everything the user ruled, in the order of the files; ``problems`` are the rows that cannot be read."""

    aliases: tuple[Alias, ...] = ()
    errata: tuple[Erratum, ...] = ()
    problems: tuple[str, ...] = ()


def corrections_folder(location: str, given: str | None) -> Path | None:
    """The folder of the corrections of an index.

    Args:
        location: As ``--index`` takes it.
        given: As ``--corrections`` takes it, or None.

    Returns:
        The folder, which need not exist unless it was given; None for an index on a server without ``given``.

    Raises:
        ConfigurationError: ``given`` is no folder.
    """
    if given is not None:
        folder = Path(given).expanduser()
        if not folder.is_dir():
            raise ConfigurationError(
                f"there is no folder {given} of corrections", "make it, or leave out --corrections"
            )
        return folder
    if location.startswith("opensearch:"):
        return None
    index = Path(location.removeprefix("whoosh:")).expanduser().absolute()
    return index.with_name(index.name + ".corrections")


def load_corrections(folder: Path | None) -> Corrections:
    """Read both files; what is not there is empty."""
    if folder is None:
        return Corrections()
    problems: list[str] = []
    aliases = tuple(_once(_aliases(folder / ALIASES, problems), problems, ("where",)))
    errata = tuple(_once(_errata(folder / ERRATA, problems), problems, ("where", "by", "day", "note")))
    return Corrections(aliases, errata, tuple(problems))


_Row = TypeVar("_Row", Alias, Erratum)


def _once(rows: Iterable[_Row], problems: list[str], apart: tuple[str, ...]) -> Iterator[_Row]:
    """Pass on each row that says something new; what ``apart`` names makes no difference."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        said = tuple(getattr(row, name) for name in row.__slots__ if name not in apart)
        if said in seen:
            problems.append(f"{row.where}: says the same as {seen[said]}")
        else:
            seen[said] = row.where
            yield row


def _aliases(path: Path, problems: list[str]) -> Iterator[Alias]:
    for where, row in _rows(path, _ALIAS_COLUMNS, problems):
        wikidata = row["wikidata"].rsplit("/", 1)[-1]
        if not row["name"]:
            problems.append(f"{where}: there is no name")
        elif not row["alias"] and not wikidata:
            problems.append(f"{where}: there is neither an alias nor a Wikidata id")
        elif wikidata and not _WIKIDATA.fullmatch(wikidata):
            problems.append(f"{where}: {wikidata!r} is no Wikidata id (Q42)")
        else:
            yield Alias(where, row["name"], row["alias"], wikidata)


def _errata(path: Path, problems: list[str]) -> Iterator[Erratum]:
    for where, row in _rows(path, _ERRATA_COLUMNS, problems):
        action = row["action"].lower()
        if action not in _NEEDS:
            problems.append(f"{where}: {row['action']!r} is no action ({' '.join(_NEEDS)})")
            continue
        missing = [column for column in _NEEDS[action] if not row[column]]
        if not _NEEDS[action] and not row["quote"] and not (row["article"] and row["words"]):
            missing = ["quote"]
        if missing:
            problems.append(f"{where}: {action} needs {' and '.join(missing)}")
        elif row["date"] and not _DAY.fullmatch(row["date"]):
            problems.append(f"{where}: {row['date']!r} is no day (2024-03-05)")
        else:
            row["action"] = action
            yield Erratum(where, day=row.pop("date"), **row)


def _rows(path: Path, columns: tuple[str, ...], problems: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows as dictionaries with every column, each with its place for messages."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return
    except OSError as error:
        problems.append(f"{path.name}: {error.strerror or 'cannot be read'}")
        return
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(f"{path.name}, line {line}: not UTF-8; save the file as UTF-8; none of its rows count")
        return
    lines = text.splitlines(keepends=True)
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    reader = csv.reader(lines, delimiter=";" if first.count(";") > first.count(",") else ",")
    header: list[str] | None = None
    try:
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if header is None:
                header = [cell.lower() for cell in cells]
                unknown = [cell for cell in header if cell and cell not in columns]
                if unknown or columns[0] not in header:
                    problems.append(
                        f"{where}: the header must name columns of {', '.join(columns)}; none of its rows count"
                    )
                    return
            elif len(cells) > len(header) and any(cells[len(header) :]):
                problems.append(f"{where}: more cells than the header has")
            else:
                yield (
                    where,
                    dict.fromkeys(columns, "")
                    | {name: cell for name, cell in zip(header, cells, strict=False) if name},
                )
    except csv.Error as error:
        problems.append(f"{path.name}, line {reader.line_num}: {error}; the rest of the file does not count")
