"""Surnames that are words of another kind: "Kim Hill", "Amy Judge", "Ann Church".

Whether "Kim Hill" is somebody or somewhere, the words around tell, here or at another place in the article.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from indexer.name_tokens import Tokens
from indexer.noun_words import is_verb
from indexer.ordinary_words import ordinary_words
from indexer.people_words import W
from indexer.spots import PERSONAL, Spot, make_spot

_SAYING = frozenset("said says told tells asked added wrote tweeted thinks".split())
_NO_SURNAME_BEHIND = frozenset("the a an our their his her your my this that".split())
_MOSTLY_SURNAMES = frozenset("day law woods gates pool battle rivers ward lane waters walls temple hills".split())
"""Words of things that behind an unknown word are a surname more often than not."""

_SAINTS = frozenset("st ste saint sainte".split())
_LOCATIVE = frozenset("in at near on from to of through across outside around into off along behind".split())
_DAYS_BEFORE = frozenset("in on since until by last next this late early mid from for of and through".split())
_ARTICLES = frozenset(("a", "an", "the"))
_ADDRESSING = frozenset("mr mrs ms miss mx madam".split())
_OFFICES = frozenset(
    "speaker president chairman chairwoman chairperson chair mayor justice minister secretary ambassador chancellor moderator premier prime "
    "vice governor commissioner judge right universe world".split()
)
"""What is addressed so and is nobody's surname: "Mr Speaker"."""


def shown_person(tokens: Tokens, first: int, end: int, kind: int) -> bool:
    """Whether the words around show that a name, whose last word is one of another kind, is a person's.

    "Coach Kim Hill", "his wife, Kim Hill,", "a nurse named Kim Hill", "Kim Hill, 49, ...", "Kim Hill, a nurse, ...",
    "Kim Hill, editor of ...", "Kim Hill, who ...", "Kim S. Hill". A verb of saying shows it of streets and hills, which say nothing, not of churches and courts.

    Args:
        tokens: Of the article.
        first: The name's first word.
        end: One past its last.
        kind: Classes of its last word.
    """
    lower, words = tokens.lower, tokens.words
    previous = lower[first - 1] if first and tokens.sentence[first - 1] == tokens.sentence[first] else ""
    if lower[first] in ordinary_words() or previous == "the":
        return False
    mute = not kind & W.ORGANISATION
    if (end - first > 2 and words[end - 2] == ".") or previous == "named" or _introduced(tokens, first, end):
        return True
    if mute and (previous in _SAYING or (lower[end - 1] in _MOSTLY_SURNAMES and previous not in _LOCATIVE)):
        return True
    following = lower[end : end + 4]
    if not following:
        return False
    if following[0] == "who" or (following[0] in _SAYING and mute):
        return True
    if following[0] != "," or len(following) < 3:
        return False
    age = following[1].isdecimal() and len(following[1]) < 4 and following[2] in (",", ".")
    article = following[1] in _ARTICLES
    role = words[end + 1].islower() and any(bit & W.ROLE for bit in tokens.bits[end + 1 + article : end + 3 + article])
    return age or role or following[1] == "who"


def _introduced(tokens: Tokens, first: int, end: int) -> bool:
    """Whether a title or a role stands before a name, or is parted from it by a comma: "Coach Kim Hill", "her coach, Kim Hill, said"."""
    at = first - 1
    parted = at > 0 and tokens.words[at] == ","
    if at > 0 and (parted or tokens.words[at] == "."):
        at -= 1
    if at < 0 or tokens.sentence[at] != tokens.sentence[first]:
        return False
    if parted:
        return (
            bool(tokens.bits[at] & W.ROLE)
            and tokens.words[at].islower()
            and tokens.words[end : end + 1] in ([","], ["."])
        )
    return bool(tokens.bits[at] & PERSONAL) and not tokens.bits[at] & (W.ORGANISATION | W.COLLECTIVE)


def is_addressed(tokens: Tokens, at: int, size: int) -> bool:
    """Whether a run is one word, of any kind, behind the title that surnames have: "Mr Baker", "Mrs. May", "Ms Church"."""
    dotted = size == 3 and tokens.words[at + 1] == "."
    return (size == 2 or dotted) and tokens.lower[at] in _ADDRESSING and tokens.lower[at + size - 1] not in _OFFICES


