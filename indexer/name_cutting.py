"""Runs of capitalised words cut by what each word can be.

"Azerbaijan Minister of Culture Ann Lee" holds a place, a role, a portfolio and, at its end, a name.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.complements import complement_end, extended, goes_on
from indexer.name_runs import BEFORE_NAME, GIVEN_TOO, is_university
from indexer.name_tokens import Tokens
from indexer.ordinary_words import ordinary_words
from indexer.organisation_names import is_whole
from indexer.papers import is_daily, is_weekend_paper
from indexer.people_words import W, place_pairs, plural_of_role
from indexer.run_words import NO_NAME, SAINTS, classes_of_run, is_acronym, is_ordinary, opens_with_initials
from indexer.spots import NAME_MARKS, PERSONAL, Spot, make_spot
from indexer.surnames import is_addressed, shown_person

_PLACE = W.PLACE
_MIDDLE_NAMES = frozenset({"baron", "king", "prince", "duke", "earl"})
"""Honorifics that between two names are one themselves: "Ilya Baron Kessel"."""

_PLACES_GIVEN = frozenset(
    "paris austin jordan chelsea georgia virginia carolina florence sydney victoria regina dakota charlotte savannah phoenix madison jackson "
    "lincoln houston dallas denver israel chad india kenya asia america ireland holland surrey orlando melbourne dominica odessa vienna milan "
    "geneva sofia cairo boston washington london francisco santiago montana nevada cuba".split()
)
"""Places that people are called too: "Georgia Hale" is somebody, "Toronto Gulls" are not."""

SURNAME_TOO = (
    W.ROLE | W.PLACE | W.MODIFIER | W.HONORIFIC | W.PORTFOLIO | W.DEMONYM | W.CALENDAR | W.DIRECTION
)  # fmt: skip
_FOR = (["for"], ["of"], ["on"])
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def cut_word(tokens: Tokens, at: int) -> list[Spot]:
    """A run of one word, that goes on with no other name: an organisation, a place, a thing, a name of any kind, or none."""
    bits = tokens.bits[at]
    if not bits & NO_NAME:
        skip = tokens.paragraph[at] in tokens.titled and (is_ordinary(tokens, at) or bits & W.FUNCTION)
        return [] if skip else [lone_word(tokens, at)]
    if bits & W.ORGANISATION and (not bits & (W.TITLE | W.ROLE) or _heads_body(tokens, at)):
        kind = "organisation"
    elif bits & _PLACE:
        kind = "place"
    elif is_acronym(tokens.words[at]) and not bits & (PERSONAL | W.THING):
        kind = "organisation"
    elif bits & W.THING:
        kind = "thing"
    else:
        return []
    return [make_spot(tokens, at, at + 1, kind, at, [])]


def cut_pair(tokens: Tokens, at: int) -> list[Spot]:
    """A run of two words of which nothing is known, as most names are: "Ann Lee"; empty where something is."""
    words, bits, lower = tokens.words, tokens.bits, tokens.lower
    if (
        bits[at]
        or bits[at + 1]
        or lower[at][-1] == "s"
        or words[at].isupper()
        or words[at + 1].isupper()
        or (lower[at], lower[at + 1]) in place_pairs()
        or tokens.paragraph[at] in tokens.titled
    ):
        return []
    return [_plain(tokens, at, at + 2)]


def cut_run(tokens: Tokens, at: int, end: int, after_head: bool, spots: list[Spot]) -> Iterator[Spot]:
    """Cut one run into an organisation or place, a title, and a name at its end."""
    words, lower = tokens.words, tokens.lower
    if is_weekend_paper(tokens, at, end) or is_daily(tokens, at, end) or (end - at == 3 and is_university(tokens, at)):
        yield make_spot(tokens, at, end, "organisation", at, [])
        return
    while end > at and tokens.bits[end - 1] & W.CALENDAR and end - at > 1 and not _follows_name(tokens, at, end - 1):
        end -= 1
    if tokens.paragraph[at] in tokens.titled:
        at, end = _without_ordinary(tokens, at, end)
        if at == end:
            return
    if after_head and goes_on(tokens, spots, at) and (stop := complement_end(tokens, at, end)) > at:
        spots[-1] = extended(tokens, spots[-1], stop)
        if stop == end:
            return
        at, after_head = stop, False
    if after_head and end - at > 2 and tokens.bits[at - 2] & W.TITLE and not any(tokens.bits[at : at + 3]):
        at += 1  # "Mayor of Orsk Ann Lee"
    if "and" in words[at:end]:  # joined, so that it is one name up to a title
        stop = _title(tokens, words.index("and", at) + 2, end)
        yield make_spot(tokens, at, stop, "organisation", at, [])
        at = stop
        if at == end:
            return
    elif (
        not after_head
        and is_whole(tokens, at, end)
        and (tokens.bits[at] or not shown_person(tokens, at, end, W.ORGANISATION))
    ):
        yield make_spot(tokens, at, end, "organisation", at, [])
        return
    bits = classes_of_run(tokens, at, end)
    mixed = end - at > 1 and not all(word.isupper() for word in words[at:end] if len(word) > 1)
    names = [
        (words[at + i] in NAME_MARKS or not bits[i] & NO_NAME)
        and not (mixed and is_acronym(words[at + i]) and lower[at + i] not in _SUFFIXES)
        for i in range(end - at)
    ]
    size = end - at
    for index in range(size - 1):
        given = lower[at + index] in GIVEN_TOO and words[at + index].istitle() and words[at + index + 1][1:].isalpha()
        before = index - 2 if words[at + index - 1] == "." else index - 1
        if given and names[index + 1] and (before < 0 or not names[before]):
            names[index] = True
            bits[index] = 0
    if size > 1 and opens_with_initials(tokens, at, names):
        names[0] = True
    cut, doubtful = _name_begin(tokens, at, bits, names, after_head)
    if not cut:
        yield make_spot(tokens, at, end, "single", at, []) if doubtful else _plain(tokens, at, end)
    elif cut == size:
        yield from _before(tokens, at, end, bits, names)
    else:
        yield from _with_title(tokens, at, end, cut, bits, names)


def _name_begin(tokens: Tokens, at: int, bits: list[int], names: list[bool], after_head: bool) -> tuple[int, bool]:
    """Where in a run the name at its end begins (behind its end where there is none), and whether that is in doubt."""
    words, lower = tokens.words, tokens.lower
    size = len(bits)
    cut = _first_of_names(names, size)
    doubtful = False
    if cut == size and size > 1 and names[size - 2] and _may_be_surname(tokens, at, size, bits, names):
        # "Emil Baker", "Clara May": the last word of a run after a first name is a surname, whatever else it can be
        follows_the = at > 0 and lower[at - 1] == "the"
        offset = _first_of_names(names, size - 1)
        if not follows_the and (
            offset == 0 or bits[offset - 1] & (PERSONAL | W.DEMONYM | (_PLACE if after_head else 0))
        ):
            cut = offset
            place = bits[size - 1] & (_PLACE | W.DEMONYM | W.DIRECTION)
            doubtful = bool(place and not offset and not shown_person(tokens, at, at + size, 0))
    if cut == size > 1 and (is_addressed(tokens, at, size) or _is_titled(tokens, at, at + size - 1)):
        cut = size - 1
    if 2 <= cut < size and names[cut - 2] and lower[at + cut - 1] in _MIDDLE_NAMES:
        cut = _first_of_names(names, cut - 1)
    while cut < size and words[at + cut] in NAME_MARKS:
        cut += 1
    return cut, doubtful


def _is_titled(tokens: Tokens, at: int, last: int) -> bool:
    """Whether an honorific or a shortened title stands before a run's last word, so that it is a surname: "Dr. Hill", "Coun. Law"."""
    if tokens.bits[last] & (PERSONAL | W.MODIFIER | W.CALENDAR):
        return False  # "Lt. Gov.", "Staff Sgt."
    before = last - 1
    shortened = before > at and tokens.words[before] == "."
    before -= shortened
    if tokens.lower[before] in SAINTS:
        return False
    kind = tokens.bits[before]
    return bool(kind & W.HONORIFIC and not kind & W.ROLE) or bool(shortened and kind & W.TITLE)


