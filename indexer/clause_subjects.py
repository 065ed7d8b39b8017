"""The subject of a clause: who a cue that touches no noun phrase shares its subject with.

"*Orsk* shook her head, saying", "*The new poll of voters* in all states shows".
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.clause_places import ClausePlaces
from indexer.name_tokens import Tokens
from indexer.noun_phrases import NounPhrases
from indexer.noun_words import DETERMINERS, PREPOSITIONS, SKIPPED, STOPS, is_adverb, plural_noun
from indexer.people_words import W
from indexer.premodifiers import tells_by_participle
from indexer.spots import Spot

_CONJUNCTIONS = frozenset("that while but because if as though although".split())
_NOMINATIVES = frozenset("he she they we i".split())
_CLAUSE_OPENERS = (STOPS | _CONJUNCTIONS | {"-", "--"}) - {"."}
_DASHES = frozenset("— – -- -".split())
_LONGEST_DATELINE = 10


def closes_dateline(tokens: Tokens, dash: int) -> bool:
    """Whether a dash closes the place that opens a report: "REGINA - ", "OTTAWA, Ont. (Wire) — "."""
    first = dash
    while (
        first
        and dash - first < _LONGEST_DATELINE
        and tokens.paragraph[first - 1] == tokens.paragraph[dash]
        and not tokens.words[first - 1][0].islower()
    ):
        first -= 1
    begins = first == 0 or tokens.paragraph[first - 1] != tokens.paragraph[dash]
    return begins and first < dash and tokens.words[first].isupper()


class ClauseSubjects:
    """Finds the subject of the clause that a token stands in or goes on with.

    Args:
        tokens: Of the article.
        spots: Names, in text order.
        role_starts: For each spot the token where its title begins.
        phrases: Its noun phrases.
        places: In which place of its clause each name stands.
        reported: One byte a token: whether it stands in reported speech; who is named there is no subject of a cue
            behind it.
    """

    def __init__(
        self,
        tokens: Tokens,
        spots: Sequence[Spot],
        role_starts: Sequence[int],
        phrases: NounPhrases,
        places: ClausePlaces,
        reported: bytearray,
    ) -> None:
        self._tokens = tokens
        self._spots = spots
        self._role_starts = role_starts
        self._phrases = phrases
        self._places = places
        self._reported = reported

    def last_before(self, cue: int, said: tuple[int, int]) -> tuple[int, int] | None:
        """The last subject before a token in its sentence: of the clause that the cue goes on with."""
        tokens = self._tokens
        if cue >= len(tokens.starts):
            return None
        sentence = tokens.sentence[cue]
        at = cue - 1
        best: tuple[int, int] | None = None
        inside = bool(self._reported[cue])  # a cue within reported speech may have its subject there
        while at >= 0 and tokens.sentence[at] == sentence and cue - at < 60:
            spot = self._phrases.spot_at(at)
            if tokens.words[at] in _DASHES and closes_dateline(tokens, at):
                break
            if self._phrases.said(at, said) or (self._reported[at] and not inside):
                at -= 1
            elif spot is not None:
                place = self._places.level(spot)
                acts = self._phrases.is_verb(self._spots[spot].last + 1)
                if place >= 1 and (self._spots[spot].kind != "place" or acts):
                    found = self._phrases.ending(self._spots[spot].last, said)
                    if found is not None:
                        if place == 2 or best is None:
                            best = found
                        if place == 2 or acts:
                            return best
                at = min(self._spots[spot].first, self._role_starts[spot]) - 1
            elif tokens.lower[at] in _NOMINATIVES:
                return at, at + 1
            elif self._phrases.firm_end(at) and self._phrases.is_verb(at + 1) and tokens.words[at] != ")":
                found = self._phrases.ending(at, said)
                if found is not None and self._phrases.opens_clause(found[0]):
                    return found
                at -= 1
            else:
                at -= 1
        return best

    def of_clause(self, cue: int, said: tuple[int, int], through: bool = False) -> tuple[int, int] | None:
        """The words from the beginning of the cue's clause to its verb: "The new poll of voters in all states shows".

        A conjunction is no part of them: the hall was full, even though *a number of members* said it would be empty.

        Args:
            cue: The cue.
            said: Span of what is said.
            through: Whether a noun phrase ends right before the cue, so that "*people* accused in the riot said" has one finite verb.
        """
        tokens = self._tokens
        sentence = tokens.sentence[cue]
        first = cue
        while (
            first > 0
            and tokens.sentence[first - 1] == sentence
            and cue - first < 26
            and not self._phrases.said(first - 1, said)
        ):
            if tokens.lower[first - 1] in _CLAUSE_OPENERS:
                break
            first -= 1
        if first == cue and first > 0 and tokens.words[first - 1] == ",":  # ", saying": the clause before
            first -= 1
            while (
                first > 0
                and tokens.sentence[first - 1] == sentence
                and cue - first < 26
                and tokens.words[first - 1] not in STOPS
            ):
                first -= 1
        end = first
        while (
            end < cue
            and (not self._phrases.is_verb(end) or (through and end > first and tells_by_participle(tokens, end)))
            and not is_adverb(tokens.lower[end])
        ):
            end += 1
        while end > first and (
            tokens.lower[end - 1] in SKIPPED
            or tokens.bits[end - 1] & W.CALENDAR
            or (tokens.lower[end - 1] == "on" and tokens.bits[end] & W.CALENDAR)
        ):
            end -= 1  # "Germany's chancellor on Thursday warned"
        opens = end > first and (
            tokens.lower[first] in DETERMINERS
            or tokens.words[first][0].isupper()
            or tokens.words[first].isdigit()
            or plural_noun(tokens.lower[end - 1])
        )
        return (first, end) if opens and tokens.lower[first] not in PREPOSITIONS and end - first < 14 else None
