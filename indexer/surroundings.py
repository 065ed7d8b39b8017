"""What stands around a quotation that has no speaker of its own: its paragraph, its sentence, the names before it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from indexer.discourse import Discourse
from indexer.document import Document, Quotation
from indexer.entities import Entities
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.references import Reference, References
from indexer.subjects import Subjects

_OPENING_MARKS = frozenset("\"“„«‘'")
_EXAMINERS = frozenset(
    "lawyer attorney prosecutor counsel barrister solicitor judge justice interviewer moderator coroner".split()
)
_MESSAGES = [
    [word]
    for word in "advice message answer reply response warning plea verdict motto reaction explanation promise".split()
]
"""What of somebody's stands for his words: "Orsk's advice is plain."."""

_NEAR = 12

_ANSWER = re.compile(
    r"[^\w]{0,2}(?:no|yes|yeah|yep|nope|never|correct|i (?:did|do|was|am|don't|didn't|wasn't|have|haven't|can't))\b"
)

_ASKED = frozenset("asked pressed questioned quizzed challenged".split())
_LONGEST_SENTENCE = 40
_SPEAKING = frozenset(
    "repeated echoed praised thanked welcomed backed defended rejected dismissed condemned criticised criticized attacked accused urged hailed "
    "agreed disagreed objected complained apologised apologized insisted".split()
)
"""Verbs of saying that often have no clause of what was said."""


