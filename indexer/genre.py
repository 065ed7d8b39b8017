"""What kind of article it is, told by its form: news, interview, transcript, press-release or opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.article import Article
from indexer.document import Paragraph
from indexer.turns import Label, find_labels

_HEAD = 1500
_RELEASE = re.compile(r"^\W*(?:for immediate release|press release)\b|^media contacts?:", re.IGNORECASE | re.MULTILINE)
_TRANSCRIPT = re.compile(r"\b(?:transcripts?|rush transcript)\b", re.IGNORECASE)
_OPINION = re.compile(
    r"^(?:opinion|op-ed|editorial|comment|commentary|column|letters?)\b\s*(?:[:|–—-]|$)", re.IGNORECASE
)
_SPEAKERS = 2


def recognise_genre(article: Article, paragraphs: Sequence[Paragraph]) -> str:
    """Tell the genre.

    Args:
        article: As read; when the input itself says the genre, this is not asked.
        paragraphs: Its paragraphs.

    Returns:
        One of :data:`search.records.GENRES`.
    """
    head = article.text[:_HEAD]
    if _OPINION.match(article.title) or (not article.title and _OPINION.match(head)):
        return "opinion"
    labels = find_labels(article.text, paragraphs)
    if labels:
        several = len(_people(labels)) > _SPEAKERS
        return "transcript" if _TRANSCRIPT.search(f"{article.title} {head}") or several else "interview"
    if any(_holds_release(part) and _RELEASE.search(part) for part in (head, article.text[-_HEAD:])):
        return "press-release"
    return "news"


def _holds_release(text: str) -> bool:
    """Whether a word stands in a text that a press release is told by: most hold none and need not be looked through."""
    small = text.encode("utf-8", "replace").lower()
    return small.find(b"release") >= 0 or small.find(b"media contact") >= 0  # "in" is slow for bytes


def _people(labels: Sequence[Label]) -> set[str]:
    """The different people behind the labels; initials (``NH``) belong to the name that has them (``Noor Haddadi``)."""
    names = {label.text for label in labels}
    initials = {"".join(word[0] for word in name.split()) for name in names if " " in name}
    return {name for name in names if name not in initials}
