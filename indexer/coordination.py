"""Where "and", a comma or an apostrophe stands inside an organisation's name: "Truth and Memory Commission"."""

from __future__ import annotations

from indexer.name_tokens import Tokens
from indexer.ordinary_words import ordinary_words
from indexer.organisation_names import PAIRED, REGIONS
from indexer.people_words import W, plural_of_role

_NO_FIELD = (
    W.HONORIFIC | W.TITLE | W.ROLE | W.CALENDAR | W.PLACE | W.DEMONYM | W.ORGANISATION | W.FUNCTION | W.DIRECTION
)
_ABSTRACT = ("tion", "sion", "ment", "ics", "ology", "ship", "ness", "ity", "graphy")
"""Endings of nouns for what people do or study."""

_SECOND_HALVES = frozenset("electric gas light power sons daughters partners company co rescue emergency".split())
_CLOSING = frozenset("company corporation service services department authority".split())
_ONE_REGION = frozenset(
    {
        ("england", "wales"),
        ("trinidad", "tobago"),
        ("bosnia", "herzegovina"),
        ("newfoundland", "labrador"),
        ("antigua", "barbuda"),
    }
)
"""Places that are governed as one."""
_ONE_PAPER = frozenset({("globe", "mail"), ("press", "journal"), ("news", "observer"), ("post", "courier")})
"""Papers that were two before they were one."""

_LONGEST = 6


def is_field(tokens: Tokens, at: int) -> bool:
    """Whether a word names what an organisation is for or of: "Health", "Recreation", "Dockers", no office and no place."""
    bits, word = tokens.bits[at], tokens.lower[at]
    if bits & W.PORTFOLIO:
        return True
    if bits & _NO_FIELD:
        return False
    several = word.endswith("s") and at + 1 < len(tokens.words) and tokens.words[at + 1] in "'’"  # "Dockers'"
    return (
        bits & (W.PLURAL | W.MODIFIER | W.THING) > 0
        or several
        or word in ordinary_words()
        or word.endswith(_ABSTRACT)
        or (word.endswith("s") and plural_of_role(word))
    )


def joins(tokens: Tokens, joint: int, at: int, after_head: bool) -> bool:
    """Whether an "and" stands inside a name.

    Args:
        tokens: Of the article.
        joint: Index of the "and".
        at: Where the run before it began.
        after_head: Whether that run goes on with an organisation's name by "of", "for" or the like.
    """
    left = joint - 1
    if tokens.words[left] in "'’":
        left -= 1
    stop = _end_of_run(tokens, joint + 1)
    if stop == joint + 1 or left < at or tokens.sentence[at] != tokens.sentence[joint + 1]:
        return False
    return (
        (tokens.lower[left], tokens.lower[joint + 1]) in _ONE_PAPER
        or _local(tokens, at, joint, stop)
        or _second_half(tokens, joint, stop)
        or (after_head and _one_region(tokens, joint))
        or (
            is_field(tokens, left)
            and (
                _of_region(tokens, at, joint, stop)
                or _headed(tokens, at, joint, stop)
                or (after_head and _complement(tokens, at, joint, stop))
            )
        )
    )


def list_end(tokens: Tokens, comma: int, at: int, after_head: bool) -> int:
    """One past a list of fields inside a name, from its first comma; 0 where there is none.

    The Ministry of Agriculture, Food and Rural Affairs said no.  ->  behind "Affairs"
    """
    words, total = tokens.words, min(len(tokens.words), comma + 2 * _LONGEST)
    if not is_field(tokens, comma - 1):
        return 0
    index = comma
    while index + 1 < total and words[index] == ",":
        stop = index + 1
        while stop < total and words[stop][0].isupper() and is_field(tokens, stop):
            stop += 1
        if stop == index + 1 or tokens.sentence[stop - 1] != tokens.sentence[at]:
            return 0
        index = stop
    if index == comma or index >= total:
        return 0
    if words[index] == "," and index + 1 < total and words[index + 1] == "and":
        index += 1
    if words[index] != "and" or not joins(tokens, index, comma + 1, after_head):
        return 0
    return index + 2