def _may_be_surname(tokens: Tokens, at: int, size: int, bits: list[int], names: list[bool]) -> bool:
    """Whether the last word of a run, behind a name, can be a surname though it is a word of another kind."""
    last = bits[size - 1]
    if last & W.TITLE and tokens.lower[at + size : at + size + 1] == ["to"]:
        return False  # "Larian Ambassador to"
    if not last & (W.ORGANISATION | W.THING):
        return bool(last & SURNAME_TOO)
    first = at + _first_of_names(names, size - 1)
    return not tokens.bits[first] and shown_person(tokens, first, at + size, last)


def _first_of_names(names: list[bool], end: int) -> int:
    """The first of the name words that stand together before an index."""
    while end > 0 and names[end - 1]:
        end -= 1
    return end


def _with_title(tokens: Tokens, at: int, end: int, cut: int, bits: list[int], names: list[bool]) -> Iterator[Spot]:
    """A run with a name at its end, and in front of it a title, an organisation or a place."""
    words = tokens.words
    before = bits[cut - 1]
    if words[at + cut - 1] == "." and cut > 1:
        before = bits[cut - 2]
    real = sum(word not in NAME_MARKS for word in words[at + cut : end])
    personal = before & PERSONAL
    if (
        not personal
        and before & (W.DEMONYM | W.MODIFIER)
        and all(is_ordinary(tokens, index) or plural_of_role(tokens.lower[index]) for index in range(at + cut, end))
    ):
        if not plural_of_role(tokens.lower[end - 1]):  # "Republican Representatives" are no name
            yield make_spot(tokens, at, end, "organisation", at, [])  # "Canadian Tire"
    elif personal or (real >= 2 and before & BEFORE_NAME and not before & _PLACE) or before & (W.DEMONYM | W.MODIFIER):
        yield from _before(tokens, at, at + cut, bits, names)
        yield make_spot(tokens, at + cut, end, "person" if personal or real >= 2 else "single", at, bits[:cut])
    elif any(bits[i] & W.ORGANISATION for i in range(cut)):
        yield make_spot(tokens, at, end, "organisation", at, [])
    elif before & W.CALENDAR:
        yield from cut_run(tokens, at + cut, end, False, [])
    elif real == 1 == cut and not is_ordinary(tokens, end - 1) and shown_person(tokens, at, end, W.ORGANISATION):
        yield make_spot(tokens, at, end, "person", at, [])  # "River Hale, 34,"
    elif all(bits[i] & _PLACE for i in range(cut)):
        yield from _behind_place(tokens, at, end, cut, real, bits, names)
    elif cut == 1 and is_acronym(words[at]):
        yield make_spot(tokens, at, end, "organisation", at, [])  # "UC Marlow"
    else:
        yield make_spot(tokens, at, end, "thing", at, [])


