"""Words that tell names, titles and organisations: one lexicon, read once, each word with the classes it is in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


class W:
    """What a word can be, as bits; a word can be several. Plain ints: enum members cost more than the rules they serve."""

    HONORIFIC = 1  # Mr, Sir, Princess
    TITLE = 2  # written before a name: Senator, Gov
    ROLE = 4  # what a person can be: spokeswoman, economist
    MODIFIER = 8  # part of a title: deputy, foreign
    ORGANISATION = 16  # what an organisation's name holds: Agency, News
    ORG_HEAD = 32  # ... and can be followed by "of": Ministry, University
    THING = 64  # makes a name one of a thing: Street, Cup
    CALENDAR = 128
    PORTFOLIO = 256  # what a minister is for: culture, finance
    DIRECTION = 512  # New, North, San: makes the next word a place
    PLACE = 1024
    DEMONYM = 2048  # Canadian, Republican
    PARTICLE = 4096  # de, von, bin
    FUNCTION = 8192  # no name of its own when it opens a sentence
    MALE = 16384
    FEMALE = 32768
    COLLECTIVE = 65536  # company, newspaper: an organisation by its common noun
    REPORT = 131072  # report, letter: speaks for whoever wrote it
    PLURAL = 262144  # officials, voters: several people, no one of them


_CLASSES: Mapping[str, int] = {
    "honorific_m": W.HONORIFIC | W.MALE,
    "honorific_f": W.HONORIFIC | W.FEMALE,
    "honorific": W.HONORIFIC,
    "title": W.TITLE | W.ROLE,
    "role": W.ROLE,
    "role_m": W.ROLE | W.MALE,
    "role_f": W.ROLE | W.FEMALE,
    "modifier": W.MODIFIER,
    "organisation": W.ORGANISATION,
    "org_head": W.ORGANISATION | W.ORG_HEAD,
    "thing": W.THING,
    "calendar": W.CALENDAR,
    "portfolio": W.PORTFOLIO,
    "direction": W.DIRECTION,
    "place": W.PLACE,
    "demonym": W.DEMONYM,
    "particle": W.PARTICLE,
    "function": W.FUNCTION,
    "collective": W.COLLECTIVE,
    "report": W.REPORT,
    "plural": W.PLURAL,
}


@cache
def lexicon() -> Mapping[str, int]:
    """Return every word of the lexicon with its classes as bits of :class:`W` (plain ints: this is a hot path)."""
    words: dict[str, int] = {}
    for name, entries in _rows():
        if name in _CLASSES:
            for word in entries:
                words[word] = words.get(word, 0) | _CLASSES[name]
    return words


@cache
def place_pairs() -> frozenset[tuple[str, str]]:
    """Return the pairs of words that name a place only together ("Hong Kong")."""
    pairs = (entry.partition("_") for name, entries in _rows() if name == "place_pair" for entry in entries)
    return frozenset((first, second) for first, _, second in pairs)


@cache
def plural_of_role(word: str) -> bool:
    """Whether a lower-case word is the plural of a role.

    >>> plural_of_role("ministers"), plural_of_role("minister")
    (True, False)
    """
    if word.endswith("ologists"):
        return True
    words = lexicon()
    for ending, instead in (("men", "man"), ("women", "woman"), ("ies", "y"), ("wives", "wife"), ("es", ""), ("s", "")):
        if word.endswith(ending) and words.get(word[: -len(ending)] + instead, 0) & W.ROLE:
            return True
    return False


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = files("indexer").joinpath("data/people_words.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return tuple((name, tuple(entries.split())) for name, _, entries in rows)
