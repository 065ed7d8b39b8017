"""Tokens for the cluster: exactly those of the embedded engine."""

from __future__ import annotations

from collections.abc import Iterable

from search.analysis import stem as stem_of
from search.analysis import words as words_of

__all__ = ["stem_of", "stems_of", "words_of"]


def stems_of(words: Iterable[str]) -> list[str]:
    """The stem of each folded word."""
    return [stem_of(word) for word in words]
