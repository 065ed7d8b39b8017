"""What speaks for a person being the one that "he", "she" or "her" means, as named features with a value each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeAlias

from indexer.attribution_weights import attribution_weights

Features: TypeAlias = list[tuple[str, float]]
Case: TypeAlias = tuple[
    str, int, int, int, bool, bool, bool, int, str, bool, bool, bool, bool, bool, bool, bool, bool, bool
]
"""What :func:`pronoun_features` takes, in its order."""

_MOST = 1 << 14  # cases kept
_NOMINATIVE = frozenset(("he", "she"))
_POSSESSIVE = frozenset(("his", "her", "hers", "himself", "herself"))
_PLACES = {2: "subject", 1: "clause subject", -1: "owner", -2: "behind a preposition"}
_GENDERS = {"agrees": "gender", "likely": "gender likely", "unlikely": "gender unlikely"}


class BoundTo(Protocol):
    """A pronoun that was bound: ``entity`` is the number of a name, or a higher one of somebody without a name."""

    @property
    def entity(self) -> int:
        """Whom it means."""


@dataclass(slots=True)
class Seen:
    """The latest mention of one entity: where, in which place of its sentence, in whose words.

    ``quoted``: inside quotation marks; ``reported``: in what somebody is said to have said; ``owned``: as somebody's ("her sister").
    """

    token: int
    sentence: int
    paragraph: int
    subject: int
    quoted: bool
    speaker: bool
    count: int
    reported: bool = False
    owned: bool = False

    def place_from(self, sentence: int, paragraph: int) -> str:
        """Where it stands as seen from a sentence, in words; the rules of pronouns are called so.

        Mayor Lena Orsk opened the dam. She said ...    "pronoun: subject of the sentence before"
        When Lena Orsk left, she said ...               "pronoun: subject of the same sentence"
        """
        if sentence == self.sentence:
            place = "the same sentence"
        elif sentence - self.sentence == 1:
            place = "the sentence before"
        elif paragraph == self.paragraph:
            place = "the same paragraph"
        elif paragraph - self.paragraph == 1:
            place = "the previous paragraph"
        else:
            place = "earlier"
        return f"subject of {place}" if self.subject > 0 else f"named in {place}"


def pronoun_features(
    word: str,
    sentences: int,
    paragraphs: int,
    subject: int,
    speaker: bool,
    quoted: bool,
    latest: bool,
    count: int,
    gender: str,
    weak: bool,
    speaking: bool,
    said_of: bool,
    unnamed: bool,
    reported: bool,
    owned: bool,
    running: bool,
    spoken_of: bool,
    silent: bool,
) -> Features:
    """Features of one candidate for one pronoun.

    Args:
        word: The pronoun.
        sentences: How many sentences back the candidate was last mentioned, at most 6.
        paragraphs: How many paragraphs back, at most 4.
        subject: In which place of its clause it was, see :meth:`indexer.clause_places.ClausePlaces.level`.
        speaker: Whether it stood in a speaker's place there.
        quoted: Whether it stood inside quotation marks there.
        latest: Whether nobody was mentioned after it.
        count: How often it was mentioned, at most 8.
        gender: ``agrees`` where its gender is plain and the pronoun's; ``likely`` or ``unlikely`` by the evidence; else empty.
        weak: Whether it is hardly known to be a person.
        speaking: Whether the pronoun stands in a speaker's place.
        said_of: Whether the candidate is named in what that speaker says.
        unnamed: Whether it is somebody without a name: "the tuner".
        reported: Whether it was last mentioned in what somebody else is said to have said.
        owned: Whether it was last brought in as somebody's: "her sister".
        running: Whether nobody spoke after it, and it has not stepped back behind a preposition since.
        spoken_of: Whether that speaker speaks of a man or woman (as the pronoun is) and the candidate was mentioned last, but did not speak last.
        silent: Whether the text tells that it is dead.
    """
    found: Features = [("sentences", sentences), ("paragraphs", paragraphs)]
    add = found.append
    if sentences == 0:
        add(("same sentence", 1.0))
        if subject <= 0:
            add(("same sentence object", 1.0))
    if subject in _PLACES:
        add((_PLACES[subject], 1.0))
    if speaker:
        add(("speaker", 1.0))
    if quoted:
        add(("quoted", 1.0))
    if latest:
        add(("latest", 1.0))
    add(("count", count / 8))
    if word not in _NOMINATIVE:
        found = [(f"other {name}", value) for name, value in found]
        if word in _POSSESSIVE and sentences == 0:
            found.append(("own possessive", 1.0))
    if gender:
        found.append((_GENDERS[gender], 1.0))
    if weak:
        found.append(("weak person", 1.0))
    if speaking and speaker:
        found.append(("speaker to speaker", 1.0))
    if said_of:
        found.append(("named in what is said", 1.0))
    if unnamed:
        found.append(("unnamed", 1.0))
    if reported:
        found.append(("reported", 1.0))
    if owned:
        found.append(("owned", 1.0))
    if speaking:
        if running:
            found.append(("running speaker", 1.0))
        if spoken_of:
            found.append(("spoken of", 1.0))
        if silent:
            found.append(("dead", 1.0))
    return found


class PronounWeights(dict[Case, float]):
    """Cases with their learned weights: there are few different ones, so each is summed once and kept."""

    def __missing__(self, case: Case) -> float:
        if len(self) >= _MOST:
            self.clear()
        weigh = attribution_weights()["pronoun"].get
        weight = self[case] = sum([weigh(name, 0.0) * value for name, value in pronoun_features(*case)])
        return weight


@cache
def pronoun_weights() -> PronounWeights:
    """The weights of this process."""
    return PronounWeights()
