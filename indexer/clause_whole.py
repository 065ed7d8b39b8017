"""Commas within a clause: where it surely does not end, whatever the weights of breaks say.

She said walls with cracks — called seams — were closed.         an aside between dashes, the same
She said the cost - half of it owed - was 30 million.              the same, as some papers print them
She said gates stood open in Oak, Rill, Senna and Moor.          a list goes on
He said the old mill, which leaks, was to be torn down.           an aside, with the clause's verb behind it
They believe gas, which leaks in old pipes, was the cause.        the same, in a clause of its own
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.clauses import Word
from indexer.cues import cue_words
from indexer.noun_words import PREPOSITIONS
from indexer.verbs import is_auxiliary, is_finite

_PRONOUNS = frozenset("which who whose whom".split())
_LONGEST_ITEM = 5
_MOST_ITEMS = 40
_LONGEST_ASIDE = 20
_MARKS = frozenset(", ; : . ? ! ( ) — – --".split())
_NO_ITEM = PREPOSITIONS | frozenset(
    "and but or which who whose whom where when while although though as because if that this these those he she it they we i you there "
    "not nor so then also including".split()
)


def goes_on(words: Sequence[Word], begin: int, comma: int) -> bool:
    """Whether the clause that begins with ``begin`` surely goes on behind a comma or dash."""
    if words[comma].text != ",":
        return _between_dashes(words, comma)
    return _lists(words, begin, comma) or _surrounds(words, comma)


def _lists(words: Sequence[Word], begin: int, comma: int) -> bool:
    """Whether a comma parts two items of a list of names or nouns that ends in "and" or "or".

    Two items are enough where the sentence ends with the last: She said they lacked pumps, *boats and nets*.
    """
    first = comma + 1
    items = 0
    while items < _MOST_ITEMS and (end := _item(words, first)) is not None:
        items += 1
        if words[end].lower in ("and", "or"):
            last = _item(words, end + 1, final=True)
            if last is None:
                return False
            return last >= len(words) - 1 or items + _items_before(words, begin, comma) > 1
        first = end + 1
        if first < len(words) and words[first].lower in ("and", "or"):
            last = _item(words, first + 1, final=True)
            return last is not None
    return False


def _items_before(words: Sequence[Word], begin: int, comma: int) -> int:
    """1 where the words before a comma end an item that another comma opens."""
    at = comma - 1
    while at > begin and comma - at <= _LONGEST_ITEM and words[at].text not in _MARKS:
        if words[at].quoted >= 0 or _is_verb(words, at):
            return 0
        at -= 1
    return int(words[at].text == ",")


def _item(words: Sequence[Word], at: int, final: bool = False) -> int | None:
    """Where an item of a list ends that begins at a word: at a comma or conjunction, the last one at any mark."""
    if at >= len(words) or words[at].lower in _NO_ITEM or words[at].lower.endswith("ing"):
        return None
    for number in range(at, min(at + _LONGEST_ITEM + 1, len(words))):
        word = words[number]
        if number > at and (word.text == "," or word.lower in ("and", "or") or (final and word.text in _MARKS)):
            return number
        if final and number > at and word.lower in PREPOSITIONS:
            return number
        if word.quoted >= 0 or word.text in _MARKS or _is_verb(words, number):
            return None
    return len(words) if final and at + _LONGEST_ITEM >= len(words) else None


def _is_verb(words: Sequence[Word], at: int) -> bool:
    return words[at].text.islower() and is_finite(words, at)


def _between_dashes(words: Sequence[Word], dash: int) -> bool:
    """Whether a verb follows the second of two dashes: walls with cracks — called seams — *were* closed."""
    for second in range(dash + 2, min(dash + _LONGEST_ASIDE, len(words) - 1)):
        word = words[second]
        if word.quoted >= 0:
            return False
        if word.text == words[dash].text:
            verb = words[second + 1].lower
            if verb in ("and", "or") and second + 2 < len(words) and is_auxiliary(words[second + 2].lower):
                return True  # "would cost more — twice as much — and would be late"
            return is_auxiliary(verb) or (is_finite(words, second + 1) and verb not in cue_words())
    return False


def _surrounds(words: Sequence[Word], comma: int) -> bool:
    """Whether a relative clause opens at a comma whose second comma leads straight to a verb."""
    if comma + 1 >= len(words) or words[comma + 1].lower not in _PRONOUNS:
        return False
    for second in range(comma + 2, min(comma + _LONGEST_ASIDE, len(words) - 1)):
        word = words[second]
        if word.quoted >= 0 or (word.text in _MARKS and word.text != ","):
            return False
        if word.text == ",":
            verb = words[second + 1]
            if is_auxiliary(verb.lower) or (is_finite(words, second + 1) and verb.lower not in cue_words()):
                return True
    return False
