"""Noun phrases without a parser: which words around a place make one that can speak.

"The union's *former secretary Tom Hale*" ends with a name, "*officials in two towns*" with a noun that means people; a
determiner, a title or the beginning of a clause tells where each begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from indexer.asides import past_aside
from indexer.clause_places import ClausePlaces
from indexer.located import past_province
from indexer.name_lists import NameLists
from indexer.name_tokens import Tokens
from indexer.names_at import TitledNamesAt
from indexer.noun_words import (
    DETERMINERS,
    LINKS,
    NOUN,
    OPENERS,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    is_verb,
    plural_noun,
    tells_age,
)
from indexer.people_words import W, plural_of_role
from indexer.premodifiers import is_plural, past_object, share_begin, with_modifiers
from indexer.spots import Spot

LONGEST = 16
_PARTING = frozenset(
    "in on during after when while as before ahead who but per via afterwards afterward later earlier yesterday today tonight recently".split()
)
"""What ends a speaker's words behind a cue: “We won,” said Lena Orsk *per* Harbour News, *ahead* of the tie."""
_TELLS_WHO = frozenset(("is", "was"))
_RELATIVES = frozenset(("which", "whom"))
_GRADES = frozenset(("very", "most", "right"))
"""What raises a title: "the *Very* Rev. Ann Lee"."""
_SURE_PRONOUNS = PRONOUNS - {"who"}


def marked(tokens: Tokens, spans: Sequence[tuple[int, int]]) -> bytearray:
    """One byte a token: whether it stands in one of the spans."""
    found = bytearray(len(tokens.starts))
    for start, end in spans:
        first, stop = bisect_left(tokens.starts, start), bisect_left(tokens.starts, end)
        found[first:stop] = b"\1" * (stop - first)
    return found