def possessive_goes_on(tokens: Tokens, end: int, at: int) -> bool:
    """Whether the name goes on behind a possessive: "St. Anne's Hospital", "Orsk Children's Aid Society".

    Args:
        tokens: Of the article.
        end: One past the possessive.
        at: Where the run began.
    """
    lower = tokens.lower
    owner = end - 1
    saint = owner - at >= 1 and (
        lower[owner - 1] in _SAINTS or (tokens.words[owner - 1] == "." and lower[owner - 2] in _SAINTS)
    )
    if not saint and lower[owner] not in _OWNERS:
        return False
    stop = _end_of_run(tokens, end)
    return stop > end and any(tokens.bits[index] & W.ORGANISATION for index in range(end, stop))


_SAINTS = frozenset("st ste saint sainte".split())
_OWNERS = frozenset("children women men people sheriff king queen girl boy player veteran shopper farmer".split())
"""Common nouns whose possessives stand inside the names of organisations."""


def _end_of_run(tokens: Tokens, at: int) -> int:
    """One past the capitalised words, of one sentence, that begin at a token."""
    words, bits, total = tokens.words, tokens.bits, min(len(tokens.words), at + _LONGEST)
    stop = at
    while stop < total and tokens.sentence[stop] == tokens.sentence[at]:
        plural_owner = words[stop] in "'’" and stop > at and words[stop - 1].endswith("s")
        if not (words[stop][0].isupper() and not bits[stop] & W.FUNCTION) and not plural_owner:
            break
        stop += 1
        if tokens.owner[stop - 1]:
            break
    return stop


def _local(tokens: Tokens, at: int, joint: int, stop: int) -> bool:
    """Seafarers and Dockers Local 410."""
    words, lower = tokens.words, tokens.lower
    numbered = lower[stop - 1] == "local" and stop < len(words) and words[stop].isdigit()
    return numbered and joint - at == 1 and lower[at].endswith("s")


def _second_half(tokens: Tokens, joint: int, stop: int) -> bool:
    """Orsk Gas and Electric, Hale and Sons, Orsk Fire and Rescue, Orsk Gas and Electric Company."""
    closed = stop == joint + 2 or (stop == joint + 3 and tokens.lower[stop - 1] in _CLOSING)
    return closed and tokens.lower[joint + 1] in _SECOND_HALVES


def _one_region(tokens: Tokens, joint: int) -> bool:
    """The High Court of England and Wales: two places that are one."""
    return (tokens.lower[joint - 1], tokens.lower[joint + 1]) in _ONE_REGION


def _of_region(tokens: Tokens, at: int, joint: int, stop: int) -> bool:
    """Fisheries and Oceans Canada, Environment and Climate Change Canada."""
    fields = (*range(at, joint), *range(joint + 1, stop))
    closing = next((index for index in fields if index > joint and tokens.lower[index] in REGIONS), 0)
    if tokens.lower[closing] in PAIRED:
        closing -= 1
    return closing > joint + 1 and all(
        is_field(tokens, index) or tokens.bits[index] & W.ORGANISATION for index in fields if index < closing
    )


def _headed(tokens: Tokens, at: int, joint: int, stop: int) -> bool:
    """Orsk Boys and Girls Club, Truth and Memory Commission; not "the Senate and Health Canada", "Officials and Health Canada"."""
    bits = tokens.bits
    if at == joint - 1 and tokens.fresh[at] and not bits[at] & W.PORTFOLIO:
        return False
    if any(bits[index] & (W.ORGANISATION | W.TITLE) and not bits[index] & W.PORTFOLIO for index in range(at, joint)):
        return False
    head = next((index for index in range(joint + 1, stop) if _is_head(bits[index])), 0)
    between = [index for index in range(joint + 1, head) if tokens.words[index] not in "'’"]
    return bool(between) and all(is_field(tokens, index) for index in between)


def _is_head(bits: int) -> bool:
    return bool(bits & W.ORGANISATION) and not bits & (W.TITLE | W.ROLE | W.PORTFOLIO)


def _complement(tokens: Tokens, at: int, joint: int, stop: int) -> bool:
    """The Institute for Health Metrics and Evaluation, the Department of Forestry and Fire Protection."""
    fields = (*range(at, joint), *range(joint + 1, min(stop, joint + 3)))
    return all(is_field(tokens, index) or tokens.words[index] in "'’" for index in fields)
