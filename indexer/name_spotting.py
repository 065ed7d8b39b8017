"""Names in running text: where a person, organisation or place is written, with the title before it.

A run of capitalised words is found first, then cut by what its words can be: "Azerbaijan Minister of Culture Ann Lee"
holds a place, a role, a portfolio and, at its end, a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.name_tokens import Tokens
from indexer.people_words import W, place_pairs

_LONGEST_RUN = 24
_NO_NAME = int(
    W.HONORIFIC | W.TITLE | W.ROLE | W.MODIFIER | W.ORGANISATION | W.THING | W.CALENDAR | W.PORTFOLIO | W.DIRECTION
    | W.PLACE | W.DEMONYM | W.PLURAL
)  # fmt: skip
_ORG = W.ORGANISATION
_ORG_HEAD = W.ORG_HEAD
_PERSONAL = W.HONORIFIC | W.TITLE | W.ROLE
_BEFORE_NAME = int(
    W.HONORIFIC | W.TITLE | W.ROLE | W.MODIFIER | W.DEMONYM | W.PLACE | W.PORTFOLIO | W.DIRECTION | W.ORGANISATION
)
_PLACE = W.PLACE
_COMPLEMENT = W.PLACE | W.DEMONYM | W.PORTFOLIO | W.ORGANISATION | W.DIRECTION | W.MODIFIER | W.THING
_MIDDLE_NAMES = frozenset({"baron", "king", "prince", "duke", "earl"})
"""Honorifics that between two names are one themselves: "Ilya Baron Kessel"."""

_SURNAME_TOO = W.ROLE | W.PLACE | W.MODIFIER | W.HONORIFIC | W.PORTFOLIO | W.DEMONYM | W.CALENDAR
_ABBREVIATED = frozenset(
    "mr mrs ms dr prof sen rep gov lt gen maj col capt cmdr adm sgt cpl pvt insp det supt hon rev fr st jr sr pres const mt ft amb atty".split()
)
_MARKS = frozenset((".", "&", "'", "’"))
_PORTFOLIO = W.PORTFOLIO
_LINKS = frozenset(("of", "for", "on", "at"))
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_PERSONAL_VERBS = frozenset("said says told tells who asked added wrote tweeted thinks".split())
_FUNCTION_IN_NAME = frozenset(
    ("will", "may", "long", "little", "price", "given", "still", "best", "good", "few", "way", "rose")
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where a name stands.

    Attributes:
        start: First character of the name itself.
        end: One past its last, without a possessive ending.
        words: The name's words as written, without dots and possessive.
        kind: ``person``, ``organisation``, ``place``, ``thing``, or ``single`` (one word that could be any).
        first: Index of its first token.
        last: Index of its last token.
        title: First token of the capitalised title before the name ("Prime Minister"), or ``first``.
        personal: Whether that title is one that only people have.
        gender: ``m`` or ``f`` when the title's words say so, else empty.
        after_the: Whether "the" stands before.
        owner: Whether it is a possessive.
    """

    start: int
    end: int
    words: tuple[str, ...]
    kind: str
    first: int
    last: int
    title: int
    personal: bool
    gender: str
    after_the: bool
    owner: bool


def spot_names(tokens: Tokens) -> list[Spot]:
    """Find every name, in text order."""
    spots: list[Spot] = []
    words, lower, bits = tokens.words, tokens.lower, tokens.bits
    total = len(words)
    done = 0
    expected = -1  # where a run would continue a role or an organisation's head word by "of"
    for at in tokens.capitals:
        if at < done or not _can_open(tokens, at):
            continue
        after_head = at == expected
        end = _run_end(tokens, at)
        found = list(_cut(tokens, at, end, after_head, spots))
        spots.extend(found)
        done = following = end
        if following + 1 < total and lower[following] in _LINKS and not tokens.owner[end - 1]:
            head = bits[end - 1]
            if head & (_ORG_HEAD | _PERSONAL) or (
                found and found[-1].kind == "organisation" and _has_head(bits, found[-1], end)
            ):
                following += 2 if lower[following + 1] == "the" else 1
                expected = following if following < total and not tokens.fresh[following] else -1
        elif (
            following + 1 < total
            and lower[following] == "and"
            and spots
            and spots[-1].last == end - 1
            and bits[end - 1] & _PORTFOLIO
        ):
            expected = following + 1
    return spots