def with_surnames(tokens: Tokens, spots: list[Spot], lone: Sequence[int]) -> list[Spot]:
    """Read the words of another kind that are surnames in this article: those that speak, and those of people named in full.

    Kim Hill keeps a shop. Hill said flour was dear. Amy Judge came. Judge said nothing.

    Args:
        tokens: Of the article.
        spots: Its names so far.
        lone: Capitalised words of titles, directions and the like that stand alone and are no names so far.
    """
    bits, lower = tokens.bits, tokens.lower
    kinds = {spot.kind for spot in spots}
    if "thing" in kinds:
        speaking = {lower[s.last] for s in spots if s.kind == "thing" and len(s.words) == 1 and _speaks(tokens, s)}
        if speaking:
            spots = [_as_person(tokens, s) if lower[s.last] in speaking else s for s in spots]
    people = {
        s.words: lower[s.last]
        for s in spots
        if s.kind == "person" and len(s.words) > 1 and (bits[s.last] or s.words[-2].lower() in _SAINTS)
    }
    if not people:
        return spots
    surnames = set(people.values())
    people.update({words[-2:]: last for words, last in people.items() if words[-2].lower() in _SAINTS})
    places = {lower[s.last] for s in spots if s.kind == "place" and len(s.words) == 1 and _located(tokens, s)}
    spots = [_as_surname(tokens, s, people, places) if lower[s.last] in surnames else s for s in spots]
    added = [
        make_spot(tokens, at, at + 1, "single", at, [])
        for at in lone
        if lower[at] in surnames and _stands_alone(tokens, at)
    ]
    return sorted((*spots, *added), key=lambda spot: spot.first) if added else spots


def _speaks(tokens: Tokens, spot: Spot) -> bool:
    """Whether a lone word speaks: "Hill said", "said Hill"."""
    if spot.after_the:
        return False
    behind = tokens.lower[spot.last + 1 : spot.last + 2]
    return (bool(behind) and behind[0] in _SAYING) or (spot.first > 0 and tokens.lower[spot.first - 1] in _SAYING)


def _as_person(tokens: Tokens, spot: Spot) -> Spot:
    if spot.kind != "thing" or len(spot.words) not in (2, 3) or spot.after_the:
        return spot
    if tokens.bits[spot.first] or tokens.lower[spot.first] in ordinary_words():
        return spot
    return spot._replace(kind="person")


def _located(tokens: Tokens, spot: Spot) -> bool:
    """Whether a place stands as places do: "in Paris", "to Washington", "Paris, Ontario"."""
    behind = tokens.words[spot.last + 1 : spot.last + 2] == [","] and any(
        bits & W.PLACE for bits in tokens.bits[spot.last + 2 : spot.last + 3]
    )
    return behind or (spot.first > 0 and tokens.lower[spot.first - 1] in _LOCATIVE)


def _as_surname(tokens: Tokens, spot: Spot, people: Mapping[tuple[str, ...], str], places: AbstractSet[str]) -> Spot:
    """A name as that of one of these people: met in full again, or a lone word; of a place that the article is about, where it speaks."""
    if spot.kind in ("single", "person"):
        return spot
    if len(spot.words) > 1:
        if spot.kind == "thing" and all(tokens.bits[at] & PERSONAL for at in range(spot.first, spot.last)):
            return make_spot(
                tokens, spot.last, spot.last + 1, "person", spot.first, tokens.bits[spot.first : spot.last]
            )
        return spot._replace(kind="person") if spot.words in people else spot
    if tokens.lower[spot.first - 1] in _NO_SURNAME_BEHIND:
        return spot
    if spot.kind == "place" and tokens.lower[spot.last] in places and not _speaks(tokens, spot):
        return spot
    return spot._replace(kind="single")


def _stands_alone(tokens: Tokens, at: int) -> bool:
    """Whether a lone word can be a surname there: "Judge said", "May wrote", not "the judge", "in May", "May 5"."""
    previous = tokens.lower[at - 1] if at else ""
    if previous in _NO_SURNAME_BEHIND:
        return False
    if not tokens.bits[at] & (W.CALENDAR | W.FUNCTION):
        return True
    behind = tokens.words[at + 1 : at + 2]
    return previous not in _DAYS_BEFORE and bool(behind) and (is_verb(behind[0]) or behind[0] in _SAYING)