def _behind_place(
    tokens: Tokens, at: int, end: int, cut: int, real: int, bits: list[int], names: list[bool]
) -> Iterator[Spot]:
    """Georgia Hale, Ontario Tom Hale, the Toronto Gulls, Manitoba Pork Producers."""
    the = at > 0 and tokens.lower[at - 1] == "the"
    ordinary = all(is_ordinary(tokens, index) for index in range(at + cut, end))
    if real >= 2 and not ordinary:
        yield from _before(tokens, at, at + cut, bits, names)
        yield make_spot(tokens, at + cut, end, "person", at, bits[:cut])
    elif the or ordinary or cut > 1 or tokens.lower[at] not in _PLACES_GIVEN:
        yield make_spot(tokens, at, end, "organisation", at, [])
    else:
        yield make_spot(tokens, at, end, "person", at, [])


def _title(tokens: Tokens, at: int, end: int) -> int:
    """Where in a run a title begins that is no part of the name before it."""
    while at < end and not (tokens.bits[at] & PERSONAL and not tokens.bits[at] & (W.PORTFOLIO | W.ORGANISATION)):
        at += 1
    return at


def _without_ordinary(tokens: Tokens, at: int, end: int) -> tuple[int, int]:
    """What of a run in title case is left without ordinary words at its edges: "Hale Wins Orsk Race" holds "Hale" alone."""
    while at < end and (is_ordinary(tokens, at) or tokens.bits[at] & W.FUNCTION):
        at += 1
    while end > at and (is_ordinary(tokens, end - 1) or tokens.bits[end - 1] & W.FUNCTION):
        end -= 1
    return at, end


