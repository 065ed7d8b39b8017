"""What the words in a speaker's place are: a name, a pronoun, a role, several people, or nobody named.

"Spokeswoman Ann Lee, 40," is a name; "the minister" a noun that may mean somebody; "Lee and Kim" are two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from indexer.apposed_names import apposed_name
from indexer.name_tokens import Tokens
from indexer.people_words import W, plural_of_role
from indexer.spots import Spot
from indexer.word_table import HE, SHE

THEY = frozenset(("they", "them", "their", "themselves"))
IT = frozenset(("it", "its"))
FIRST = frozenset(("i", "me", "my", "we", "us", "our"))
_PRONOUNS = HE | SHE | THEY | IT | FIRST | frozenset(("you", "who", "one"))
_NOMINATIVES = frozenset(("he", "she", "they"))
_JOINTS = frozenset(
    'of for at in on from with to by near who whose which that where when , ; : ( ) — – … - " “ ” after during before about as within inside among between against'.split()
)
_INDEFINITE = frozenset(
    "a an one some several many few most no another any two three four five other others both all more dozens hundreds thousands every each numerous various".split()
)
_DEFINITE = frozenset("the this that these those".split())
_RELATIVES = frozenset(("who", "which", "whose"))
_ADJUNCTS = frozenset(
    "later earlier then in on at after during before outside inside yesterday last meanwhile also".split()
)
_LEADING = frozenset(("and", "but"))
_OWNERS = frozenset("his her their its my our your".split())
_ARTICLES = _DEFINITE | {"a", "an"}
_DETERMINERS = _OWNERS | _DEFINITE
_READING = frozenset("obtained seen viewed reviewed verified heard received examined accessed acquired read".split())
_MEDIA = frozenset("agency newspaper magazine newswire tabloid broadsheet website".split())
_OF_MEDIA = frozenset("news press online daily weekly".split())
LONGEST_WORDS = 12
_LONGEST_CHARACTERS = 110
_LONGEST_LIST = 120


class Phrase(NamedTuple):
    """A speaker's words, read.

    Attributes:
        start: First character of the words to show.
        end: One past the last.
        form: ``name``, ``pronoun``, ``noun``, ``joint`` or ``report`` (something somebody wrote).
        spot: Index of the spot that names the speaker (``name``), or that the noun belongs to, or None.
        head: The pronoun or the noun's head in lower case.
        first: Index of its first token.
        stop: One past the index of its last token.
        definite: Whether a noun points back at somebody known ("the minister").
        plural: Whether it means several people.
    """

    start: int
    end: int
    form: str
    spot: int | None
    head: str
    first: int
    stop: int
    definite: bool = False
    plural: bool = False


class PhraseReader:
    """Reads the words in a speaker's place.

    Args:
        tokens: Of the article.
        spots: Names, in text order.
        role_starts: For each spot the token where its title begins (its own first token without one).
    """

    def __init__(self, tokens: Tokens, spots: list[Spot], role_starts: Sequence[int]) -> None:
        self._tokens = tokens
        self._spots = spots
        self._role_starts = role_starts
        self._starts = [spot.start for spot in spots]
        self._read: dict[tuple[int, int], Phrase | None] = {}  # whom the text speaks of is asked for before who speaks

    def read(self, start: int, end: int) -> Phrase | None:
        """Read the words from ``start`` to ``end``; None when no word is there."""
        place = start, end
        if place not in self._read:
            self._read[place] = self._read_anew(start, end)
        return self._read[place]

    def _read_anew(self, start: int, end: int) -> Phrase | None:
        tokens = self._tokens
        first = bisect_left(tokens.starts, start)
        stop = bisect_left(tokens.starts, end)
        while first < stop and (
            not tokens.words[first][0].isalnum() or (first + 1 < stop and tokens.lower[first] in _LEADING)
        ):
            first += 1
        while stop > first and not tokens.words[stop - 1][0].isalnum() and tokens.words[stop - 1] != "%":
            stop -= 1
        if first >= stop:
            return None
        if tokens.lower[first] == "part" and tokens.bits[stop - 1] & W.REPORT and tokens.lower[first + 1] == "of":
            first += 2  # "Part of the mayor's letter said"
        small = tokens.lower[first]
        if small in _NOMINATIVES and stop - first > 2 and tokens.lower[first + 1] == "and":
            return self._phrase(first, stop, "joint", None, "and", plural=True)  # "she and her colleagues"
        if (
            small in _PRONOUNS
            and not (len(small) > 1 and tokens.words[first][: len(small)].isupper())
            and (stop - first == 1 or small not in _OWNERS)
            and not (small == "one" and stop - first > 1)
        ):
            return self._phrase(first, first + 1, "pronoun", None, small)
        if (town := self._of_a_town(first, stop)) is not None:
            return town
        low = bisect_left(self._starts, tokens.starts[first])
        high = bisect_left(self._starts, tokens.ends[stop - 1])
        inside = range(low, high)
        if joint := self._joint(first, stop, inside):
            return joint
        part = self._first_part(first, stop)
        return self._named(first, stop, part, inside) or self._noun(first, stop, part, inside)

    def _of_a_town(self, first: int, stop: int) -> Phrase | None:
        """Somebody by town and province, who is not the town: "an Oakville, Ont., man", "the Moncton, N.B., native"."""
        tokens = self._tokens
        small, head = tokens.lower[first], tokens.lower[stop - 1]
        if stop - first < 5 or small not in _ARTICLES or not tokens.words[stop - 1].islower():
            return None
        commas = [at for at in range(first + 2, stop - 1) if tokens.words[at] == ","]
        if len(commas) != 2 or commas[1] - commas[0] > 3 or not tokens.words[commas[0] - 1][0].isupper():
            return None
        return self._phrase(first, stop, "noun", None, head, small in _DEFINITE, plural_of_role(head))

    def _phrase(
        self,
        first: int,
        stop: int,
        form: str,
        spot: int | None,
        head: str,
        definite: bool = False,
        plural: bool = False,
    ) -> Phrase:
        tokens = self._tokens
        start = tokens.starts[first]
        end = tokens.ends[stop - 1]
        if spot is not None and form == "name":
            end = self._spots[spot].end
            if end - start > _LONGEST_CHARACTERS or stop - first > LONGEST_WORDS:
                start, first = self._spots[spot].start, self._spots[spot].first
        elif form == "joint" and end - start <= _LONGEST_LIST:
            pass
        elif stop - first > LONGEST_WORDS or end - start > _LONGEST_CHARACTERS:
            whole, stop = stop, first + 1
            while (
                stop < whole
                and stop - first < LONGEST_WORDS
                and tokens.ends[stop] - start < _LONGEST_CHARACTERS
                and tokens.words[stop] not in ",;"
            ):
                stop += 1
            end = tokens.ends[stop - 1]
        return Phrase(start, end, form, spot, head, first, stop, definite, plural)

    def _joint(self, first: int, stop: int, inside: range) -> Phrase | None:
        """Read "Lee and Kim", "the mayor and Ann Lee": two speakers, neither credited alone."""
        tokens = self._tokens
        for index in range(first + 1, stop - 1):
            if tokens.lower[index] not in ("and", "&"):
                continue
            left = any(
                self._spots[i].last == index - 1
                or (self._spots[i].last == index - 2 and tokens.words[index - 1] == ",")
                for i in inside
            )
            right = any(self._role_starts[i] in (index + 1, index + 2) for i in inside)
            own = (
                tokens.lower[index + 1] in _DETERMINERS
                or plural_of_role(tokens.lower[index + 1])
                or tokens.lower[index + 1] == "other"
            )
            comma = any(tokens.words[i] == "," and not self._parts_names(i, inside) for i in range(first, index - 1))
            if left and (right or own) and not comma and not self._inside_spot(index):
                joints = any(
                    tokens.lower[i] in ("of", "for", "at") and not self._inside_spot(i) for i in range(first, index)
                )
                if not joints:
                    return self._phrase(first, stop, "joint", None, "and", plural=True)
        return None

    def _parts_names(self, comma: int, inside: range) -> bool:
        """Whether a comma stands between two names of a list: "Lee, Kim and Hale"."""
        left = any(self._spots[i].last == comma - 1 for i in inside)
        return left and any(self._role_starts[i] in (comma + 1, comma + 2) for i in inside)

    def _inside_spot(self, token: int) -> bool:
        at = bisect_left(self._starts, self._tokens.starts[token] + 1) - 1
        return at >= 0 and token <= self._spots[at].last

    def _named(self, first: int, stop: int, part: int, inside: range) -> Phrase | None:
        """The name at the head: behind a title that reaches back to the phrase's beginning, or ending its first part."""
        tokens = self._tokens
        for index in inside:
            spot = self._spots[index]
            if not spot.owner and self._role_starts[index] < spot.first and self._role_starts[index] <= first + 3:
                lead = range(first, self._role_starts[index])
                if all(tokens.lower[i] not in _JOINTS for i in lead):
                    return self._phrase(first, spot.last + 1, "name", index, "")
        for index in inside:
            spot = self._spots[index]
            if spot.last == part - 1:
                if spot.owner and part < stop:
                    break
                if (
                    spot.kind == "place"
                    and tokens.owner[spot.first - 1]
                    and tokens.lower[part : part + 2] == [",", "by"]
                ):
                    return self._phrase(first, part, "report", None, "book")  # "Orsk's Canada, by Ann Lee, says"
                return self._phrase(first, part, "name", index, "")
        if part + 1 < stop and tokens.words[part] == ",":
            for index in inside:  # "the club's president, Ann Lee,"
                if (
                    self._spots[index].first == part + 1
                    and not self._spots[index].owner
                    and not any(self._spots[i].last == part - 1 for i in inside)
                ):
                    return self._phrase(first, self._spots[index].last + 1, "name", index, "")
        return (
            self._behind_adjunct(first, stop, part, inside)
            or self._told_by_kind(first, part, inside)
            or self._apposed(first, stop, part)
        )

    def _behind_adjunct(self, first: int, stop: int, part: int, inside: range) -> Phrase | None:
        """A name with its title behind what opens the sentence: "Later at the hall *union head Ann Lee*", "Speaking in Orsk *Mayor Lee*"."""
        small = self._tokens.lower[first]
        if not inside or part == stop or not (small in _ADJUNCTS or small.endswith("ing")):
            return None
        spot, begin = self._spots[inside[-1]], self._role_starts[inside[-1]]
        if spot.last != stop - 1 or spot.owner or begin == spot.first or begin <= first:
            return None
        return self._phrase(begin, stop, "name", inside[-1], "")

    def _told_by_kind(self, first: int, part: int, inside: range) -> Phrase | None:
        """A medium's name with its kind behind it: "Orskpress news agency", "the Harbour Herald newspaper"."""
        tokens = self._tokens
        kind = tokens.lower[part - 1]
        if kind not in _MEDIA or not tokens.words[part - 1].islower() or tokens.lower[first] in ("a", "an"):
            return None  # "a Baysend newspaper" is not the town
        last = part - 2
        while last > first and tokens.lower[last] in _OF_MEDIA and tokens.words[last].islower():
            last -= 1
        for index in inside:
            spot = self._spots[index]
            if spot.last == last and spot.kind != "place" and not spot.owner and spot.first - first < 3:
                return self._phrase(first, spot.last + 1, "name", index, "")
        return None

    def _apposed(self, first: int, stop: int, part: int) -> Phrase | None:
        """A role with its bearer's name behind it: "The mayor of Oak, Ann Lee, said"."""
        index = apposed_name(self._tokens, self._spots, first, stop, part)
        if index is None:
            return None
        return self._phrase(self._spots[index].first, self._spots[index].last + 1, "name", index, "")

    def _spot_from(self, token: int) -> int | None:
        """The name that begins at a token or behind an article there."""
        tokens = self._tokens
        if token + 1 >= len(tokens.words):
            return None
        index = bisect_left(self._starts, tokens.starts[token])
        begins = index < len(self._spots) and self._role_starts[index] <= token + (tokens.lower[token] == "the")
        return index if begins and self._spots[index].kind != "place" else None

    def _first_part(self, first: int, stop: int) -> int:
        at = first
        while at < stop:
            if self._tokens.lower[at] in _JOINTS and at > first and not self._inside_spot(at):
                break
            if (
                at > first
                and self._tokens.lower[at].endswith("ed")
                and self._tokens.bits[at - 1] & (W.REPORT | W.ROLE | W.PLURAL)
            ):
                break  # "a survey published by"
            at += 1
        return at

    def _noun(self, first: int, stop: int, part: int, inside: range) -> Phrase:
        tokens = self._tokens
        head = tokens.lower[part - 1]
        bits = tokens.bits[part - 1]
        small = tokens.lower[first]
        plural = (
            bool(bits & W.PLURAL)
            or plural_of_role(head)
            or (small in _INDEFINITE and small not in ("a", "an", "one", "another"))
        )
        owner = next((index for index in inside if self._spots[index].last < part), None)
        if bits & W.REPORT and not bits & W.ROLE:
            inner = (
                owner
                if owner is not None
                else next(
                    (
                        i
                        for i in inside
                        if tokens.lower[self._role_starts[i] - 1] in ("by", "from", "of", "the")
                        and self._spots[i].kind != "place"
                    ),
                    None,
                )
            )
            if inner is None and tokens.words[stop : stop + 1] == [","] and stop + 3 < len(tokens.words):
                by = stop + 1 + tokens.lower[stop + 1].endswith("ed")  # "The survey, published by Kesmark Data, found"
                inner = self._spot_from(by + 1) if tokens.lower[by] in ("by", "from") else None
            if any(word in _READING for word in tokens.lower[first + 1 : stop]):  # "documents seen by Harbour News"
                inner = owner
            entire = inner != owner or (part < stop and tokens.lower[part] == "from")  # "reports from Laria"
            return self._phrase(first, stop if entire else part, "report", inner, head, small in _DEFINITE)
        whole = stop if stop - first <= LONGEST_WORDS and "," not in tokens.words[first:stop] else part
        whole = next((at for at in range(part, whole) if tokens.lower[at] in _RELATIVES), whole)  # "a man who fled"
        definite = not plural and (
            small in _DEFINITE
            or (
                small not in _INDEFINITE
                and small not in _OWNERS
                and owner is None
                and bool(bits & (W.ROLE | W.COLLECTIVE))
            )
        )
        return self._phrase(first, max(whole, part), "noun", owner, head, definite, plural)