def _can_open(tokens: Tokens, at: int) -> bool:
    """Whether a capitalised token can open a name.

    "On", "However" never do; a sentence's first word that the article also writes small ("Officials") does so only
    before another capital.
    """
    bits = tokens.bits[at]
    word = tokens.words[at]
    following = tokens.words[at + 1] if at + 1 < len(tokens.words) else ""
    capital_next = bool(following) and following[0].isupper()
    if bits & W.FUNCTION:
        return capital_next and not tokens.fresh[at] and tokens.lower[at] in _FUNCTION_IN_NAME
    if word[1:2] == "-" or (not capital_next and _compound(word)):
        return False
    if len(word) == 1:
        return following == "." or (capital_next and word != "I" and word != "A")
    if tokens.fresh[at] and not bits & _BEFORE_NAME and word not in tokens.proper:
        small = tokens.lower[at]
        if small in tokens.common and not capital_next:
            return False
        if small.endswith(("ing", "ed", "ly")) and (
            not capital_next or small in tokens.common or small.endswith(("ing", "ly"))
        ):
            return capital_next and small not in tokens.common and not small.endswith(("ing", "ly"))
    return not (bits & W.CALENDAR and not capital_next)


def _compound(word: str) -> bool:
    """Whether a word only begins like a name: "Orlando-based", "R-Texas" is none of its own."""
    tail = word.rpartition("-")[2] if "-" in word else ""
    return len(tail) > 3 and tail.islower()


def _run_end(tokens: Tokens, at: int) -> int:
    """One past the last token of the run of capitalised words that begins at ``at``."""
    words, lower, bits = tokens.words, tokens.lower, tokens.bits
    total = min(len(words), at + _LONGEST_RUN)
    end = at + 1
    while end < total:
        if tokens.owner[end - 1] or tokens.sentence[end] != tokens.sentence[at]:
            break
        word = words[end]
        before = words[end - 1]
        gap = tokens.starts[end] - tokens.ends[end - 1]
        if gap > 2:
            break
        if word[0].isupper():
            if bits[end] & W.FUNCTION and lower[end] not in _FUNCTION_IN_NAME:
                break
            end += 1
        elif word == "." and gap == 0 and (len(before) == 1 or lower[end - 1] in _ABBREVIATED):
            if end + 1 < total and words[end + 1][0].isupper():
                end += 2
            else:
                break
        elif (
            word in "'’"
            and gap == 0
            and before.endswith("s")
            and end + 1 < total
            and bits[end + 1] & _ORG
            and words[end + 1][0].isupper()
        ):
            end += 2
        elif (bits[end] & W.PARTICLE or word == "&") and end + 1 < total:
            step = 2 if bits[end + 1] & W.PARTICLE and words[end + 1].islower() and end + 2 < total else 1
            if not words[end + step][0].isupper() or tokens.starts[end + step] - tokens.ends[end + step - 1] > 2:
                break
            end += step + 1
        else:
            break
    return end


def _has_head(bits: list[int], spot: Spot, end: int) -> bool:
    return spot.last == end - 1 and any(bits[index] & _ORG_HEAD for index in range(spot.first, spot.last + 1))


def _is_name(tokens: Tokens, index: int, mixed: bool) -> bool:
    word = tokens.words[index]
    if word in _MARKS:
        return True
    if mixed and len(word) > 1 and word.isupper() and "." not in word and tokens.lower[index] not in _SUFFIXES:
        return False
    return not tokens.bits[index] & _NO_NAME


