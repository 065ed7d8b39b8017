"""What ``onrecord extract`` prints for a person: a table of an article's quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.markup import escape
from rich.table import Table

from indexer.document import Extraction
from indexer.summary_text import printable
from search.records import RecordTopic, TopicTerm


def to_table(extraction: Extraction, topics: Iterable[RecordTopic], terms: Mapping[str, TopicTerm]) -> Table:
    """A table of the article's quotes under its title, topics below."""
    article = extraction.document.article
    entities = {entity.key: entity for entity in extraction.entities}
    told = ", ".join(f"{terms[topic.id].label} {topic.score:.2f}" for topic in topics if topic.id in terms)
    heading = " · ".join(filter(None, (article.title or article.id, article.outlet, article.published)))
    table = Table(
        title=_shown(heading), caption=_shown(told), title_justify="left", caption_justify="left", expand=True
    )
    table.add_column("speaker", ratio=2)
    table.add_column("cue", ratio=1)
    table.add_column("type")
    table.add_column("words", ratio=6)
    table.add_column("sure", justify="right")
    for quote in extraction.quotes:
        quotation, attribution = quote.quotation, quote.attribution
        entity = entities.get(attribution.entity or "")
        words = extraction.document.text[quotation.start : quotation.end]
        table.add_row(
            _shown(entity.name if entity else attribution.as_written or "-"),
            _shown(quotation.cue.text if quotation.cue else ""),
            quotation.type,
            _shown(words),
            f"{attribution.confidence:.2f}",
        )
    return table


def _shown(text: str) -> str:
    """Text in a table's cell: on one line, without power over the terminal or the table."""
    return escape(printable(" ".join(text.split())))
