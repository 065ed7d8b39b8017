"""The query tree: what a parsed query means, independent of any engine.

Matching rules, equal on every engine:

* :class:`Word` matches by stem (Porter2), without case and diacritics, in the text or (for ranking) the headline.
* :class:`Phrase`, :class:`Prefix`, :class:`Wildcard` and :class:`Fuzzy` match words as written, without case and diacritics.
* :class:`FieldMatch` selects and never adds to a score. So does everything below :class:`Not` and :class:`Unscored`.
* Multi-term nodes (prefix, wildcard, fuzzy) score a constant 1.0; a phrase scores as the sum of its words.
"""

from __future__ import annotations

from dataclasses import dataclass

from search.errors import BadRequestError
from search.records import FIELD, PREFIXES

TYPED_WEIGHT = 0.5
"""What a word as typed adds, as a share of its own score as a word of the text: once as typed goes before twice otherwise."""


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every record, score 0."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No record: a query that has characters but nothing to search for."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, matched by its stem. ``typed``: scores :data:`TYPED_WEIGHT` more of the word where it stands as typed."""

    text: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as written, in this order, with at most ``slop`` other words between the first and the last in all."""

    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Every word as written that begins with ``text``."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Every word as written that fits ``pattern``: ``*`` any characters, ``?`` exactly one."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Every word as written within Damerau-Levenshtein (optimal string alignment) ``distance`` of ``text``."""

    text: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A ``field:`` clause. Each word must be (the last may begin, when ``prefix``) a word of one value of the field.

    For ``speaker`` and ``mentions`` the values are the aliases of a speaker: everyone who bears the name matches.
    For ``topic`` an id (``medtop:01000000``) or words of a label; what lies below the topic matches too. For ``title`` words
    match by stem, and a beginning is the beginning of a stem. For ``role`` they are words of all that the article calls the
    speaker (:mod:`search.roles`).
    """

    field: str
    words: tuple[str, ...]
    prefix: bool = False

    def __post_init__(self) -> None:
        """Raise :class:`~search.errors.BadRequestError` for a field that no clause can be on."""
        if self.field not in FIELD or not FIELD[self.field].prefix:
            raise BadRequestError(f"there is no {self.field}: clause", f"clauses are {', '.join(PREFIXES)}")


@dataclass(frozen=True, slots=True)
class And:
    """All children. A child :class:`Not` excludes."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that the child does not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class Unscored:
    """What the child matches, without adding to a score. Nobody types it: see :mod:`search.refining`."""

    child: Node


Node = MatchAll | MatchNone | Word | Phrase | Prefix | Wildcard | Fuzzy | FieldMatch | And | Or | Not | Unscored
