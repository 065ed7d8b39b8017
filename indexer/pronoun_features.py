"""What speaks for a person being the one that "he", "she" or "her" means, as named features with a value each."""

from __future__ import annotations

from dataclasses import dataclass

Features = list[tuple[str, float]]

_NOMINATIVE = frozenset(("he", "she"))
_POSSESSIVE = frozenset(("his", "her", "hers", "himself", "herself"))
_PLACES = {1: "clause subject", -1: "owner", -2: "behind a preposition"}


@dataclass(slots=True)
class Seen:
    """The latest mention of one entity: where, in which place of its sentence, in whose words."""

    token: int
    sentence: int
    paragraph: int
    subject: int
    quoted: bool
    speaker: bool
    count: int

    def place_from(self, sentence: int, paragraph: int) -> str:
        """Where it stands as seen from a sentence, in words: "subject of the sentence before"."""
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


@dataclass(frozen=True, slots=True)
class Fit:
    """How a candidate goes with a pronoun, beside the place of its latest mention.

    Attributes:
        latest: Whether nobody was mentioned after it.
        agrees: Whether its gender is plain and the pronoun's.
        votes: Evidence for the pronoun's gender and for the other, where neither is plain.
        weak: Whether it is hardly known to be a person.
        speaking: Whether the pronoun stands in a speaker's place.
        said_of: Whether it is named in what that speaker says.
    """

    latest: bool
    agrees: bool
    votes: tuple[int, int]
    weak: bool
    speaking: bool
    said_of: bool


def pronoun_features(word: str, sentences: int, paragraphs: int, last: Seen, fit: Fit) -> Features:
    """Features of one candidate for one pronoun.

    Args:
        word: The pronoun.
        sentences: How many sentences back the candidate was last mentioned.
        paragraphs: How many paragraphs back.
        last: That mention.
        fit: What else is known of the two.
    """
    found: Features = [("sentences", min(sentences, 6)), ("paragraphs", min(paragraphs, 4))]
    add = found.append
    if sentences == 0:
        add(("same sentence", 1.0))
        if last.subject <= 0:
            add(("same sentence object", 1.0))
    if last.subject >= 2:
        add(("subject", 1.0))
    elif last.subject in _PLACES:
        add((_PLACES[last.subject], 1.0))
    if last.speaker:
        add(("speaker", 1.0))
    if last.quoted:
        add(("quoted", 1.0))
    if fit.latest:
        add(("latest", 1.0))
    add(("count", min(last.count, 8) / 8))
    if word not in _NOMINATIVE:
        found = [(f"other {name}", value) for name, value in found]
        if word in _POSSESSIVE and sentences == 0:
            found.append(("own possessive", 1.0))
    if fit.agrees:
        found.append(("gender", 1.0))
    elif any(fit.votes):
        found.append(("gender likely" if fit.votes[0] > fit.votes[1] else "gender unlikely", 1.0))
    if fit.weak:
        found.append(("weak person", 1.0))
    if fit.speaking and last.speaker:
        found.append(("speaker to speaker", 1.0))
    if fit.said_of:
        found.append(("named in what is said", 1.0))
    return found
