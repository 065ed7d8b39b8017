"""Text with spans marked in it, as safe HTML: every character of the text is escaped, only our own tags are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` of a text shall stand in ``tag``. Where marks overlap, later ones go inside."""

    start: int
    end: int
    tag: str
    css: str = ""


def marked(text: str, start: int, end: int, marks: Sequence[Mark] = ()) -> Markup:
    """The characters ``start`` to ``end`` of ``text`` as HTML.

    Args:
        text: The whole text; offsets of the marks count its characters.
        start: First character.
        end: One past the last character.
        marks: Parts outside ``start`` and ``end`` are cut off.
    """
    clipped = [(max(m.start, start), min(m.end, end), m) for m in marks]
    clipped = [piece for piece in clipped if piece[0] < piece[1]]
    if not clipped:
        return escape(text[start:end])
    bounds = sorted({start, end, *(piece[0] for piece in clipped), *(piece[1] for piece in clipped)})
    parts: list[str] = []
    for low, high in pairwise(bounds):
        inside = [m for begin, stop, m in clipped if begin <= low and high <= stop]
        opening = "".join(f'<{m.tag} class="{m.css}">' if m.css else f"<{m.tag}>" for m in inside)
        closing = "".join(f"</{m.tag}>" for m in reversed(inside))
        parts.append(f"{opening}{escape(text[low:high])}{closing}")
    return Markup("".join(parts))  # noqa: S704 - pieces are escaped above, tags and classes are ours


def shortened_before(text: str, most: int) -> str:
    """The last ``most`` characters or so, from a word's beginning, with an ellipsis where something is cut."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[-most:]
    return "… " + (cut.split(" ", 1)[1] if " " in cut else cut)
