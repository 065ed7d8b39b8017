"""Tokens for the cluster: exactly those of the embedded engine."""

from __future__ import annotations

from collections.abc import Iterable

from search.whoosh.folding import stem_of, words_of

__all__ = ["stem_of", "stems_of", "words_of"]


def stems_of(words: Iterable[str]) -> list[str]:
    """The stem of each folded word."""
    return [stem_of(word) for word in words]
