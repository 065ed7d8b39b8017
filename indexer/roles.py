"""Roles that the text gives a name: the title before it, the apposition after it, "X is the mayor"."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.name_tokens import Tokens
from indexer.noun_words import is_verb
from indexer.people_words import W
from indexer.spots import Spot

_ROLE = W.ROLE
_PERSONAL = W.HONORIFIC | W.TITLE | W.ROLE
_INSIDE = int(
    W.ROLE | W.MODIFIER | W.DEMONYM | W.PORTFOLIO | W.PLACE | W.COLLECTIVE | W.HONORIFIC | W.ORGANISATION | W.TITLE
)
_JOINTS = frozenset("of for at the and to in on".split())
_OWNERS = frozenset("his her their my our its whose".split())
_DETERMINERS = frozenset("a an the his her their its one our another".split())
_DEFINITE = frozenset("the his her their its our".split())
_BE = frozenset("is was are were became remains".split())
_ENDS = frozenset(',;:.—–()"“”')
_REPORTING = frozenset("said says told tells".split())
_CLOSES = frozenset(
    "who whose which where said says told tells added that has had have was were is whom after when while since before because then if but until".split()
)
_LONGEST = 18
_SENT = frozenset("ambassador envoy emissary delegate high-commissioner".split())
"""Roles that are borne "to" somebody."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role as written.

    Attributes:
        start: First character.
        end: One past the last.
        first: Index of its first token.
        stop: One past the index of its last token.
        heads: Its role words in lower case ("minister"), outside any complement.
        gender: ``m`` or ``f`` when a role word says so, else empty.
    """

    start: int
    end: int
    first: int
    stop: int
    heads: tuple[str, ...]
    gender: str


def role_before(tokens: Tokens, spot: Spot, after: int = -1) -> Role | None:
    """Read the title in front of a name.

    "the Larian foreign minister Ann Lee", "director of the Harbour Book Centre Ann Lee" and "Mayor Lee" have one.

    Args:
        tokens: Of the article.
        spot: The name.
        after: Index of the last token of the name before, which a title does not reach over.
    """
    lower, bits, words = tokens.lower, tokens.bits, tokens.words
    at = spot.first - 1
    low = max(0, after + 1, spot.first - _LONGEST)
    if at < low or lower[at] in _JOINTS:
        return None
    if (
        spot.title == spot.first
        and not (bits[at] & _INSIDE or words[at][0].isupper())
        and words[at] not in ",."
        and "-" not in words[at]
    ):
        return None  # most words: none that could be of a title
    if (
        words[at] == ","
        and at > 1
        and bits[at - 1] & _ROLE
        and (lower[at - 2] in _OWNERS and at - 2 >= low or tokens.owner[at - 2])
    ):
        return (
            _role(tokens, at - 1, at) if tokens.sentence[at - 2] == tokens.sentence[spot.first] else None
        )  # "her son, Tom Hale"
    comma = at if words[at] == "," else spot.title - 1  # "The clinic's head nurse, Dr. Lee, said"
    if comma >= low and words[comma] == "," and not any(bits[i] & _ROLE for i in range(comma + 1, spot.first)):
        return _apposed(tokens, spot, comma, low)
    sentence = tokens.sentence[spot.first]
    while at >= low and tokens.sentence[at] == sentence:
        if words[at] == "." and at > low and words[at - 1][0].isupper() and at >= spot.title:
            at -= 1
        elif (
            bits[at] & _INSIDE
            or lower[at] in _JOINTS
            or at >= spot.title
            or (words[at][0].isupper() and not tokens.fresh[at])
            or "-" in words[at][1:]
        ):
            pass
        else:
            break
        at -= 1
    at += 1
    # a role must be near: "the mayor of Oak, the" is trimmed to where its first role word (with modifiers) begins
    while at < spot.first and (
        lower[at] in _JOINTS or bits[at] & W.CALENDAR or (not bits[at] & _INSIDE and not words[at][0].isupper())
    ):
        at += 1
    while at < spot.first and not _opens_role(tokens, at, spot.first):
        at += 1
    if at >= spot.first or (words[at] == "elder" and at + 1 == spot.first):  # "the elder Lee" is the older one
        return None
    return _role(tokens, at, spot.first)


def _apposed(tokens: Tokens, spot: Spot, comma: int, low: int) -> Role | None:
    """Read a role that a comma parts from its bearer: "The firm's vice-president of rail, Ann Lee, told the town"."""
    lower, words, bits = tokens.lower, tokens.words, tokens.bits
    sentence = tokens.sentence[spot.first]
    close = spot.last + 1
    if close >= len(words) or words[close] not in ",(—–" or tokens.sentence[comma] != sentence:
        return None
    begin = comma - 1
    while begin >= low and tokens.sentence[begin] == sentence and words[begin] not in _ENDS:
        if lower[begin] in _DETERMINERS or tokens.owner[begin]:
            break
        begin -= 1
    else:
        return None
    if words[begin] in _ENDS or not (lower[begin] in _DEFINITE or tokens.owner[begin]):
        return None
    for head in range(begin + 1, min(begin + 6, comma)):
        if lower[head] in _JOINTS and lower[head] != "and":
            return None
        if bits[head] & _ROLE and (head + 1 == comma or lower[head + 1] in ("of", "for", "at", "and")):
            return _role(tokens, begin + 1, comma)
    return None


def _opens_role(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a role begins here: a role word follows before any joint, and no loose noun stands behind it."""
    if tokens.lower[at] in _JOINTS or tokens.words[at] == "." or tokens.bits[at] & (W.FUNCTION | _INSIDE) == W.FUNCTION:
        return False
    for index in range(at, end):
        if tokens.bits[index] & _ROLE:
            rest = range(index + 1, end)
            if not any(tokens.lower[i] in _JOINTS for i in rest):
                return True
            after = index + 1
            while after < end and tokens.bits[after] & (_ROLE | W.MODIFIER):  # "Deputy Prime Minister for"
                after += 1
            sent = tokens.lower[after] == "to" and tokens.lower[index] in _SENT
            if (not sent and tokens.lower[after] not in ("of", "for", "at")) or _ends_in_title(
                tokens, index, after, end
            ):
                return False
            return all(
                tokens.lower[i] in _JOINTS or tokens.words[i][0].isupper() or tokens.words[i] == "."
                for i in range(after, end)
            )
        if tokens.lower[index] in _JOINTS:
            return False
    return False


