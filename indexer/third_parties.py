"""Who was told, and who passed it on: both stand near a quote and neither is its speaker."""

from __future__ import annotations

from bisect import bisect_left

from indexer.document import Quotation
from indexer.mentions import People

_TELLING = frozenset(
    ("tell", "ask", "inform", "remind", "assure", "warn", "brief", "write to", "speak to", "talk to", "say to")
)
_LONGEST_LEAD = 30
_PASSING = frozenset(("reported", "reports", "quoted", "cited", "relayed", "carried", "published"))
_TELLS_RELAY = _PASSING | {"according", "per"}


def find_addressee(quotation: Quotation, people: People) -> str | None:
    """Return the entity that a quote was told to.

    “We won,” Orsk told Harbour Wire. - Harbour Wire. She spoke to Tom Hale: “No.” is not read.
    """
    cue = quotation.cue
    if cue is None or cue.lemma not in _TELLING:
        return None
    tokens = people.tokens
    at = bisect_left(tokens.starts, cue.end)
    stop = min(len(tokens.starts), at + 6)
    for index in range(at, stop):
        spot = people.spot_at(index)
        if spot is not None:
            return people.key_of_spot(spot)
        if tokens.words[index] in ',.:;“"”' or tokens.lower[index] in ("that", "to", "about"):
            return None
    return None


def find_relay(quotation: Quotation, people: People) -> str | None:
    """Return the entity that passed a quote on.

    The dam would hold, Orsk said, as reported by Harbour Wire. - Harbour Wire.
    The minister said that it would hold, Harbour Wire reported. - Harbour Wire.
    According to Harbour Wire, the minister said that it would hold. - Harbour Wire.
    The minister said that it would hold, according to Harbour Wire. - Harbour Wire.
    “It will hold,” said the minister per Harbour Wire. - Harbour Wire.
    """
    tokens = people.tokens
    if _TELLS_RELAY.isdisjoint(tokens.vocabulary):
        return None
    cue = quotation.cue
    if (ahead := _according_to(quotation, people)) is not None:
        return ahead
    edge = max(quotation.end, cue.end if cue else 0)
    at = bisect_left(tokens.starts, edge)
    if at == 0 or at >= len(tokens.starts):
        return None
    sentence = tokens.sentence[at - 1]
    stop = at
    while stop < len(tokens.starts) and stop - at < 24 and tokens.sentence[stop] == sentence:
        stop += 1
    if cue is not None and cue.end <= quotation.start and tokens.lower[at : at + 3] == [",", "according", "to"]:
        for index in range(at + 3, min(stop, at + 6)):
            if (spot := people.spot_at(index)) is not None:
                return people.key_of_spot(spot)
    for index in range(at, stop):
        if tokens.lower[index] == "per" and index + 1 < stop and (spot := people.spot_at(index + 1)) is not None:
            return people.key_of_spot(spot)
        if tokens.lower[index] in _PASSING:
            if index + 1 < stop and tokens.lower[index + 1] == "by":
                for after in range(index + 2, min(stop, index + 5)):
                    if (spot := people.spot_at(after)) is not None:
                        return people.key_of_spot(spot)
            elif cue is None or index != bisect_left(tokens.starts, cue.start):
                spot = people.spot_ending(index - 1)
                if spot is not None:
                    before = people.names.spots[spot].first - 1
                    if before >= at - 1 and (
                        tokens.words[before] == "," or tokens.lower[before - 1 : before + 1] == [",", "the"]
                    ):
                        return people.key_of_spot(spot)
    return None


def _according_to(quotation: Quotation, people: People) -> str | None:
    """The name behind an "According to" that opens the sentence of another cue."""
    cue = quotation.cue
    if cue is None or cue.lemma == "according to":
        return None
    tokens = people.tokens
    at = bisect_left(tokens.starts, min(cue.start, quotation.start))
    sentence = tokens.sentence[min(at, len(tokens.starts) - 1)]
    first = bisect_left(tokens.sentence, sentence, max(at - _LONGEST_LEAD, 0), at)
    if tokens.lower[first : first + 2] != ["according", "to"]:
        return None
    for index in range(first + 2, min(first + 6, at)):
        if (spot := people.spot_at(index)) is not None:
            return people.key_of_spot(spot)
    return None
