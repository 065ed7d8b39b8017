"""Roles that whole clauses give: "Orsk has been reeve since 2010", "she works as a nurse", "as mayor, Hale runs the town"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.people_words import W
from indexer.pronoun_features import BoundTo
from indexer.word_table import HE_AND_SHE

_BE = frozenset("is was be been became become becomes remains am".split())
_CHOSEN = frozenset("elected named appointed chosen hired re-elected reelected acclaimed promoted".split())
_SERVES = _CHOSEN | frozenset(
    "works worked working serves served serving sworn acts acted known retired trained practises practices".split()
)
_BETWEEN = frozenset(
    "has had have been also now currently already first later who then still once long just recently was is being in 's , ( )".split()
)
_INSIDE = W.MODIFIER | W.DEMONYM | W.PORTFOLIO | W.PLACE | W.ORGANISATION | W.COLLECTIVE | W.ROLE | W.THING
_DETERMINERS = frozenset("a an the his her their its our".split())
_MOST_BEFORE = 5
_MOST_BETWEEN = 8


class ClauseRole(NamedTuple):
    """A role as a clause gives it: its tokens, whose (the token of a pronoun, or the number of a name), and whether it is over."""

    first: int
    stop: int
    pronoun: int
    entity: int
    past: bool


class ClauseRoles:
    """Finds the roles that clauses give.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        bound: Whom each pronoun means that was met so far, by its token.
    """

    def __init__(self, tokens: Tokens, names: LocalNames, bound: Mapping[int, BoundTo]) -> None:
        self._tokens = tokens
        self._names = names
        self._bound = bound
        self._roles: dict[str, list[ClauseRole]] = {}

    def bearers(self, head: str) -> list[tuple[ClauseRole, int]]:
        """The roles with a head that are known to be somebody's by now, each with the number of the name."""
        if head not in self._places:
            return []
        if head not in self._roles:
            read = [self._read(at) for at in self._places[head]]
            self._roles[head] = [role for role in read if role is not None]
        found: list[tuple[ClauseRole, int]] = []
        for role in self._roles[head]:
            if role.pronoun < 0:
                found.append((role, role.entity))
            elif (bound := self._bound.get(role.pronoun)) is not None and bound.entity < len(self._names.names):
                found.append((role, bound.entity))
        return found

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where the article has each noun of a role."""
        tokens = self._tokens
        lower, words = tokens.lower, tokens.words
        found: dict[str, list[int]] = {}
        for at in tokens.roles:
            if lower[at] == words[at]:  # neither a capital nor a possessive
                found.setdefault(lower[at], []).append(at)
        return found

    def _read(self, at: int) -> ClauseRole | None:
        tokens = self._tokens
        lower, bits = tokens.lower, tokens.bits
        sentence = tokens.sentence[at]
        if at + 1 < len(lower) and bits[at + 1] & W.ROLE and tokens.words[at + 1].islower():
            return None  # the head comes later: "nurse practitioner"
        lead = at - 1
        while lead > 0 and at - lead < _MOST_BEFORE and lower[lead] not in _BE | _SERVES and lower[lead] != "as":
            plain = tokens.words[lead].isalpha() and not (bits[lead] & W.FUNCTION and lower[lead] not in _DETERMINERS)
            if not (bits[lead] & _INSIDE or plain or tokens.owner[lead] or "-" in lower[lead][1:]):
                return None
            lead -= 1
        if lead < 0 or tokens.sentence[lead] != sentence:
            return None
        first = lead + 1 + (lower[lead + 1] in _DETERMINERS)
        if lower[lead] == "as":
            if tokens.fresh[lead]:  # As mayor, Lena Orsk runs the town
                return self._behind(first, at, sentence)
            if lead == 0 or not any(word in _SERVES for word in lower[max(0, lead - 3) : lead]):
                return None
            while lower[lead] not in _SERVES:
                lead -= 1
        elif lower[lead] not in _BE and lower[lead] not in _CHOSEN:
            return None
        past = lower[lead] in ("was", "served", "worked", "retired") and lower[lead - 1] not in ("who", "and")
        return self._of_subject(first, at, lead - 1, past and lower[lead] != "became")

    def _behind(self, first: int, at: int, sentence: int) -> ClauseRole | None:
        tokens = self._tokens
        firsts = self._names.at.firsts
        for comma in range(at + 1, min(at + 8, len(tokens.words) - 1)):
            if tokens.words[comma] == "," and tokens.sentence[comma] == sentence:
                index = bisect_left(firsts, comma + 1)
                if index < len(firsts) and firsts[index] - comma < 4 and self._is_person(index):
                    return ClauseRole(first, at + 1, -1, self._names.owner[index], False)
                if tokens.lower[comma + 1] in HE_AND_SHE:
                    return ClauseRole(first, at + 1, comma + 1, -1, False)
                return None
        return None

    def _of_subject(self, first: int, at: int, token: int, past: bool) -> ClauseRole | None:
        """The role of whoever the clause is about: a name or "she" before its verb, over "who has also been" and ", 41,"."""
        tokens = self._tokens
        low = max(-1, token - _MOST_BETWEEN)
        while token > low and tokens.sentence[token] == tokens.sentence[at]:
            if tokens.lower[token] in HE_AND_SHE:
                return ClauseRole(first, at + 1, token, -1, past)
            index = self._names.at.spot_ending(token)
            if index is not None:
                owner = self._names.spots[index].owner
                return (
                    ClauseRole(first, at + 1, -1, self._names.owner[index], past)
                    if not owner and self._is_person(index)
                    else None
                )
            if tokens.lower[token] not in _BETWEEN and not tokens.words[token].isdigit():
                return None
            token -= 1
        return None

    def _is_person(self, index: int) -> bool:
        return self._names.names[self._names.owner[index]].could_be_person
