"""Man or woman, by what the article itself says: honorifics, roles, pronouns that only one person can be meant with."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_words import OPENERS, PREPOSITIONS
from indexer.people_words import W
from indexer.word_table import HE

_BEHIND_OBJECT = PREPOSITIONS | frozenset(
    'he she it they i we you that the a an his her how what why who if whether and or . , : ; ” "'.split()
)
"""What can stand behind "her" as an object; before anything else it is a possessive."""


class Genders:
    """The gender of an article's people, as votes.

    Args:
        tokens: Of the article.
        names: Everyone named in it.
        quoted: One byte a token: whether it stands inside quotation marks.

    Attributes:
        votes: For each name, and behind them for each person without one, how much speaks for ``m`` and ``f``.
        letters: For each of them ``m``, ``f`` or empty: by two votes and a clear majority.
    """

    def __init__(self, tokens: Tokens, names: LocalNames, quoted: Sequence[int]) -> None:
        self._tokens = tokens
        self._names = names
        self._quoted = quoted
        self.votes: list[dict[str, int]] = [name.gender.copy() for name in names.names]
        self.letters: list[str] = list(map(_letter, self.votes))

    def add_unnamed(self, bits: int) -> None:
        """Take in somebody without a name, by the classes of the noun."""
        self.votes.append({"m": 3 if bits & W.MALE else 0, "f": 3 if bits & W.FEMALE else 0})
        self.letters.append(_letter(self.votes[-1]))

    def add(self, entity: int, pronoun: str) -> None:
        """Count a pronoun that means somebody."""
        self.votes[entity]["m" if pronoun in HE else "f"] += 1
        self.letters[entity] = _letter(self.votes[entity])

    def fit(self, entity: int, pronoun: str) -> str:
        """``likely``, ``unlikely`` or empty: how a pronoun goes with the votes where they decide nothing."""
        votes = self.votes[entity]
        male, female = votes["m"], votes["f"]
        if pronoun not in HE:
            male, female = female, male
        return "" if not (male or female) else "likely" if male > female else "unlikely"

    def vote(self, pronouns: Sequence[int]) -> None:
        """Let each pronoun that only one person near by can be meant with vote for that person's gender."""
        tokens, names = self._tokens, self._names
        spots = names.spots
        people = [
            i
            for i, number in enumerate(names.owner)
            if names.names[number].could_be_person and not self._quoted[spots[i].first]
        ]
        at = 0
        recent: list[int] = []
        for pronoun in pronouns:
            while at < len(people) and spots[people[at]].first < pronoun:
                recent.append(people[at])
                at += 1
            sentence, paragraph = tokens.sentence[pronoun], tokens.paragraph[pronoun]
            same: set[int] = set()
            before: set[int] = set()
            for index in reversed(recent[-8:]):
                gap = sentence - tokens.sentence[spots[index].first]
                if gap == 0:
                    if not acts_on(tokens, spots[index].last, pronoun):
                        same.add(names.owner[index])
                elif gap == 1 and tokens.paragraph[spots[index].first] == paragraph:
                    before.add(names.owner[index])
                elif gap > 1:
                    break
            both = same | before
            if len(both) == 1:
                self.add(both.pop(), tokens.lower[pronoun])


def _letter(votes: dict[str, int]) -> str:
    male, female = votes["m"], votes["f"]
    if male >= 2 and male >= 2 * female:
        return "m"
    return "f" if female >= 2 and female >= 2 * male else ""


def acts_on(tokens: Tokens, last: int, pronoun: int) -> bool:
    """Whether a pronoun is somebody else than its clause's subject before it: "Ann Lee drove him home", "the doctor told her that"."""
    lower = tokens.lower
    if pronoun - last > 6 or lower[pronoun] not in ("him", "her"):
        return False
    if lower[pronoun] == "her" and (pronoun + 1 >= len(lower) or lower[pronoun + 1] not in _BEHIND_OBJECT):
        return False  # "Ann Lee told her story"
    return not any(lower[at] in OPENERS or lower[at] == "to" for at in range(last + 1, pronoun))
