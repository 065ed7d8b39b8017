"""What ``onrecord search`` shows on a terminal: the hits as a reader would quote them, then the facets asked for."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from search.confidence import band
from search.engine import Hit, SearchResult
from search.passage import has_cue, passage
from search.query import MatchNone
from search.request import Asked
from search.titles import title_of

_AS_SAID = ("direct", "turn")
_MARGIN = 4
_LONG = 400  # characters; more of a paragraph hides what was found


def show(asked: Asked, result: SearchResult, hits: tuple[Hit, ...]) -> None:
    """Print one page of hits, folded at the terminal's width, and the facets."""
    console = Console(highlight=False)
    read = f", read as [bold]{escape(asked.read_as)}[/bold]" if asked.q.strip() else ""
    partial = " (a limit was reached: there may be more)" if result.partial else ""
    unit = "record" if result.total == 1 else "records"
    if isinstance(asked.request.query, MatchNone):
        console.print(f"There is no word in {escape(asked.q)} to search for.")
    else:
        console.print(f"{result.total:,} {unit}{read}{partial}")
    if result.suggestion:
        console.print(f"Did you mean [bold]{escape(result.suggestion)}[/bold]?")
    for number, hit in enumerate(hits, (asked.request.page - 1) * asked.request.per_page + 1):
        row = Table.grid(padding=(0, 1, 0, 0))
        row.add_column(justify="right", width=_MARGIN - 1, no_wrap=True)
        row.add_column()
        row.add_row(Text(str(number), "dim"), words_of(hit))
        row.add_row("", Text.assemble((who(hit), "bold"), "\n", (_where(hit), "dim")))
        console.print()
        console.print(row)
    for name, facet in result.facets.items():
        table = Table(name, "records", title_justify="left")
        for value in facet.values:
            unnamed = " [dim](no name)[/dim]" if value.kind == "unnamed" else ""
            table.add_row(("● " if value.selected else "") + escape(value.label) + unnamed, f"{value.count:,}")
        console.print(table)


def words_of(hit: Hit) -> Text:
    """The words found, in marks where they were said so, with the words that report them where they are reported."""
    record, span = hit.record, passage(hit.record, hit.article.text)
    text = Text()
    if record.kind == "quote" and record.quote_type in _AS_SAID:
        text.append("“")
    elif has_cue(record, span):
        text.append(hit.article.text[span[0] : span[1]])
        for start, end in hit.highlights:
            text.stylize("bold underline", record.start - span[0] + start, record.start - span[0] + end)
        return text
    elif record.kind == "quote" and record.cue:
        text.append(f"{record.cue} ", "dim")
    low, high = _excerpt(hit)
    offset = len(text.plain) + (2 if low else 0) - low
    text.append(("… " if low else "") + record.text[low:high] + (" …" if high < len(record.text) else ""))
    if record.kind == "quote" and record.quote_type in _AS_SAID:
        text.append("”")
    for start, end in hit.highlights:
        if low <= start and end <= high:
            text.stylize("bold underline", offset + start, offset + end)
    return text


def _excerpt(hit: Hit) -> tuple[int, int]:
    """Of a long paragraph the stretch around its first found words; of anything else all."""
    text = hit.record.text
    if hit.record.kind == "quote" or len(text) <= _LONG:
        return 0, len(text)
    first = hit.highlights[0][0] if hit.highlights else 0
    low = max(0, min(first - _LONG // 3, len(text) - _LONG))
    low = low and text.find(" ", low, first + 1) + 1  # begin with a whole word
    high = min(len(text), low + _LONG)
    return low, high if high == len(text) else max(text.rfind(" ", first, high), first)


def who(hit: Hit) -> str:
    """The speaker with role and, where it is not high, how sure; of a paragraph, who speaks in it."""
    record, said = hit.record, hit.record.attribution
    if record.kind != "quote":
        names = ", ".join(speaker.name for speaker in hit.speakers)
        return f"paragraph, with {names}" if names else "paragraph"
    name = hit.speaker.name if hit.speaker else said.as_written if said else ""
    if not name or said is None:
        return "nobody named"
    sure = "" if band(said.confidence) == "high" else f" [{band(said.confidence)}]"
    return f"{name}{', ' if said.role else ''}{said.role}{sure}"


def _where(hit: Hit) -> str:
    article = hit.article
    return " · ".join(part for part in (article.outlet, article.published, title_of(article)) if part)
