"""What the words around a name show: person or organisation, man or woman, which roles."""

from __future__ import annotations

from indexer.local_names import LocalName, LocalNames
from indexer.located import is_located, is_venue
from indexer.name_tokens import Tokens
from indexer.noun_words import is_verb
from indexer.ordinary_words import ordinary_words
from indexer.people_words import W
from indexer.roles import Role, role_after, role_before
from indexer.spots import Spot

_SAYING = frozenset("said says told tells asked added wrote tweeted thinks".split())
_LOOKING = frozenset("look laugh shout aim point back anger angry mad".split())
_WITHIN = frozenset("of in from at near around".split())
_WARNING = _SAYING | frozenset(
    "warned warns condemned condemns criticised criticized urged urges claimed claims announced denied".split()
)
_ADDING = frozenset("said says added adds also warned claimed argued".split())
_LONGEST_SENTENCE = 60
_ORG_HINTS = frozenset(("its", "which"))


_NOUNS = W.COLLECTIVE | W.REPORT | W.ORGANISATION | W.MODIFIER | W.PLURAL
_AT_PLACES = frozenset("in near outside across around throughout".split())
_MOVING = frozenset(
    "drive drives drove driven flew fly flown travelled traveled travel moved moves moving airlifted went goes going gone took taken rushed "
    "transported sent headed bound road highway route trip flight bus train way kilometres kilometers km miles north south east west "
    "returned commute walked sailed transferred arrived".split()
)


def opens_line(tokens: Tokens, token: int) -> bool:
    """Whether a token stands at the beginning of its paragraph, bar a bracket or two."""
    return token < 3 or tokens.paragraph[token - 3] != tokens.paragraph[token]


def read_evidence(tokens: Tokens, found: LocalNames) -> None:
    """Roles, honorifics and grammar around each spot: person or organisation, and the gender its words hold."""
    previous = -1
    for spot, number in zip(found.spots, found.owner, strict=True):
        name = found.names[number]
        if spot.kind == "person":
            name.person += 1.0
        elif spot.kind in ("organisation", "place") and not _may_be_person(tokens, spot, name):
            name.person -= 1.5
        if spot.after_the and spot.kind == "single" and not _attributive(tokens, spot):
            name.person -= 0.7
        if spot.kind in ("single", "person") and not spot.personal and is_located(tokens, spot):
            name.person -= 2
        if spot.gender:
            name.gender[spot.gender] += 3
        if spot.personal:
            name.person += 2
        before: Role | None = None
        if spot.kind == "person" and not spot.personal and is_venue(tokens, spot):
            name.person -= 2
        elif spot.kind in ("person", "single"):
            before, after = role_before(tokens, spot, previous), role_after(tokens, spot)
            for role in (before, after):
                if role is not None:
                    name.roles.append(role)
                    name.person += 1.5
                    if role.gender:
                        name.gender[role.gender] += 3
            following = tokens.lower[spot.last + 1 : spot.last + 3]
            if spot.kind == "single" and following and following[0] in (":", ")") and opens_line(tokens, spot.first):
                name.person += 1  # a label before a turn
            if spot.kind == "single" and following:
                if following[0] in _SAYING:
                    name.person += 0.4
                within = spot.first and tokens.lower[spot.first - 1] in _WITHIN  # "the people of Kesmark who"
                if not within and (following[0] in ("who", "himself", "herself") or following[-1] == "who"):
                    name.person += 2
                elif following[0] in _ORG_HINTS or following[-1] in _ORG_HINTS:
                    name.person -= 1
            if spot.kind == "person" and not spot.personal and _goes_on_as_it(tokens, spot):
                name.person -= 2
            previous = spot.last
        found.titles.append(before)
    for name in found.names:
        if name.person > 0 and not name.roles and _is_placed(tokens, name):
            name.person = -0.1
        lone = len(name.spots) == 1 and tokens.fresh[name.spots[0].first]
        if name.person == 0 and (lone or len(name.full) > 1):
            name.person = -0.1  # a lone capital where a sentence begins; "Literary Laria"
        elif name.person == 0 and name.spots and name.spots[0].kind == "single":
            name.person = 0.1


def _goes_on_as_it(tokens: Tokens, spot: Spot) -> bool:
    """Whether the next sentence calls by "it" what speaks in this one: "Harbour Relief warned of floods. It said dams leaked."."""
    lower, total = tokens.lower, len(tokens.lower)
    at = spot.last + 1
    if at >= total or lower[at] not in _WARNING or tokens.sentence[spot.first - 1] == tokens.sentence[spot.first]:
        return False
    sentence = tokens.sentence[at]
    while at < total and tokens.sentence[at] == sentence:
        if tokens.bits[at] & (W.REPORT | W.COLLECTIVE) or at - spot.last > _LONGEST_SENTENCE:
            return False  # what was said may stand in a report
        at += 1
    return at + 1 < total and lower[at] == "it" and lower[at + 1] in _ADDING


def _may_be_person(tokens: Tokens, spot: Spot, name: LocalName) -> bool:
    """Whether a name that looks like an organisation's here is a person's elsewhere: "the Ann Lee campaign", and "Ann Lee"."""
    if not any(other.kind == "person" for other in name.spots[:4]):
        return False
    return len(spot.words) == 1 or not any(tokens.bits[at] for at in range(spot.first, spot.last + 1))


def _attributive(tokens: Tokens, spot: Spot) -> bool:
    """Whether a noun behind the name has the article: in "the Lee campaign" nobody is called "the Lee"."""
    at = spot.last + 1
    if at >= len(tokens.words) or not tokens.words[at].islower() or is_verb(tokens.plain[at]):
        return False
    return bool(tokens.bits[at] & _NOUNS) or tokens.plain[at] in ordinary_words()


def _is_placed(tokens: Tokens, name: LocalName) -> bool:
    """Whether a name stands mostly where places do: "a student at Ross Mills", "from Orsk to Owen Hale", "in Kesmark".

    Nobody is led to it then by "he" or "she". A title, a role, or a verb of saying shows a person all the same.
    """
    placed = 0
    for spot in name.spots:
        following = tokens.lower[spot.last + 1 : spot.last + 2]
        if spot.personal or spot.gender or (following and following[0] in _SAYING):
            return False
        placed += not spot.owner and _behind_place_word(tokens, spot.first)
    return 2 * placed >= len(name.spots)


def _behind_place_word(tokens: Tokens, first: int) -> bool:
    lower = tokens.lower
    before = lower[first - 1] if first else ""
    if before in _AT_PLACES:
        return True
    if before == "at":
        return not lower[first - 2].endswith(("ed", "ing", "s")) and lower[first - 2] not in _LOOKING
    if before in ("to", "from", "for"):
        return any(word in _MOVING for word in lower[max(0, first - 7) : first - 1])
    return False
