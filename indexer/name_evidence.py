"""What the words around a name show: person or organisation, man or woman, which roles."""

from __future__ import annotations

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.roles import Role, role_after, role_before

_SAYING = frozenset("said says told tells asked added wrote tweeted thinks".split())
_ORG_HINTS = frozenset(("its", "which"))


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
        elif spot.kind in ("organisation", "place") and not (
            len(spot.words) == 1 and any(other.kind == "person" for other in name.spots[:3])
        ):
            name.person -= 1.5
        if spot.after_the and spot.kind == "single":
            name.person -= 0.7
        if spot.gender:
            name.gender[spot.gender] += 3
        if spot.personal:
            name.person += 2
        before: Role | None = None
        if spot.kind in ("person", "single"):
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
                if following[0] in ("who", "himself", "herself") or following[-1] == "who":
                    name.person += 2
                elif following[0] in _ORG_HINTS or following[-1] in _ORG_HINTS:
                    name.person -= 1
            previous = spot.last
        found.titles.append(before)
    for name in found.names:
        lone = len(name.spots) == 1 and tokens.fresh[name.spots[0].first]
        if name.person == 0 and (lone or len(name.full) > 1):
            name.person = -0.1  # a lone capital where a sentence begins; "Literary Laria"
        elif name.person == 0 and name.spots and name.spots[0].kind == "single":
            name.person = 0.1