def _cut(tokens: Tokens, at: int, end: int, after_head: bool, spots: list[Spot]) -> Iterator[Spot]:
    """Cut one run into an organisation or place, a title, and a name at its end."""
    words, lower = tokens.words, tokens.lower
    while end > at and tokens.bits[end - 1] & W.CALENDAR and end - at > 1 and not _follows_name(tokens, at, end - 1):
        end -= 1
    if after_head and spots and spots[-1].kind == "organisation" and _links_to(tokens, spots[-1], at):
        complement = at
        while complement < end and tokens.bits[complement] & _COMPLEMENT:
            complement += 1
        if complement == end - 1 > at and tokens.bits[complement - 1] & W.DIRECTION:
            complement = end  # "University of East Orlia"
        if complement > at:
            spots[-1] = replace(
                spots[-1],
                end=_stop(tokens, complement - 1),
                last=complement - 1,
                words=_words(tokens, spots[-1].first, complement),
            )
            if complement == end:
                return
    if end == at + 1 and not tokens.bits[at] and not after_head:
        yield from _plain(tokens, at, end, 1, False, spots)
        return
    bits = tokens.bits[at:end]
    pairs = place_pairs()
    for index in range(len(bits) - 1):
        if (lower[at + index], lower[at + index + 1]) in pairs:
            bits[index] = bits[index + 1] = _PLACE
        elif bits[index] & W.DIRECTION and not bits[index + 1] & _NO_NAME:
            bits[index] |= _PLACE
            bits[index + 1] |= _PLACE
    mixed = end - at > 1 and not all(word.isupper() for word in words[at:end] if len(word) > 1)
    names = [
        (words[at + i] in _MARKS or not bits[i] & _NO_NAME)
        and not (mixed and _is_acronym(words[at + i]) and lower[at + i] not in _SUFFIXES)
        for i in range(end - at)
    ]
    size = end - at
    cut = size
    doubtful = False
    while cut > 0 and names[cut - 1]:
        cut -= 1
    if (
        cut == size
        and size > 1
        and names[size - 2]
        and bits[size - 1] & _SURNAME_TOO
        and not bits[size - 1] & (W.ORGANISATION | W.THING)
    ):
        # "James Baker", "Theresa May": the last word of a run after a first name is a surname, whatever else it can be
        follows_the = at > 0 and lower[at - 1] == "the"
        offset = size - 1
        while offset > 0 and names[offset - 1]:
            offset -= 1
        if not follows_the and (offset == 0 or bits[offset - 1] & (_PERSONAL | W.DEMONYM)):
            cut = offset
            doubtful = bool(bits[size - 1] & (_PLACE | W.DEMONYM) and not offset and not _acts(tokens, end))
    if 2 <= cut < size and names[cut - 2] and lower[at + cut - 1] in _MIDDLE_NAMES:
        cut -= 1
        while cut > 0 and names[cut - 1]:
            cut -= 1
    while cut < size and words[at + cut] in _MARKS:
        cut += 1
    rest, name = range(cut), size - cut
    real = sum(word not in _MARKS for word in words[at + cut : end])
    if cut and name:
        before = bits[cut - 1]
        if words[at + cut - 1] == "." and cut > 1:
            before = bits[cut - 2]
        has_org = any(bits[i] & _ORG for i in rest)
        personal = before & _PERSONAL
        if personal or (real >= 2 and before & _BEFORE_NAME) or before & (W.DEMONYM | W.MODIFIER):
            yield from _before(tokens, at, at + cut, bits, names, after_head, spots)
            yield _spot(tokens, at + cut, end, "person" if personal or real >= 2 else "single", at, bits[:cut])
            return
        if has_org:
            yield _organisation(tokens, at, end, after_head, spots)
            return
        if before & W.CALENDAR:
            yield from _cut(tokens, at + cut, end, False, spots)
            return
        if all(bits[i] & _PLACE for i in rest):
            the = at > 0 and lower[at - 1] == "the"
            yield _spot(tokens, at, end, "person" if size == 2 and not the else "thing" if the else "place", at, [])
            return
        yield _spot(tokens, at, end, "thing", at, [])
        return
    if doubtful:
        yield _spot(tokens, at, end, "single", at, [])
        return
    if name:
        yield from _plain(tokens, at, end, real, after_head, spots)
        return
    yield from _before(tokens, at, end, bits, names, after_head, spots)


def _acts(tokens: Tokens, at: int) -> bool:
    """Whether a token, behind a name, shows that it is a person's: "Jack Orlia said", "Jack Orlia, 49"."""
    following = tokens.lower[at : at + 2]
    if not following:
        return False
    return following[0] in _PERSONAL_VERBS or (following[0] == "," and following[-1].isdigit())