class NounPhrases:
    """Finds where the noun phrases of an article begin and end.

    Args:
        tokens: Of the article.
        spots: Names, in text order.
        role_starts: For each spot the token where its title begins.
        places: In which place of its clause each name stands.
        quoted: One byte a token: whether it stands inside quotation marks, where nobody's words are looked for.

    Attributes:
        spot_at: Tells the index of the name that a token belongs to, or None.
        first_of: Tells the first token of a name with its title.
        lists: Finds lists of names.
    """

    def __init__(
        self, tokens: Tokens, spots: Sequence[Spot], role_starts: Sequence[int], places: ClausePlaces, quoted: bytearray
    ) -> None:
        self._tokens = tokens
        self._spots = spots
        self._places = places
        self._quoted = quoted
        named = TitledNamesAt(spots, role_starts)
        self.spot_at = named.spot_at
        self.first_of = named.first_of
        self.lists = NameLists(tokens, spots, places, named)

    def place_at(self, token: int) -> int | None:
        """The first token of the place's name that a token belongs to, or None."""
        spot = self.spot_at(token)
        return self._spots[spot].first if spot is not None and self._spots[spot].kind == "place" else None

    def said(self, token: int, said: tuple[int, int]) -> bool:
        """Whether a token stands inside quotation marks or in what is said."""
        return bool(self._quoted[token]) or said[0] <= self._tokens.starts[token] < said[1]

    def is_verb(self, token: int) -> bool:
        """Whether a token is there and a verb by the looks of it."""
        return token < len(self._tokens.lower) and is_verb(self._tokens.lower[token])

    def firm(self, token: int) -> bool:
        """Whether a speaker's words can begin at a token.

        Rule "titled": a title that is written short opens a name, behind "the" too: “It holds,” said *the Very Rev.* Ann Lee.
        """
        tokens = self._tokens
        small = tokens.lower[token]
        titled = token
        if small == "the" and token + 2 < len(tokens.words):
            titled += 1 + (tokens.lower[token + 1] in _GRADES)
        if tokens.bits[titled] & (W.HONORIFIC | W.TITLE) and tokens.words[titled][0].isupper():
            return True
        if small in _SURE_PRONOUNS or self.spot_at(token) is not None:
            return True
        for index in range(token, min(token + 6, len(tokens.words))):
            if (
                tokens.bits[index] & NOUN
                or tells_age(tokens.lower[index])
                or plural_of_role(tokens.lower[index])
                or self.spot_at(index) is not None
            ):
                return True
            if not tokens.words[index][0].isalnum() or (index > token and tokens.lower[index] in LINKS):
                return False
        return False

    def firm_end(self, token: int) -> bool:
        """Whether a token is a noun that a speaker's words can end with."""
        tokens = self._tokens
        return (
            bool(tokens.bits[token] & NOUN)
            or tells_age(tokens.lower[token])
            or plural_of_role(tokens.lower[token])
            or tokens.words[token] == ")"
        )

    def opens_clause(self, first: int) -> bool:
        """Whether a clause can begin at a token."""
        tokens = self._tokens
        return first == 0 or tokens.sentence[first - 1] != tokens.sentence[first] or tokens.lower[first - 1] in OPENERS

    def ending(self, at: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The noun phrase that ends with a token, or None where none does."""
        tokens = self._tokens
        if at < 0:
            return None
        if tokens.words[at] == ")":
            inner = self.past_aside(at, said)
            return self.ending(inner, said) if inner is not None else None
        spot = self.spot_at(at)
        if spot is None and tokens.lower[at] in PRONOUNS:
            return at, at + 1
        if spot is None and (tokens.lower[at] in OPENERS or tokens.lower[at] in PREPOSITIONS):
            return None
        if spot is not None:
            first = self.first_of(spot)
        elif (share := share_begin(tokens, at)) is not None:
            return share, at + 1
        elif self.firm_end(at) or (tokens.words[at][0].isalpha() and self._determined(at)):
            first = at
        elif plural_noun(tokens.lower[at]) and tokens.words[at].islower():
            first = at
            while (
                first > 0
                and tokens.sentence[first - 1] == tokens.sentence[at]
                and at - first < 5
                and self._modifies(first - 1)
            ):
                first -= 1
            if first > 1 and tokens.lower[first - 1] == "of" and (share := share_begin(tokens, first - 2)) is not None:
                return share, at + 1
            return (first, at + 1) if self.opens_clause(first) else None
        elif tokens.words[at][0].isupper() and not tokens.fresh[at] and not tokens.bits[at] & W.CALENDAR:
            return self._capitals(at, said), at + 1  # what is no known name still can be one before a cue
        else:
            return None
        sentence = tokens.sentence[at]
        low = max(0, at - LONGEST)
        head = at
        while first - 1 >= low and tokens.sentence[first - 1] == sentence and not self.said(first - 1, said):
            before = first - 1
            small = tokens.lower[before]
            inner = self.spot_at(before)
            if small == "that" and (spot is not None or is_plural(tokens, head)):
                break  # "information that officials said"
            if inner is not None and (self._spots[inner].owner or tokens.words[first][0].islower()):
                first = self.first_of(inner)
            elif (
                small in DETERMINERS
                or tokens.owner[before]
                or (
                    tokens.bits[before] & (W.ROLE | W.MODIFIER | W.DEMONYM | W.COLLECTIVE | W.PORTFOLIO)
                    and small not in OPENERS
                )
            ):
                first = before if spot is not None else past_object(tokens, first, before, head)
                if first != before:
                    break
            elif small == "of" and before > low and (share := share_begin(tokens, before - 1)) is not None:
                return share, at + 1
            elif small in LINKS and before > low and (self.firm_end(before - 1) or tokens.lower[before - 1] == "one"):
                first = head = before - 1
            elif (
                small in LINKS
                and small not in ("to", "for")
                and before > low
                and (person := self.spot_at(before - 1)) is not None
            ):
                first = self.first_of(person)  # "Orsk of the Harbour Union said"
            elif spot is not None and small.islower() and (member := self._member(before)) is not None:
                first = member
            elif small == "and" and self.lists.joins(before, first, spot):
                other = self.ending(before - 1 - (tokens.words[before - 1] == ","), said)
                if other and tokens.lower[other[0] - 1] in _TELLS_WHO:
                    break  # "Her cousin is Lena Orsk and *Tom Hale* says"
                return (self.lists.begin(other[0]), at + 1) if other else (first, at + 1)
            elif (
                tokens.words[before].islower()
                and small not in OPENERS
                and small not in PREPOSITIONS
                and small not in _RELATIVES
                and not self.is_verb(before)
                and self._determined(before)
            ):
                first = before
            elif (
                tokens.words[before][0].isupper()
                and not tokens.fresh[before]
                and spot is None
                and not tokens.bits[before] & W.CALENDAR
            ):
                first = before  # "the Etobicoke Centre councillor"; not "on Friday the council"
            elif (
                spot is None
                and tokens.words[before].islower()
                and tokens.words[before - 1] == ","
                and (town := past_province(tokens, before - 1)) is not None
            ):
                first = town  # "a Moncton, N.B., elementary school"
            elif tokens.words[before] == "," and spot is None and (town := past_province(tokens, before)) is not None:
                first = town
            else:
                break
        return (first if spot is not None else with_modifiers(tokens, first, head)), at + 1

    def _capitals(self, at: int, said: tuple[int, int]) -> int:
        """Where the words in capitals begin that end with a token: police in *Senna River* say."""
        tokens = self._tokens
        first = at
        while first and at - first < 4 and not self.said(first - 1, said) and self.spot_at(first - 1) is None:
            capital = tokens.words[first - 1][0].isupper() and not tokens.fresh[first - 1]
            if not capital or tokens.bits[first - 1] & W.CALENDAR:
                break
            first -= 1
        return first

    def _member(self, token: int) -> int | None:
        """From a word before a group's name to whoever belongs to it: "*Orsk* of global aid group Harbour Relief said"."""
        tokens = self._tokens
        for at in range(token, max(0, token - 5), -1):
            if tokens.lower[at] in ("of", "from", "at", "with"):
                person = self.spot_at(at - 1)
                return self.first_of(person) if person is not None and self._spots[person].kind == "person" else None
            if not tokens.words[at].islower() or tokens.lower[at] in OPENERS or self.is_verb(at):
                return None
        return None

    def _modifies(self, token: int) -> bool:
        """Whether a word can stand before a noun within its phrase: no mark, verb, preposition or conjunction."""
        tokens = self._tokens
        small = tokens.lower[token]
        return (
            tokens.words[token][0].isalnum()
            and small not in OPENERS
            and small not in PREPOSITIONS
            and not self.is_verb(token)
        )

    def _determined(self, at: int) -> bool:
        """Whether a determiner opens the phrase that a plain word stands in, at most four words before."""
        tokens = self._tokens
        for index in range(at - 1, max(-1, at - 5), -1):
            if tokens.lower[index] in DETERMINERS or tokens.owner[index]:
                return True
            if tokens.words[index] == "," and (town := past_province(tokens, index)) is not None:
                return tokens.lower[town - 1] in DETERMINERS  # "the Moncton, N.B., native"
            if not tokens.words[index][0].isalpha() or tokens.lower[index] in PREPOSITIONS or self.is_verb(index):
                return False
        return False

    def past_aside(self, at: int, said: tuple[int, int]) -> int | None:
        """From the mark that closes an aside to the token before the mark that opens it."""
        return past_aside(self._tokens, self, at, said)

    def starting(self, at: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The noun phrase that begins at a token: to the next mark, or to where the quote goes on."""
        tokens = self._tokens
        total = len(tokens.starts)
        while at < total and tokens.lower[at] in ("by", "to", "also", "then", "later"):
            at += 1
        if at >= total or not self.firm(at) or self.said(at, said):
            return None
        sentence = tokens.sentence[at]
        reported = any(tokens.bits[i] & W.REPORT for i in range(at, min(at + 4, total)))
        end = at
        while end < total and end - at < LONGEST and tokens.sentence[end] == sentence and not self.said(end, said):
            if tokens.words[end] in STOPS and not self._inner_dot(end):
                break
            parts = end > at and tokens.lower[end] in _PARTING and tokens.lower[end - 1] not in DETERMINERS
            if parts and not reported and self.spot_at(end) is None:
                break
            end += 1
        if tokens.lower[at] in PRONOUNS and self.spot_at(at) is None and not self._counts(at, end):
            end = at + 1
        return (at, end) if end > at else None

    def _counts(self, at: int, end: int) -> bool:
        """Whether a "one" belongs to a noun behind it: said *one man*, *one of the men*; not: said one of them."""
        lower = self._tokens.lower
        if lower[at] != "one" or end <= at + 1:
            return False
        if lower[at + 1] == "of":
            return end > at + 3 and lower[at + 2] in DETERMINERS
        return lower[at + 1] not in PREPOSITIONS | PRONOUNS | OPENERS

    def plain(self, at: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The words from a token to the next mark or verb, where no known noun tells who speaks: "according to the branch"."""
        tokens = self._tokens
        end = at
        while (
            end < len(tokens.starts)
            and end - at < LONGEST
            and tokens.sentence[end] == tokens.sentence[at]
            and tokens.words[end] not in STOPS
            and not self.said(end, said)
            and not (end > at and self.is_verb(end))
        ):
            end += 1
        return (at, end) if end > at and tokens.words[at][0].isalpha() else None

    def _inner_dot(self, at: int) -> bool:
        spot = self.spot_at(at)
        if self._tokens.words[at] != ".":
            return False
        return (spot is not None and at < self._spots[spot].last) or (
            at + 1 < len(self._tokens.words) and self.spot_at(at + 1) is not None
        )
