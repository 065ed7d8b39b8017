"""Two who are named together and then meant together: "the couple", "the pair".

Max and Lena Orsk make suits. *The couple* said so.        Max and Lena Orsk
"""

from __future__ import annotations

from bisect import bisect_left

from indexer.local_names import LocalNames
from indexer.name_tokens import Tokens
from indexer.speaker_phrases import Phrase

_TWO = frozenset("couple pair duo twosome".split())
_FAR = 6
"""Paragraphs."""

_LONGEST = 5
_MOST = 40


def named_together(tokens: Tokens, names: LocalNames, phrase: Phrase) -> tuple[int, int] | None:
    """Rule "two named together": the last two people whom "and" joins before "the couple", as characters of the text.

    Max and Lena Orsk; Max Orsk and Lena Hale; Max Orsk and his wife, Lena.
    """
    if phrase.head not in _TWO or not phrase.definite:
        return None
    last = bisect_left(names.spots, phrase.first, key=lambda spot: spot.first) - 1
    for index in range(last, max(-1, last - _MOST), -1):
        spot = names.spots[index]
        if not names.names[names.owner[index]].is_person or spot.owner:
            continue
        if tokens.paragraph[phrase.first] - tokens.paragraph[spot.first] > _FAR:
            return None
        for joint in range(spot.first - 1, max(0, spot.first - _LONGEST), -1):
            before = tokens.words[joint - 1]
            if (
                tokens.lower[joint] == "and"
                and before[0].isupper()
                and tokens.sentence[joint - 1] == tokens.sentence[spot.first]
            ):
                first = joint - 1
                while (
                    first
                    and tokens.words[first - 1][0].isupper()
                    and tokens.sentence[first - 1] == tokens.sentence[joint]
                ):
                    first -= 1
                return tokens.starts[first], spot.end
            if tokens.words[joint][0].isupper():
                break
    return None
