"""``onrecord topics``: which words decided an article's topics."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from indexer.article import Article, InputError
from indexer.paragraphs import split
from indexer.readers.dispatch import read
from indexer.topic_vocabulary import vocabulary
from indexer.topics import TopicTagger


@click.group()
def topics() -> None:
    """See how topics are chosen."""


@topics.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--words", default=12, show_default=True, type=click.IntRange(1, 200), help="Words shown for each topic.")
def explain(file: Path, words: int) -> None:
    """Show the topics of the articles in FILE and the words that decided them."""
    tagger, console = TopicTagger(), Console()
    for item in read(file):
        if not isinstance(item, Article):
            raise InputError(f"{item.origin}: {item.reason}")
        document = split(item)
        console.print(f"[bold]{escape(item.title or item.id)}[/bold]", highlight=False)
        for topic in tagger.tag(document).article:
            term = vocabulary()[topic.id]
            console.print(f"{'  ' * term.level}{term.label}  {topic.score:.2f}  ({topic.origin})", highlight=False)
        for name, found in tagger.explain(document, words).items():
            label = vocabulary()[name].label
            table = Table("word", "adds", title=label, title_justify="left", min_width=len(label))
            for word, weight in found:
                table.add_row(word, f"{weight:+.2f}")
            console.print(table)
