"""Nouns to names: who "the minister" is, which company "the company", from the roles the article gave."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Set
from itertools import pairwise
from typing import NamedTuple

from indexer.clause_places import ClausePlaces
from indexer.clause_roles import ClauseRoles
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.organisation_nouns import FORCES, OrganisationNouns, Resolved
from indexer.people_words import W
from indexer.role_kin import is_below, role_kin, titles_that_stand
from indexer.speaker_phrases import Phrase
from indexer.told_of import ToldOf, parties_in, plain_word

_LOOK_BACK = 40
_OWNERS = frozenset("his her its their our my".split())
_MANY_HAVE_ONE = frozenset(
    "spokesman spokeswoman spokesperson lawyer attorney counsel solicitor barrister aide adviser advisor agent friend colleague supporter "
    "neighbour neighbor representative assistant staffer official member leader critic son daughter brother sister".split()
)
_NEAR = 4
"""Paragraphs that a noun of a wide meaning ("the official") reaches back."""

_WIDE = frozenset(
    "executive official officer expert leader boss head player politician artist star aide driver chief".split()
)
_ARTICLES = frozenset(("a", "an", "another", "one"))
_TELLING = frozenset("is was be been as became become being not".split())
"""What stands before a noun that is told of somebody known: "Lee is a detective"."""

_DETERMINERS = frozenset("the a an its his her their".split())
_UNTOLD = frozenset("the this that former of".split())
_PAST = frozenset("former ex onetime one-time ex-mayor ex-president ex-minister ex-chief".split())


class _Given(NamedTuple):
    """A role that the article gave to somebody: where it begins and ends, and whose it is."""

    first: int
    entity: int
    stop: int
    past: bool = False


class RoleNouns:
    """Finds whom a role or a common noun points back to.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        places: In which place of its clause each name stands.
        told: What the article tells of each.
        clauses: Roles that whole clauses give.
        is_quoted: Whether a character stands inside quotation marks.
    """

    def __init__(
        self,
        tokens: Tokens,
        names: LocalNames,
        places: ClausePlaces,
        told: ToldOf,
        clauses: ClauseRoles,
        is_quoted: Callable[[int], bool],
    ) -> None:
        self._is_quoted = is_quoted
        self._told = told
        self._clauses = clauses
        self._tokens = tokens
        self._names = names
        self._organisations = OrganisationNouns(tokens, names, places)
        self._by_head: dict[str, list[_Given]] = {}
        for name in names.names:
            for role in name.roles:
                for head in set(role.heads) | self._office(role.first, role.stop):
                    self._by_head.setdefault(head, []).append(_Given(role.first, name.number, role.stop))
        for spot, number in zip(names.spots, names.owner, strict=True):
            for at in range(spot.title, spot.first):  # "Dr.", "Justice": honorifics that a noun can stand for
                word = tokens.lower[at]
                if not tokens.bits[at] & W.ROLE and word in titles_that_stand():
                    self._by_head.setdefault(word, []).append(_Given(at, number, spot.first))
        for given in self._by_head.values():
            given.sort()

    def resolve(self, phrase: Phrase) -> Resolved | None:
        """Return whom a definite noun means ("the minister", "the company"), or None."""
        if phrase.head in FORCES:
            return self._organisations.force(phrase)
        if not phrase.definite or self._are_two(phrase):
            return None
        bits = self._tokens.bits[self._head_token(phrase)]
        if (bits & W.ROLE or phrase.head in role_kin()) and (found := self._by_role(phrase)) is not None:
            return found
        return self._organisations.resolve(phrase, bits)

    def owned(self, phrase: Phrase) -> Resolved | None:
        """Rule "owned role": somebody's role, which one person alone bears in the article, before or after.

        The clinic will close, its director says. Ann Lee, the director, has run it for years.  ->  Ann Lee
        """
        tokens = self._tokens
        at = self._head_token(phrase)
        owned = tokens.lower[phrase.first] in _OWNERS or any(tokens.owner[phrase.first : at])
        if not owned or not tokens.bits[at] & W.ROLE or phrase.head in _MANY_HAVE_ONE:
            return None
        bearers = {given.entity for given in self._given(phrase.head)}
        if len(bearers) != 1:
            return None
        return Resolved(bearers.pop(), "owned role", f"the only one called “{phrase.head}”", 1.0)

    def organisation_before(self, phrase: Phrase) -> Resolved | None:
        """The organisation that "it" means."""
        return self._organisations.before(phrase)

    def _head_token(self, phrase: Phrase) -> int:
        for index in range(phrase.first, phrase.stop):
            if self._tokens.lower[index] == phrase.head:
                return index
        return phrase.first

    def _are_two(self, phrase: Phrase) -> bool:
        """Whether a noun phrase is of two: "the union and the company", not "the food and water minister"."""
        words = self._tokens.lower[phrase.first : phrase.stop]
        return any(word == "and" and after in _DETERMINERS for word, after in pairwise(words))

    def _office(self, first: int, stop: int) -> set[str]:
        """What else a "chief financial officer" is called: an executive, and a "chief executive" the CEO."""
        words = self._tokens.lower[first:stop]
        if "chief" not in words or not {"officer", "executive"} & set(words):
            return set()
        return {"executive", "ceo"} if "executive" in words else {"executive"}

    def _given(self, head: str) -> list[_Given]:
        """The roles with a head that the text gives beside names and in clauses, in text order."""
        given = self._by_head.get(head, [])
        if told := self._clauses.bearers(head):
            return sorted(given + [_Given(role.first, number, role.stop, role.past) for role, number in told])
        return given

    def _by_role(self, phrase: Phrase) -> Resolved | None:
        """Rule "role": the article gave this role to somebody, nearest before, whose role shares the most words.

        A role of the same kind serves where nobody bears the very word: Det. Ann Lee knocked. The detective said ...
        """
        lower = self._tokens.lower
        wanted = {plain_word(lower[i]) for i in range(phrase.first, phrase.stop)} - _UNTOLD - {phrase.head}
        exact = self._given(phrase.head)
        at = bisect_left(exact, (phrase.first,))
        best = self._nearest(phrase, wanted, exact[max(0, at - _LOOK_BACK) : at] or exact[: 1 if at == 0 else 0], False)
        if best is None:
            kin = [given for head in role_kin().get(phrase.head, ()) for given in self._given(head)]
            headline = self._tokens.paragraph[phrase.first] in self._tokens.headline
            near = sorted(given for given in kin if given.first < phrase.first or headline)
            best = self._nearest(phrase, wanted, near[-_LOOK_BACK:], True)
        return best

    def _nearest(self, phrase: Phrase, wanted: set[str], given: list[_Given], kin: bool) -> Resolved | None:
        tokens = self._tokens
        best: tuple[float, int, int] | None = None
        others: set[int] = set()
        parties = parties_in(frozenset(wanted))
        past = bool(_PAST.intersection(tokens.lower[phrase.first : phrase.stop]))
        for role in given:
            words = set(tokens.lower[role.first : role.stop])
            known = self._told.of(role.entity)
            told = words | known.words
            if parties and known.parties and not parties & known.parties:
                continue
            score = 2.0 * len(wanted & told) - 0.5 * len(wanted - told)
            held = self._is_past(role, words)
            if (held and not past and role.first > phrase.first) or self._is_below(phrase.head, words, told, wanted):
                continue  # nor is somebody meant who was it, named later, nor whoever is one's deputy
            score += 1.5 if past == held else -1.5
            if phrase.head in _MANY_HAVE_ONE and (whose := self._whose(phrase)) and not whose & told:
                continue  # "the minister's spokesman" is not the union's
            seen = max(self._last_seen(role.entity, phrase.first), role.stop - 1)
            score -= min(6, tokens.sentence[phrase.first] - tokens.sentence[seen]) * 0.25
            if phrase.head in _WIDE and kin and tokens.paragraph[phrase.first] - tokens.paragraph[seen] > _NEAR:
                continue
            others.add(role.entity)
            if best is None or score >= best[0]:
                best = (score, role.entity, seen)
        if best is None or self._another(phrase, -1 if kin else best[2]):
            return None
        sureness = (3.0 if len(others) == 1 else 1.0) - kin
        return Resolved(best[1], "role", f"called “{phrase.head}” there", sureness)

    def _is_below(self, head: str, words: set[str], told: Set[str], wanted: set[str]) -> bool:
        """Whether somebody's office is a lower one, by this role or by another that alone has the wanted words."""
        elsewhere = bool(wanted & told) and not wanted & words
        return is_below(head, words, wanted) or (elsewhere and is_below(head, told, wanted))

    def _whose(self, phrase: Phrase) -> set[str]:
        """Whose a role is, in single words: "*the prime minister's* official spokesman"."""
        tokens = self._tokens
        owner = next((at for at in range(phrase.first, phrase.stop) if tokens.owner[at]), None)
        if owner is None:
            return set()
        return {plain_word(word) for word in tokens.lower[phrase.first : owner + 1]} - _UNTOLD

    def _is_past(self, role: _Given, words: set[str]) -> bool:
        """Whether a role is one that its bearer had: "former mayor Lena Orsk", "Orsk was the mayor"."""
        before = self._tokens.lower[max(0, role.first - 1)]
        past = bool(_PAST & words) or any(word.startswith("ex-") for word in (before, *words))
        return role.past or past or before in ("was", "once")

    def _another(self, phrase: Phrase, after: int) -> bool:
        """Whether the text brings in somebody else by the same noun first: "a detective" behind Det. Lee."""
        lower = self._tokens.lower
        if phrase.head not in lower[max(0, after, phrase.first - 400) : phrase.first]:
            return False
        for at in range(phrase.first - 1, max(after, phrase.first - 400), -1):
            if lower[at] == phrase.head:
                article = next((i for i in range(at - 1, max(-1, at - 4), -1) if lower[i] in _ARTICLES), -1)
                told = article > 0 and lower[article - 1] in _TELLING
                if article >= 0 and not told and not self._is_quoted(self._tokens.starts[at]):
                    return True
        return False

    def _last_seen(self, entity: int, token: int) -> int:
        firsts = [spot.first for spot in self._names.names[entity].spots[:200]]
        at = bisect_left(firsts, token) - 1
        return firsts[at] if at >= 0 else -1
