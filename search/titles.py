"""What an article is called where it has no headline."""

from __future__ import annotations

from search.records import StoredArticle

_LINE = 40  # characters; a shorter first line is a byline or a date
_OPENING_WORDS = 80


def title_of(article: StoredArticle) -> str:
    """The headline; of an article without one its opening words."""
    if article.title:
        return article.title
    lines = (" ".join(line.split()) for line in article.text[:2000].splitlines())
    opening = next((line for line in lines if len(line) > _LINE), "")
    return shortened_after(opening, _OPENING_WORDS) or "Untitled article"


def shortened_after(text: str, most: int) -> str:
    """The first ``most`` characters or so, to a word's end, with an ellipsis where something is cut."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[:most]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + " …"