class Surroundings:
    """Reads the place that a quotation stands in.

    Args:
        document: The article.
        tokens: Its words.
        names: Everyone named in it.
        subjects: Finds words in a speaker's place.
        discourse: Tells what stands inside quotation marks.
        entities: Makes keys and names.
        references: Tells whom words mean.
    """

    def __init__(
        self,
        document: Document,
        tokens: Tokens,
        names: LocalNames,
        subjects: Subjects,
        discourse: Discourse,
        entities: Entities,
        references: References,
    ) -> None:
        self._paragraphs = document.paragraphs
        self._text = document.text
        self._tokens = tokens
        self._names = names
        self._subjects = subjects
        self._discourse = discourse
        self._entities = entities
        self._references = references
        self._spot_starts = [spot.start for spot in names.spots]

    def is_impersonal(self, quotation: Quotation) -> bool:
        """Whether the quote's cue is a passive that names nobody."""
        cue = quotation.cue
        return cue is not None and self._subjects.impersonal(cue.start, cue.end)

    def share_sentence(self, earlier: Quotation, later: Quotation) -> bool:
        """Whether the cues of two quotes stand in one sentence."""
        if earlier.cue is None or later.cue is None or earlier.cue.start >= later.cue.start:
            return False
        starts, sentence = self._tokens.starts, self._tokens.sentence
        return sentence[bisect_left(starts, earlier.cue.start)] == sentence[bisect_left(starts, later.cue.start)]

    def is_bare(self, quotation: Quotation) -> bool:
        """Whether a quote fills its paragraph: hardly a word stands beside it."""
        paragraph = self._paragraphs[quotation.first_paragraph]
        return quotation.start - paragraph.start < 4 and paragraph.end - quotation.end < 4

    def opens_paragraph(self, quotation: Quotation) -> bool:
        """Whether a quote begins its paragraph, bar its mark."""
        return quotation.start - self._paragraphs[quotation.first_paragraph].start < 4

    def asks(self, quotation: Quotation) -> bool:
        """Whether a quote ends in a question mark, or answers in a paragraph that holds little else."""
        paragraph = self._paragraphs[quotation.first_paragraph]
        beside = (paragraph.end - paragraph.start) - (quotation.end - quotation.start)
        return "?" in self._text[max(quotation.start, quotation.end - 2) : quotation.end + 1] or beside < 60

    def is_question(self, quotation: Quotation) -> bool:
        """Whether a quote ends in a question mark."""
        return "?" in self._text[max(quotation.start, quotation.end - 2) : quotation.end + 1]

    def examines(self, asker: Reference) -> bool:
        """Whether questions are what somebody is there for: a lawyer, a reporter."""
        if asker.entity is None:
            return False
        roles = self._names.names[int(asker.entity.rpartition("#")[2])].roles
        return any(_EXAMINERS.intersection(role.heads) for role in roles)

    def says_yes_or_no(self, quotation: Quotation) -> bool:
        """Whether a quote begins as answers do: "No", "I did", "Never"."""
        opening = self._text[quotation.start : quotation.start + 20].replace("’", "'").lower()
        return _ANSWER.match(opening) is not None

    def beside(self, quotation: Quotation) -> Reference | None:
        """Who stands beside a quote without a known cue, in its sentence."""
        span = self._subjects.beside((quotation.start, quotation.end))
        reference = self._references.refer(*span) if span is not None else None
        if reference is None or reference.entity is None or reference.kind == "unnamed":
            return None
        number = int(reference.entity.rpartition("#")[2])
        known = reference.kind == "person" or len(self._names.names[number].spots) > 1
        return reference if known else None

    def tag(self, quotation: Quotation) -> Reference | None:
        """Who is named right behind a quote that ends in a comma or in "?" or "!", with a verb: “It holds,” Orsk retorted."""
        if self._text[quotation.end - 1] not in ",?!":
            return None
        span = self._subjects.tag((quotation.start, quotation.end))
        reference = self._references.refer(*span) if span is not None else None
        return reference if reference is not None and reference.kind == "person" else None

    def before_colon(self, quotation: Quotation) -> Reference | None:
        """The subject of the sentence whose colon leads to a quote."""
        at = bisect_right(self._tokens.starts, quotation.start - 1) - 1
        while at >= 0 and self._tokens.words[at] in _OPENING_MARKS:
            at -= 1
        if at < 1 or self._tokens.words[at] != ":" or quotation.first_paragraph - self._tokens.paragraph[at] > 1:
            return None
        span = self._subjects.shared(at)
        reference = self._references.refer(*span) if span is not None else None
        return reference if reference is not None and reference.entity is not None else None

    def asked(self, quotation: Quotation) -> Reference | None:
        """Who was asked or brought in by the sentence before: "Orsk was asked if it held.", "Asked about it, Orsk shrugged."."""
        tokens = self._tokens
        at = bisect_right(tokens.starts, quotation.start - 1) - 1
        while at >= 0 and tokens.words[at] in _OPENING_MARKS:
            at -= 1
        if at < 1 or tokens.words[at] not in ".?" or tokens.paragraph[at] != quotation.first_paragraph:
            return None
        span = None
        for token in range(at, max(-1, at - _LONGEST_SENTENCE), -1):
            if tokens.sentence[token] != tokens.sentence[at] or self._discourse.is_quoted(tokens.starts[token]):
                break
            if tokens.lower[token] in _ASKED and tokens.fresh[token]:
                span = self._subjects.shared(at)
            elif tokens.lower[token] in _ASKED and tokens.lower[token - 1] in ("was", "were"):
                span = self._subjects.shared(token - 1)
        if span is None:
            span = self._brought_in(at)
        reference = self._references.refer(*span) if span is not None else None
        return reference if reference is not None and reference.kind == "person" else None

    def put_to(self, quotation: Quotation) -> Reference | None:
        """The person whom a question was put to, as named behind it.

        Rule "nearest person" too: “Were you there?” Hale asked Orsk. / “No.”  ->  Orsk
        """
        tokens = self._tokens
        first = bisect_right(tokens.starts, quotation.end)
        for at in range(first, min(first + _NEAR, len(tokens.lower) - 1)):
            if tokens.paragraph[at] != quotation.last_paragraph:
                break
            if tokens.lower[at] != "asked":
                continue
            index = bisect_right(self._spot_starts, tokens.starts[at])
            if index == len(self._spot_starts) or not self._names.spots[index].title <= at + 1:
                break
            spot, number = self._names.spots[index], self._names.owner[index]
            if not self._names.names[number].is_person:
                break
            link = f"{self._entities.full_name(self._names.names[number])} was asked just before"
            key = self._entities.key(number)
            return Reference(key, spot.start, spot.end, "name", "person", (link,), "nearest person", 1.0)
        return None

    def none_between(self, earlier: Quotation, later: Quotation, speaker: str) -> bool:
        """Whether the paragraphs between two quotes name nobody but the speaker of the first."""
        first = bisect_right(self._spot_starts, self._paragraphs[earlier.last_paragraph].end)
        for index in range(first, len(self._spot_starts)):
            spot, number = self._names.spots[index], self._names.owner[index]
            if spot.start >= later.start:
                return True
            if self._names.names[number].could_be_person and self._entities.key(number) != speaker:
                return False
        return True

    def _brought_in(self, at: int) -> tuple[int, int] | None:
        """Where the sentence that ends at a token opens with somebody whom nothing named before: "Coach Lena Orsk praised the crew."."""
        tokens, names = self._tokens, self._names
        index = bisect_right(self._spot_starts, tokens.starts[at]) - 1
        while index > 0 and tokens.sentence[names.spots[index - 1].first] == tokens.sentence[at]:
            index -= 1
        if index < 0 or tokens.sentence[names.spots[index].first] != tokens.sentence[at]:
            return None
        for spot, number, role in zip(names.spots[index:], names.owner[index:], names.titles[index:], strict=True):
            first = min(spot.title, role.first if role is not None else spot.first)
            if tokens.sentence[spot.first] != tokens.sentence[at] or first > spot.first:
                return None
            if tokens.fresh[first] and names.names[number].is_person:
                new = names.names[number].spots[0] is spot and len(spot.words) > 1 and not spot.owner
                speaks = tokens.lower[spot.last + 1] in _SPEAKING
                return (spot.start, spot.end) if new and speaks else None
        return None

    def person_before(self, quotation: Quotation, besides: str | None = None) -> Reference | None:
        """The person named or meant last before a quote: in its sentence, its paragraph, or the paragraph before.

        Rule "nearest person": Orsk walked to the edge. “It has to hold.”  ->  Orsk

        Args:
            quotation: The quote.
            besides: Somebody who is not meant.
        """
        at = bisect_right(self._spot_starts, quotation.start) - 1
        tokens = self._tokens
        place = quotation.first_paragraph
        for index in range(at, max(-1, at - 12), -1):
            spot, number = self._names.spots[index], self._names.owner[index]
            if place - tokens.paragraph[spot.first] > 1:
                break
            if besides == self._entities.key(number):
                continue
            owner = spot.owner and tokens.lower[spot.last + 1 : spot.last + 2] not in _MESSAGES
            if self._names.names[number].is_person and not owner and not self._discourse.is_quoted(spot.start):
                link = (
                    f"{self._entities.full_name(self._names.names[number])} is the last person named before the quote"
                )
                return Reference(
                    self._entities.key(number), spot.start, spot.end, "name", "person", (link,), "nearest person", 1.0
                )
        return None