def _follows_name(tokens: Tokens, at: int, index: int) -> bool:
    return index - at == 1 and not tokens.bits[at] & _NO_NAME  # "Theresa May"


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def _plain(tokens: Tokens, at: int, end: int, real: int, after_head: bool, spots: list[Spot]) -> Iterator[Spot]:
    """A run with nothing but name words in it."""
    the = at > 0 and tokens.lower[at - 1] == "the"
    if after_head and spots and spots[-1].kind == "organisation" and _links_to(tokens, spots[-1], at):
        yield _organisation(tokens, at, end, after_head, spots)
    elif real == 1:
        word = tokens.words[at]
        kind = (
            "organisation"
            if _is_acronym(word) and len(word) < 8 and tokens.lower[at] not in tokens.common
            else "single"
        )
        yield _spot(tokens, at, end, kind, at, [])
    elif the or "&" in tokens.words[at:end] or real > 6:
        yield _spot(tokens, at, end, "organisation", at, [])
    else:
        yield _spot(tokens, at, end, "person", at, [])


def _before(
    tokens: Tokens, at: int, end: int, bits: list[int], names: list[bool], after_head: bool, spots: list[Spot]
) -> Iterator[Spot]:
    """What stands before a name or instead of one: an organisation, a place, a title alone."""
    last = -1
    for index in range(end - at):
        if bits[index] & _ORG and not bits[index] & (W.TITLE | W.ROLE):
            last = index
    if last >= 0:
        yield _organisation(tokens, at, at + last + 1, after_head, spots)
        return
    # words without a class before a title name what it is the title of: "Judicial Watch President"
    size = end - at
    opening = 0
    while opening < size and names[opening]:
        opening += 1
    if opening and opening < size and bits[opening] & (_PERSONAL | W.MODIFIER):
        kind = "organisation" if opening > 1 or _is_acronym(tokens.words[at]) else "single"
        yield _spot(tokens, at, at + opening, kind, at, [])
        return
    places = 0
    while places < size and bits[places] & _PLACE:
        places += 1
    if places and places <= size:
        yield _spot(tokens, at, at + places, "place", at, [])
    elif size and _is_acronym(tokens.words[at]) and not bits[0] & _PERSONAL:
        yield _spot(tokens, at, at + 1, "organisation", at, [])
    elif any(bit & W.THING for bit in bits[:size]):
        yield _spot(tokens, at, end, "thing", at, [])


def _links_to(tokens: Tokens, spot: Spot, at: int) -> bool:
    """Whether only "of" or "for", with or without "the", stands between a spot and a token."""
    between = tokens.lower[spot.last + 1 : at]
    return 0 < len(between) <= 2 and between[0] in _LINKS and between[1:] in ([], ["the"])


def _organisation(tokens: Tokens, at: int, end: int, after_head: bool, spots: list[Spot]) -> Spot:
    if after_head and spots and spots[-1].kind == "organisation" and _links_to(tokens, spots[-1], at):
        at = spots.pop().first
    return _spot(tokens, at, end, "organisation", at, [])


def _spot(tokens: Tokens, first: int, end: int, kind: str, title: int, before: list[int]) -> Spot:
    last = end - 1
    gender = 0
    for bit in before:
        gender |= bit & (W.MALE | W.FEMALE)
    return Spot(
        start=tokens.starts[first],
        end=_stop(tokens, last),
        words=_words(tokens, first, end),
        kind=kind,
        first=first,
        last=last,
        title=title,
        personal=bool(before) and any(bit & _PERSONAL for bit in before),
        gender={W.MALE: "m", W.FEMALE: "f"}.get(gender, ""),
        after_the=title > 0 and tokens.lower[title - 1] == "the",
        owner=tokens.owner[last]
        or (end < len(tokens.words) and tokens.words[end] in "’'" and tokens.lower[last].endswith("s")),
    )


def _stop(tokens: Tokens, last: int) -> int:
    return tokens.ends[last] - 2 if tokens.owner[last] else tokens.ends[last]


def _words(tokens: Tokens, first: int, end: int) -> tuple[str, ...]:
    return tuple(_clean(tokens, index) for index in range(first, end) if tokens.words[index] not in _MARKS)


def _clean(tokens: Tokens, index: int) -> str:
    word = tokens.words[index]
    return word[:-2] if tokens.owner[index] else word