def _follows_name(tokens: Tokens, at: int, index: int) -> bool:
    """Whether a word of the calendar ends a name: "Clara May", "Prime Minister Clara May", "Mrs May"."""
    if is_addressed(tokens, at, index + 1 - at):
        return True
    if tokens.bits[index - 1] & NO_NAME:
        return False
    return index - at == 1 or bool(tokens.bits[index - 2] & PERSONAL and not tokens.lower[index].endswith("day"))


def _plain(tokens: Tokens, at: int, end: int) -> Spot:
    """A run with nothing but name words in it."""
    words = tokens.words
    real = sum([word not in NAME_MARKS for word in words[at:end]])
    if real == 1:
        return lone_word(tokens, at, end)
    if real > 2 and tokens.fresh[at] and not is_ordinary(tokens, at + 1):
        noun = tokens.lower[at]
        at += noun in ordinary_words() or noun + "s" in ordinary_words()  # "Homeowner Ann Lee"
    the = at > 0 and tokens.lower[at - 1] == "the"
    ordinary = tokens.lower[end - 1] in ordinary_words() and all(is_ordinary(tokens, index) for index in range(at, end))
    if the or "&" in words[at:end] or real > 6 or (ordinary and tokens.lower[end : end + 1] != [","]):
        return make_spot(tokens, at, end, "organisation", at, [])
    return make_spot(tokens, at, end, "person", at, [])


def lone_word(tokens: Tokens, at: int, end: int | None = None) -> Spot:
    """A name of one word: an organisation by its acronym ("NATO"), else anything."""
    word = tokens.words[at]
    acronym = is_acronym(word) and len(word) < 8 and tokens.lower[at] not in tokens.written
    return make_spot(tokens, at, end or at + 1, "organisation" if acronym else "single", at, [])


def _heads_body(tokens: Tokens, at: int) -> bool:
    """Whether a word that is a role too heads a body's name: the Orsk *Centre* for Fisheries; not: Orsk centre Tom Hale."""
    after = at + 2 if tokens.lower[at + 1 : at + 2] in _FOR else 0
    return bool(
        after and tokens.bits[at] & W.ORG_HEAD and after < len(tokens.words) and tokens.words[after][0].isupper()
    )


def _before(tokens: Tokens, at: int, end: int, bits: list[int], names: list[bool]) -> Iterator[Spot]:
    """What stands before a name or instead of one: an organisation, a place, a title alone."""
    size = end - at
    last = -1
    for index in range(size):
        if bits[index] & W.ORGANISATION and (not bits[index] & (W.TITLE | W.ROLE) or _heads_body(tokens, at + index)):
            last = index
    if last == 0 < size - 1 and bits[0] & W.PORTFOLIO and bits[1] & PERSONAL:
        last = -1  # "Labour Minister"
    if last >= 0:
        branch = last + 1 < size and bits[last] & W.ORG_HEAD and all(bit & _PLACE for bit in bits[last + 1 :])
        stop = end if branch and tokens.lower[end : end + 1] != [","] else at + last + 1  # "Sailors Coalition Malta"
        yield make_spot(tokens, at, stop, "organisation", at, [])
        return
    # words without a class before a title name what it is the title of: "Judicial Watch President"
    opening = 0
    while opening < size and names[opening]:
        opening += 1
    if opening and opening < size and bits[opening] & (PERSONAL | W.MODIFIER):
        kind = "organisation" if opening > 1 or is_acronym(tokens.words[at]) else "single"
        yield make_spot(tokens, at, at + opening, kind, at, [])
        return
    places = 0
    while places < size and bits[places] & _PLACE:
        places += 1
    if places and places <= size:
        yield make_spot(tokens, at, at + places, "place", at, [])
    elif size and is_acronym(tokens.words[at]) and not bits[0] & (PERSONAL | W.THING):
        yield make_spot(tokens, at, at + 1, "organisation", at, [])
    elif any(bit & W.THING for bit in bits[:size]):
        yield make_spot(tokens, at, end, "thing", at, [])
