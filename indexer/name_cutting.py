"""Runs of capitalised words cut by what each word can be.

"Azerbaijan Minister of Culture Ann Lee" holds a place, a role, a portfolio and, at its end, a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.name_runs import BEFORE_NAME
from indexer.name_tokens import Tokens
from indexer.organisation_names import is_whole
from indexer.people_words import W, place_pairs
from indexer.spots import NAME_MARKS, PERSONAL, Spot, make_spot, name_words, spot_end

_NO_NAME = int(
    W.HONORIFIC | W.TITLE | W.ROLE | W.MODIFIER | W.ORGANISATION | W.THING | W.CALENDAR | W.PORTFOLIO | W.DIRECTION
    | W.PLACE | W.DEMONYM | W.PLURAL
)  # fmt: skip
_PLACE = W.PLACE
_COMPLEMENT = W.PLACE | W.DEMONYM | W.PORTFOLIO | W.ORGANISATION | W.DIRECTION | W.MODIFIER | W.THING
_MIDDLE_NAMES = frozenset({"baron", "king", "prince", "duke", "earl"})
"""Honorifics that between two names are one themselves: "Ilya Baron Kessel"."""

_GIVEN_TOO = frozenset({"bill", "hunter"})
"""What before a name without a class is a first name: "Bill Weston"."""

_SURNAME_TOO = W.ROLE | W.PLACE | W.MODIFIER | W.HONORIFIC | W.PORTFOLIO | W.DEMONYM | W.CALENDAR
NAME_LINKS = frozenset(("of", "for", "on", "at"))
"""Prepositions within names: "Ministry of Culture"."""

_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_PERSONAL_VERBS = frozenset("said says told tells who asked added wrote tweeted thinks".split())


def cut_run(tokens: Tokens, at: int, end: int, after_head: bool, spots: list[Spot]) -> Iterator[Spot]:
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
            spots[-1] = spots[-1]._replace(
                end=spot_end(tokens, complement - 1),
                last=complement - 1,
                words=name_words(tokens, spots[-1].first, complement),
            )
            if complement == end:
                return
    if not after_head and is_whole(tokens, at, end):
        yield make_spot(tokens, at, end, "organisation", at, [])
        return
    bits = tokens.bits[at:end]
    pairs = place_pairs()
    for index in range(len(bits) - 1):
        if (lower[at + index], lower[at + index + 1]) in pairs:
            bits[index] = bits[index + 1] = _PLACE
        elif bits[index] & W.DIRECTION and not bits[index + 1] & _NO_NAME:
            bits[index] |= _PLACE
            bits[index + 1] |= _PLACE
    if not any(bits) and not any(map(str.isupper, words[at:end])):  # "Ann Lee": most runs
        real = sum([word not in NAME_MARKS for word in words[at:end]])
        yield from _plain(tokens, at, end, real, after_head, spots)
        return
    mixed = end - at > 1 and not all(word.isupper() for word in words[at:end] if len(word) > 1)
    names = [
        (words[at + i] in NAME_MARKS or not bits[i] & _NO_NAME)
        and not (mixed and _is_acronym(words[at + i]) and lower[at + i] not in _SUFFIXES)
        for i in range(end - at)
    ]
    size = end - at
    if size > 1 and lower[at] in _GIVEN_TOO and words[at].istitle() and names[1] and words[at + 1][1:].isalpha():
        names[0] = True
        bits[0] = 0
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
        if not follows_the and (offset == 0 or bits[offset - 1] & (PERSONAL | W.DEMONYM)):
            cut = offset
            doubtful = bool(bits[size - 1] & (_PLACE | W.DEMONYM) and not offset and not _acts(tokens, end))
    if 2 <= cut < size and names[cut - 2] and lower[at + cut - 1] in _MIDDLE_NAMES:
        cut -= 1
        while cut > 0 and names[cut - 1]:
            cut -= 1
    while cut < size and words[at + cut] in NAME_MARKS:
        cut += 1
    rest, name = range(cut), size - cut
    real = sum(word not in NAME_MARKS for word in words[at + cut : end])
    if cut and name:
        before = bits[cut - 1]
        if words[at + cut - 1] == "." and cut > 1:
            before = bits[cut - 2]
        has_org = any(bits[i] & W.ORGANISATION for i in rest)
        personal = before & PERSONAL
        if personal or (real >= 2 and before & BEFORE_NAME) or before & (W.DEMONYM | W.MODIFIER):
            yield from _before(tokens, at, at + cut, bits, names, after_head, spots)
            yield make_spot(tokens, at + cut, end, "person" if personal or real >= 2 else "single", at, bits[:cut])
            return
        if has_org:
            yield _organisation(tokens, at, end, after_head, spots)
            return
        if before & W.CALENDAR:
            yield from cut_run(tokens, at + cut, end, False, spots)
            return
        if all(bits[i] & _PLACE for i in rest):
            the = at > 0 and lower[at - 1] == "the"
            yield make_spot(tokens, at, end, "person" if size == 2 and not the else "thing" if the else "place", at, [])
            return
        yield make_spot(tokens, at, end, "thing", at, [])
        return
    if doubtful:
        yield make_spot(tokens, at, end, "single", at, [])
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
        yield lone_word(tokens, at, end)
    elif the or "&" in tokens.words[at:end] or real > 6:
        yield make_spot(tokens, at, end, "organisation", at, [])
    else:
        yield make_spot(tokens, at, end, "person", at, [])


def lone_word(tokens: Tokens, at: int, end: int | None = None) -> Spot:
    """A name of one word: an organisation by its acronym ("NATO"), else anything."""
    word = tokens.words[at]
    acronym = _is_acronym(word) and len(word) < 8 and tokens.lower[at] not in tokens.common
    return make_spot(tokens, at, end or at + 1, "organisation" if acronym else "single", at, [])


def _before(
    tokens: Tokens, at: int, end: int, bits: list[int], names: list[bool], after_head: bool, spots: list[Spot]
) -> Iterator[Spot]:
    """What stands before a name or instead of one: an organisation, a place, a title alone."""
    last = -1
    for index in range(end - at):
        if bits[index] & W.ORGANISATION and not bits[index] & (W.TITLE | W.ROLE):
            last = index
    if last >= 0:
        yield _organisation(tokens, at, at + last + 1, after_head, spots)
        return
    # words without a class before a title name what it is the title of: "Judicial Watch President"
    size = end - at
    opening = 0
    while opening < size and names[opening]:
        opening += 1
    if opening and opening < size and bits[opening] & (PERSONAL | W.MODIFIER):
        kind = "organisation" if opening > 1 or _is_acronym(tokens.words[at]) else "single"
        yield make_spot(tokens, at, at + opening, kind, at, [])
        return
    places = 0
    while places < size and bits[places] & _PLACE:
        places += 1
    if places and places <= size:
        yield make_spot(tokens, at, at + places, "place", at, [])
    elif size and _is_acronym(tokens.words[at]) and not bits[0] & (PERSONAL | W.THING):
        yield make_spot(tokens, at, at + 1, "organisation", at, [])
    elif any(bit & W.THING for bit in bits[:size]):
        yield make_spot(tokens, at, end, "thing", at, [])


def _links_to(tokens: Tokens, spot: Spot, at: int) -> bool:
    """Whether only "of" or "for", with or without "the", stands between a spot and a token."""
    between = tokens.lower[spot.last + 1 : at]
    return 0 < len(between) <= 2 and between[0] in NAME_LINKS and between[1:] in ([], ["the"])


def _organisation(tokens: Tokens, at: int, end: int, after_head: bool, spots: list[Spot]) -> Spot:
    if after_head and spots and spots[-1].kind == "organisation" and _links_to(tokens, spots[-1], at):
        at = spots.pop().first
    return make_spot(tokens, at, end, "organisation", at, [])