def _ends_in_title(tokens: Tokens, head: int, joint: int, end: int) -> bool:
    """Whether the name has a title of its own: in "a spokesman for Mayor Lee" somebody else is the spokesman."""
    last = end - 2 if tokens.words[end - 1] == "." else end - 1
    titled = tokens.bits[last] & _PERSONAL and not tokens.bits[last] & W.ORGANISATION
    return last > joint and tokens.words[head].islower() and bool(titled)


def role_after(tokens: Tokens, spot: Spot) -> Role | None:
    """Read the apposition behind a name, or what a copula says of it.

    "Ann Lee, 49, a nurse at the harbour clinic," and "Ann Lee is the mayor of Oak".
    """
    lower, words, bits = tokens.lower, tokens.words, tokens.bits
    at, total = spot.last + 1, len(words)
    if spot.owner or at + 2 >= total:
        return None
    if words[at] == "(":
        close = at
        while close < min(total - 1, at + 7) and words[close] != ")":
            close += 1
        at = close + 1
        if at + 2 >= total:
            return None
    if lower[at] in _BE:
        office = bits[at + 1] & _ROLE and words[at + 1].islower()  # "Ann Lee is president of the club"
        if office or lower[at + 1] in ("a", "an", "the", "also"):
            return _collect(tokens, at + 1, spot)
    if words[at] not in (",", "—", "–", "("):
        return None
    at += 1
    if words[at].isdigit() and at + 2 < total:
        at += 1
        if words[at] == ",":
            at += 1
    return _collect(tokens, at, spot)


