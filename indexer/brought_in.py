"""Where the text brings in somebody without a name: "a singer", "a residents' group"; the noun then means that one."""

from __future__ import annotations

from indexer.name_tokens import Tokens

_ARTICLES = frozenset(("a", "an", "another", "one"))
_LOOK_BACK = 400
_LONGEST = 4


def brought_in_at(tokens: Tokens, head: str, before: int, after: int) -> int:
    """The last token between two others that is a noun behind an indefinite article; -1 where there is none.

    Args:
        tokens: Of the article.
        head: The noun.
        before: The token that it stands before, by 400 at most.
        after: The token that it stands behind.
    """
    lower = tokens.lower
    low = max(after, before - _LOOK_BACK)
    if head not in lower[max(0, low) : before]:
        return -1
    for at in range(before - 1, low, -1):
        if lower[at] == head and not _ARTICLES.isdisjoint(lower[max(0, at - _LONGEST) : at]):
            return at
    return -1
