"""What each word of a run of capitalised words can be, alone or beside its neighbours."""

from __future__ import annotations

from indexer.name_runs import plural_title
from indexer.name_tokens import Tokens
from indexer.ordinary_words import ordinary_words
from indexer.people_words import W, place_pairs

NO_NAME = int(
    W.HONORIFIC | W.TITLE | W.ROLE | W.MODIFIER | W.ORGANISATION | W.THING | W.CALENDAR | W.PORTFOLIO | W.DIRECTION
    | W.PLACE | W.DEMONYM | W.PLURAL
)  # fmt: skip
_NO_INITIALS = frozenset("us uk eu un uc bc nb ns nl la dc ny pc tv ai it hq nz sa".split())
"""Acronyms of two letters that nobody is called by: "UC Marlow", but "JD Hale"."""
SAINTS = frozenset("st ste saint sainte".split())


def classes_of_run(tokens: Tokens, at: int, end: int) -> list[int]:
    """Classes of a run's words, where two words may be a place only together: "Hong Kong", "East Orlia", "St. Agnes"."""
    lower = tokens.lower
    bits = tokens.bits[at:end]
    pairs = place_pairs()
    for index in range(len(bits) - 1):
        if (lower[at + index], lower[at + index + 1]) in pairs:
            bits[index] = bits[index + 1] = W.PLACE
        elif lower[at + index] in SAINTS:
            behind = index + (2 if tokens.words[at + index + 1] == "." else 1)
            surname = index and not bits[index - 1] & NO_NAME  # "Rick St. Amand"
            for part in range(index, min(behind + 1, len(bits))):
                bits[part] = 0 if surname else W.PLACE
        elif bits[index] & W.DIRECTION and not bits[index + 1] & NO_NAME:
            bits[index] |= W.PLACE
            bits[index + 1] |= W.PLACE
        elif not bits[index] and lower[at + index].endswith("s") and plural_title(tokens, at + index, at + len(bits)):
            bits[index] = W.ROLE
    return bits


def is_ordinary(tokens: Tokens, index: int) -> bool:
    """Whether news writes a word small."""
    return tokens.lower[index] in ordinary_words()


def is_acronym(word: str) -> bool:
    """Whether a word is all capitals: "NATO"."""
    return len(word) > 1 and word.isupper() and "." not in word


def opens_with_initials(tokens: Tokens, at: int, names: list[bool]) -> bool:
    """Whether a run opens with two initials without their dots: "JD Hale"."""
    word = tokens.words[at]
    return (
        len(word) == 2
        and word.isupper()
        and tokens.lower[at] not in _NO_INITIALS
        and not tokens.bits[at] & NO_NAME
        and names[1]
        and not is_ordinary(tokens, at + 1)
    )