def _collect(tokens: Tokens, at: int, spot: Spot) -> Role | None:
    lower, words, bits = tokens.lower, tokens.words, tokens.bits
    total = min(len(words), at + _LONGEST)
    sentence = tokens.sentence[spot.last]
    if at >= total or tokens.sentence[at] != sentence:
        return None
    begins = lower[at] in _DETERMINERS or bits[at] & (W.ROLE | W.MODIFIER | W.TITLE)
    if not begins and not words[at][0].isupper():
        return None
    end = at
    heads = False
    while end < total and tokens.sentence[end] == sentence:
        if words[end] in _ENDS and not (words[end] == "." and _abbreviates(tokens, end - 1)):
            break
        if lower[end] in _CLOSES:
            if heads and lower[at] == "the" and lower[end] in _REPORTING and end - at < 4:
                return None  # "At the Senna Centre, the mayor said so": it is a clause
            break
        if heads and is_verb(lower[end]) and _has_object(tokens, end):
            return None  # "According to Ann Lee, the judge closed the court": it is a clause
        if bits[end] & _ROLE and (begins or words[end].islower()):
            if not heads and _before_name(tokens, end + 1, total):
                return None  # "Ann Lee, defence lawyer Tom Hale and a clerk"
            heads = heads or end - at < 9
        end += 1
    if not heads or end == at or _leads_to_name(tokens, end):
        return None
    first = at + 1 if lower[at] in ("a", "an", "the", "one", "another") else at
    return _role(tokens, first, end) if first < end else None


def _before_name(tokens: Tokens, at: int, total: int) -> bool:
    """Whether a name begins at a token, or behind the full stop there: "lawyer | Tom Hale", "Const | . Tom Hale"."""
    sentence = tokens.sentence[at - 1]
    if at < total and tokens.words[at] == ".":
        at += 1
    if at >= total or tokens.sentence[at] != sentence:  # "said Ann Lee, the town's mayor. Hale came"
        return False
    return tokens.words[at][0].isupper() and not tokens.bits[at] & (_INSIDE | W.FUNCTION | W.PLURAL)


def _has_object(tokens: Tokens, verb: int) -> bool:
    """Whether a verb is followed by what it acts on, and so is no participle ("a man charged with theft")."""
    following = tokens.lower[verb + 1 : verb + 2]
    if not following:
        return False
    nominal = tokens.bits[verb + 1] & (W.COLLECTIVE | W.ROLE | W.PLURAL | W.REPORT)
    return following[0] in _DETERMINERS or following[0].isdigit() or bool(nominal)


def _abbreviates(tokens: Tokens, at: int) -> bool:
    """Whether a full stop behind a word ends no sentence: "an adviser to Mr. Hale", "of John F. Lee"."""
    word = tokens.words[at]
    return (len(word) == 1 and word.isupper()) or (
        word[0].isupper() and tokens.bits[at] & (W.HONORIFIC | W.TITLE) > 0 and len(word) < 6
    )


def _leads_to_name(tokens: Tokens, end: int) -> bool:
    """Whether the words up to here are the title of the next name: "Orsk, former Rep. Hale and Lee"."""
    bits, words = tokens.bits, tokens.words
    if end + 1 < len(words) and words[end] == "." and bits[end - 1] & W.TITLE and words[end + 1][0].isupper():
        return tokens.sentence[end + 1] == tokens.sentence[end]  # not "Orsk, the town's mayor. Hale came"
    last = end - 1
    while last > 0 and words[last][0].isupper() and not bits[last] & _INSIDE:
        last -= 1
    return last < end - 1 and bool(bits[last] & _ROLE)


def _role(tokens: Tokens, first: int, stop: int) -> Role:
    heads: list[str] = []
    gender = 0
    for index in range(first, stop):
        if tokens.lower[index] in ("of", "for", "at", "in", "who", "from", "and", "with", "to") and heads:
            break
        if tokens.bits[index] & _ROLE and not tokens.owner[index]:
            heads.append(tokens.lower[index])
            gender |= tokens.bits[index] & (W.MALE | W.FEMALE)
    last = stop - 1
    while last > first and tokens.words[last] == ".":
        last -= 1
    end = tokens.ends[stop - 1] if last == stop - 2 else tokens.ends[last]
    return Role(
        start=tokens.starts[first],
        end=end,
        first=first,
        stop=stop,
        heads=tuple(heads),
        gender={W.MALE: "m", W.FEMALE: "f"}.get(gender, ""),
    )
