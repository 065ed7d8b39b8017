"""Which of several people with one surname is meant: "Mrs. Hale", "the younger Hale", "Hale" behind a quote by one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.local_names import LocalName
from indexer.name_index import NameIndex
from indexer.name_keys import Key, core_of, is_part, suffix_of
from indexer.name_tokens import Tokens
from indexer.roles import Role, role_after, role_before
from indexer.spots import Spot

_MANY = 1000
_FEW = 3
_SAYING = frozenset(
    "said says told tells added adds wrote writes testified recalled recalls explained explains".split()
)
_AGES: Mapping[str, int] = {"elder": 1, "older": 1, "senior": 1, "younger": -1, "junior": -1}
"""Words before a surname that choose a generation."""

_GENERATIONS: Mapping[str, int] = {
    **dict.fromkeys(
        "father mother grandfather grandmother uncle aunt dad mom mum grandpa grandma parent sr".split(), 1
    ),
    **dict.fromkeys("son daughter grandson granddaughter nephew niece stepson stepdaughter child jr iii".split(), -1),
}
"""What shows somebody to be of the elder or the younger ones."""


class Namesakes:
    """Chooses among people who share a name.

    Args:
        tokens: Of the article.
        index: The names found so far.
    """

    def __init__(self, tokens: Tokens, index: NameIndex) -> None:
        self._tokens = tokens
        self._index = index

    def person_for(self, spot: Spot, key: Key) -> int | None:
        """The person that a short name means: by surname, else by another word of the name."""
        core, suffix = (key, "") if len(key) == 1 else (core_of(key), suffix_of(key))
        index = self._index
        found = [n for n in index.ending(core[-1]) if self._bears(n, core)]
        if not found:
            found = [n for n in index.holding(core[0]) if self._bears(n, core)]
        if suffix:
            found = [n for n in found if suffix_of(index.names[n].full) == suffix]
        if len(found) < 2:
            return found[0] if found else None
        return self._likeliest(spot, found)

    def _bears(self, number: int, core: Key) -> bool:
        return self._index.personal(number) and is_part(core, self._index.names[number].full)

    def _likeliest(self, spot: Spot, candidates: Sequence[int]) -> int:
        """Of several people with the name: of whose age or whose title agrees, then whose full name the article leans on and gave last."""
        before = {self._tokens.lower[at - 1] for at in (spot.title, spot.first) if at > 0}
        ages = [_AGES[word] for word in before if word in _AGES]
        if ages and (aged := self._of_age(ages[0], candidates)) is not None:
            return aged
        return max(candidates, key=lambda number: (self._weight(spot, number), -number))

    def _weight(self, spot: Spot, number: int) -> float:
        """How much speaks for somebody: a title, how near they were last named, in full or not, and whether they speak.

        Peter Vexler left. Vexler owed rent. For her part, *Laura Vexler* spoke. “It holds,” Vexler said.  ->  Laura Vexler
        """
        name = self._index.names[number]
        score = 0.0
        if spot.gender:
            titles = {s.gender for s in name.spots[-_MANY:]} - {""}
            genders = titles or {role.gender for role in self._roles(name)} - {""}
            # a title is how the text calls somebody; a son may never be called Mr.
            score += (4.0 if titles else 1.5) if spot.gender in genders else -4.0 if genders else 0.0
        earlier = [s for s in name.spots[-_MANY:] if s.first < spot.first]
        if not earlier:
            return score
        last = max(s.first for s in earlier)  # full names are linked before short ones, so the list is in no text order
        gap = self._tokens.paragraph[spot.first] - self._tokens.paragraph[last]
        score += 2.5 if gap == 0 else 1.5 if gap == 1 else 1.0 if gap < 4 else 0.5
        full = sum(len(s.words) > 1 for s in earlier)
        # a name that is always given in full is in full to tell it from the other, who is then the short one
        short = len(earlier) - full
        return score + min(2.0, 0.5 * short) + 0.75 * any(self._speaks(s) for s in earlier[-_MANY:])

    def _of_age(self, wanted: int, candidates: Sequence[int]) -> int | None:
        """The elder (1) or younger (-1) of two by their ages, or by what their kinship or suffix shows of one of them."""
        names = [self._index.names[number] for number in candidates]
        known = [age for name in names if (age := self._age(name)) is not None]
        if len(known) == len(names) and len(set(known)) > 1:
            return candidates[known.index(max(known) if wanted > 0 else min(known))]
        shown = [self._generation(name) for name in names]
        if len(names) != 2 or shown[0] == shown[1]:
            return None
        return candidates[shown.index(max(shown) if wanted > 0 else min(shown))]

    def _age(self, name: LocalName) -> int | None:
        """The age that stands behind a name: "Ann Hale, 81,"."""
        words = self._tokens.words
        for spot in name.spots[:_FEW]:
            if words[spot.last + 1 : spot.last + 2] == [","]:
                age = words[spot.last + 2 : spot.last + 3]
                if age and age[0].isdecimal() and len(age[0]) < 4:
                    return int(age[0])
        return None

    def _generation(self, name: LocalName) -> int:
        shown = _GENERATIONS.get(suffix_of(name.full), 0)
        for role in self._roles(name):
            shown = shown or next((_GENERATIONS[head] for head in role.heads if head in _GENERATIONS), 0)
        return shown

    def _roles(self, name: LocalName) -> list[Role]:
        """The roles that its first places give to somebody."""
        found: list[Role] = []
        for spot in [spot for spot in name.spots[: 2 * _FEW] if len(spot.words) > 1][:_FEW]:
            for role in (role_before(self._tokens, spot), role_after(self._tokens, spot)):
                if role is not None:
                    found.append(role)
        return found

    def _speaks(self, spot: Spot) -> bool:
        """Whether a reporting word touches a name: "Ann Hale said", "said Ann Hale", "Ann Hale, a nurse, said" is not read."""
        plain, last = self._tokens.plain, spot.last
        after = plain[last + 1 : last + 3]
        return (
            bool(after)
            and (after[0] in _SAYING or (after[0] == "," and after[-1] in _SAYING))
            or (spot.title > 0 and plain[spot.title - 1] in _SAYING)
        )
