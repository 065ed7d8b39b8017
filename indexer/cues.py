"""The lexicon of reporting words: each form to its dictionary form and to what may follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CueWord:
    """A reporting word. ``frame`` as in the head of ``data/cues.tsv``; ``rest`` are words that must follow the first."""

    lemma: str
    frame: str
    rest: tuple[str, ...] = ()


@cache
def cue_words() -> Mapping[str, tuple[CueWord, ...]]:
    """First word of a form, in lower case -> the cues that begin with it, longest first."""
    found: dict[str, list[CueWord]] = {}
    for line in files("indexer").joinpath("data/cues.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            lemma, forms, frame = line.split("\t")
            for form in forms.split():
                first, *rest = form.split("+")
                cue = CueWord(lemma, frame, tuple(rest))
                if cue not in found.setdefault(first, []):
                    found[first].append(cue)
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.rest))) for word, cues in found.items()}
