"""Pronouns to people: who "he", "she" and "her" are, from what the article itself says.

Gender comes from honorifics, gendered roles and pronouns bound to a name where nobody else could be meant; no list of
first names is asked. Among those who fit, subjects, speakers and the recent are preferred (Lappin and Leass 1994 weigh
the same things).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple, TypeAlias

from indexer.clause_places import ClausePlaces
from indexer.genders import Genders, acts_on
from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.noun_phrases import marked
from indexer.pronoun_features import Case, Seen, pronoun_weights
from indexer.speaker_phrases import Phrase
from indexer.spoken import SpeakerSpan, Spoken, Stretches
from indexer.word_table import HE

_RECENT = 10
_OWNERS = frozenset(("his", "her", "their"))

Referent: TypeAlias = Callable[[Phrase, dict[int, Seen]], int | None]
"""Tells which name a noun means, given everybody mentioned so far, the latest last."""


class Bound(NamedTuple):
    """A pronoun with the entity it means, and how sure that is (difference to the next best, in weight).

    Numbers from that of the names on are people without a name, see :meth:`Discourse.words_for`.
    """

    token: int
    entity: int
    margin: float
    where: str


class Discourse:
    """Who has been talked about, as the article goes on.

    Args:
        tokens: Of the article.
        names: Its entities.
        places: In which place of its clause each name stands.
        quoted: Spans inside quotation marks, sorted (start, end).
        speaker_spans: Spans that stand in a speaker's place, sorted.
        nouns: Nouns that mean one person where the text speaks of somebody, in text order, each with its place in its clause.
        reported: Spans of what somebody is said to have said, without marks, sorted.
    """

    def __init__(
        self,
        tokens: Tokens,
        names: LocalNames,
        places: ClausePlaces,
        quoted: Sequence[tuple[int, int]],
        speaker_spans: Sequence[SpeakerSpan],
        nouns: Sequence[tuple[Phrase, int]] = (),
        reported: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._tokens = tokens
        self._names = names
        self._places = places
        self._quoted = Stretches(quoted)
        self._is_marked = marked(tokens, quoted)  # by token: asked of every name more than once
        self._is_reported = marked(tokens, reported)
        self._spoken = Spoken(tokens, names, speaker_spans)
        self._genders = Genders(tokens, names, self._is_marked)
        self.bound: dict[int, Bound] = {}
        self._pronouns = [index for index in tokens.pronouns if not self._is_marked[index]]
        self._nouns = [(noun, level) for noun, level in nouns if not self.is_quoted(noun.start)]
        self._running = -1  # who spoke last
        self._unnamed: list[Phrase] = []
        self._unnamed_by_head: dict[str, int] = {}

    def is_quoted(self, start: int) -> bool:
        """Whether a character stands inside quotation marks."""
        return self._quoted.hold(start)

    def word(self, token: int) -> str:
        """A token in lower case."""
        return self._tokens.lower[token]

    def paragraph_of(self, token: int) -> int:
        """Index of a token's paragraph."""
        return self._tokens.paragraph[token]

    def span_of(self, token: int) -> SpeakerSpan | None:
        """The speaker span that a token stands in, with what is said there."""
        return self._spoken.at(self._tokens.starts[token])

    def is_spoken_of(self, number: int, token: int) -> bool:
        """Whether what is said by whoever stands at a token, in a speaker's place, names somebody."""
        span = self.span_of(token)
        return span is not None and self._names_inside(number, span)

    def resolve(self, referent: Referent) -> None:
        """Bind every pronoun outside quotation marks, in text order.

        Args:
            referent: Asked once for each noun, in text order, when the pronouns before it are bound.
        """
        self._genders.vote(self._pronouns)
        self._sweep(referent)
        for name, votes in zip(self._names.names, self.gender, strict=False):
            if name.could_be_person and not name.is_person and sum(votes.values()) >= 2:
                name.person = 1.0  # a lone surname that "he" and "she" go back to

    def words_for(self, entity: int) -> Phrase | None:
        """The noun that brought in somebody without a name; None for everyone who has one."""
        number = entity - len(self._names.names)
        return self._unnamed[number] if number >= 0 else None

    @property
    def gender(self) -> list[dict[str, int]]:
        """The votes for ``m`` and ``f`` of every entity."""
        return self._genders.votes

    def gender_of(self, entity: int) -> str:
        """``m``, ``f`` or empty: what the article's own evidence says, by two votes and a clear majority."""
        return self._genders.letters[entity]

    def _sweep(self, referent: Referent) -> None:
        tokens, names = self._tokens, self._names
        seen: dict[int, Seen] = {}
        spots, nouns = names.spots, self._nouns
        at = noun = 0
        for pronoun in self._pronouns:
            while noun < len(nouns) and nouns[noun][0].first < pronoun:
                while at < len(spots) and spots[at].first < nouns[noun][0].first:
                    self._see_spot(seen, at)
                    at += 1
                self._see_noun(seen, *nouns[noun], referent)
                noun += 1
            while at < len(spots) and spots[at].first < pronoun:
                self._see_spot(seen, at)
                at += 1
            found = self._best(seen, pronoun)
            if found is not None:
                self.bound[pronoun] = found
                small = tokens.lower[pronoun]
                self._see(
                    seen, found.entity, pronoun, 2 if small in ("he", "she") else 0, tokens.starts[pronoun], False
                )
                if found.margin > 1.5 and not self.gender_of(found.entity):
                    self._genders.add(found.entity, small)
        for last, level in nouns[noun:]:
            while at < len(spots) and spots[at].first < last.first:
                self._see_spot(seen, at)
                at += 1
            self._see_noun(seen, last, level, referent)

    def _see_noun(self, seen: dict[int, Seen], noun: Phrase, level: int, referent: Referent) -> None:
        number = referent(noun, seen)
        if number is None:
            number = self._number_of_unnamed(noun)
        elif not self._names.names[number].could_be_person:
            return
        self._see(seen, number, noun.first, level, noun.start, self._tokens.lower[noun.first] in _OWNERS)

    def _number_of_unnamed(self, noun: Phrase) -> int:
        """Somebody without a name: one brought in before by the same noun, or somebody new ("a driver", "the driver")."""
        number = self._unnamed_by_head.get(noun.head) if noun.definite else None
        if number is None:
            number = self._unnamed_by_head[noun.head] = len(self._names.names) + len(self._unnamed)
            self._unnamed.append(noun)
            self._genders.add_unnamed(self._tokens.bits[noun.stop - 1])
        return number

    def _see_spot(self, seen: dict[int, Seen], index: int) -> None:
        names = self._names
        number = names.owner[index]
        if not names.names[number].could_be_person:
            return
        spot = names.spots[index]
        if not names.names[number].is_person and self._is_marked[spot.first]:
            return
        sentence = self._tokens.sentence[spot.first]
        subject = self._places.level(index)
        if subject == 1 and sentence not in [other.sentence for other in islice(reversed(seen.values()), 3)]:
            subject = 2  # the first person of the sentence, behind an opening phrase: "Before the vote, Orsk left"
        self._see(seen, number, spot.first, subject, spot.start, self._places.owned(index))

    def _see(self, seen: dict[int, Seen], number: int, token: int, subject: int, start: int, owned: bool) -> None:
        tokens = self._tokens
        old = seen.pop(number, None)
        sentence, paragraph = tokens.sentence[token], tokens.paragraph[token]
        quoted, reported = bool(self._is_marked[token]), bool(self._is_reported[token])
        span = self._spoken.at(start)
        speaker = span is not None
        if speaker and subject == -2:
            subject = 0  # "according to Orsk": a speaker steps behind nobody
        count = 1
        if old is not None:
            if quoted and not old.quoted and paragraph - old.paragraph < 2:
                old.count += 1  # a name inside somebody's words does not displace what the article itself says
                seen[number] = old
                return
            count += old.count
            if old.sentence == sentence:
                subject = subject if subject > old.subject else old.subject
                speaker = speaker or old.speaker
                reported = reported and old.reported
        seen[number] = Seen(token, sentence, paragraph, subject, quoted, speaker, count, reported, owned)
        if span is not None:
            self._running = number

    def candidates(self, recent: dict[int, Seen], pronoun: int) -> list[tuple[int, Case]]:
        """Who a pronoun could mean, as cases to weigh: the most recent people whose known gender does not forbid it."""
        tokens = self._tokens
        start, sentence = tokens.starts[pronoun], tokens.sentence[pronoun]
        letter = "m" if tokens.lower[pronoun] in HE else "f"
        span = self._spoken.at(start)
        outside = not self._is_marked[pronoun]
        near = [
            (number, last)
            for number, last in islice(reversed(recent.items()), _RECENT)
            if last.sentence != sentence
            # nobody names himself in his own words: “Orsk must go,” she said
            or not ((outside and last.quoted) or (last.subject > 0 and acts_on(tokens, last.token, pronoun)))
        ]
        if not near:
            return []
        latest = near[0][0]
        found: list[tuple[int, Case]] = []
        letters = self._genders.letters
        for number, last in reversed(near):
            gender = letters[number]
            if not gender or gender == letter:
                found.append((number, self.case(last, number, pronoun, span, gender == letter, number == latest)))
        return found

    def case(self, last: Seen, number: int, pronoun: int, span: SpeakerSpan | None, agrees: bool, latest: bool) -> Case:
        """One candidate for one pronoun, as :func:`indexer.pronoun_features.pronoun_features` takes it."""
        tokens = self._tokens
        word = tokens.lower[pronoun]
        gender = "agrees" if agrees else self._genders.fit(number, word)
        unnamed = number >= len(self._names.names)
        sentences = tokens.sentence[pronoun] - last.sentence
        paragraphs = tokens.paragraph[pronoun] - last.paragraph
        speaking = span is not None
        inside = latest_other = False
        if span is not None:
            inside = self._names_inside(number, span)
            other = latest and number != self._running and self.is_quoted(span[2])
            latest_other = other and self._spoken.speaks_of(word, span[2], span[3])
        return (  # no min(): calls cost more than all else here
            word,
            sentences if sentences < 6 else 6,
            paragraphs if paragraphs < 4 else 4,
            last.subject,
            last.speaker,
            last.quoted,
            latest,
            last.count if last.count < 8 else 8,
            gender,
            not unnamed and self._names.names[number].person < 1,
            speaking,
            inside,
            unnamed,
            last.reported,
            last.owned,
            number == self._running and last.subject >= 0,
            latest_other,
            speaking and not unnamed and number in self._spoken.dead,
        )

    def _names_inside(self, number: int, span: SpeakerSpan) -> bool:
        """Whether what is said there names somebody, or tells of them by a noun."""
        if (noun := self.words_for(number)) is not None:
            return span[2] <= noun.start < span[3]
        return self._spoken.names_inside(number, span[2], span[3])

    def _best(self, seen: dict[int, Seen], pronoun: int) -> Bound | None:
        letter = "m" if self._tokens.lower[pronoun] in HE else "f"
        if (speaker := self._spoken.speaker_behind(pronoun)) is not None and self.gender_of(speaker) in ("", letter):
            return Bound(pronoun, speaker, 1.0, "speaker of the sentence")
        weights = pronoun_weights()
        ranked = [(weights[case], number) for number, case in self.candidates(seen, pronoun)]
        if not ranked:
            return None
        ranked.sort(reverse=True)
        margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.0
        best = seen[ranked[0][1]]
        tokens = self._tokens
        return Bound(
            pronoun, ranked[0][1], margin, best.place_from(tokens.sentence[pronoun], tokens.paragraph[pronoun])
        )
