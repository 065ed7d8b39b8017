"""What stands last in a query that is being typed: whether a field is, and how much of its value."""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.parser import LONGEST, QUOTES
from search.records import PREFIXES

_BEGUN = re.compile(
    r'(?P<before>(?:.*[\s(])?-?)(?P<field>[a-z]+):(?:"(?P<quoted>[^"]*)|(?P<bare>[^\s"()]*))', re.I | re.S
)

_MARKS = re.compile(rf"[{QUOTES}*]")


@dataclass(frozen=True, slots=True)
class BegunField:
    """A ``field:`` clause at the end of what is typed.

    Attributes:
        before: Everything in front of it.
        prefix: As it is typed.
        field: Name of its field.
        value: What there is of the value, perhaps nothing.
    """

    before: str
    prefix: str
    field: str
    value: str

    def completed(self, name: str) -> str:
        """The query with ``name`` as the value."""
        return self.before + field_query(self.prefix, name)


def begun_field(text: str) -> BegunField | None:
    """The clause that ``text`` ends in: ``ferry speaker:ha`` and ``-outlet:"harbour wi``; else None."""
    found = _BEGUN.fullmatch(text) if len(text) <= LONGEST else None
    if found is None or found["field"].lower() not in PREFIXES:
        return None
    prefix = found["field"].lower()
    return BegunField(found["before"], prefix, PREFIXES[prefix].name, found["quoted"] or found["bare"] or "")


def field_query(prefix: str, name: str) -> str:
    """A clause for a whole name, whatever characters it has."""
    return f'{prefix}:"{_MARKS.sub(" ", name)}"'
