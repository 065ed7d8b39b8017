"""``onrecord search``, ``stats``, ``check`` and ``export``: the index from the command line."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TextIO

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from search.engine import Engine, open_engine
from search.location import index_option
from search.parser import read_as
from search.questions import as_typed, read_again
from search.records import PARAMS
from search.request import build_request
from search.result_json import COLUMNS, TABLE_MARK, hit_json, search_json, table_row
from search.terminal import show

_FORMATS = click.Choice(["table", "jsonl"])


def _filters(command: Callable[..., None]) -> Callable[..., None]:
    """Add an option for every filter of the field table, and its negation."""
    for name in reversed(list(PARAMS)):
        field = PARAMS[name]
        flag = name.replace("_", "-")
        command = click.option(f"--{flag}", f"is_{name}", multiple=True, metavar="VALUE", help=field.help)(command)
        command = click.option(f"--not-{flag}", f"not_{name}", multiple=True, metavar="VALUE", hidden=True)(command)
    for name, text in (("to", "Last day, YYYY-MM-DD."), ("from", "First day, YYYY-MM-DD.")):
        command = click.option(f"--{name}", f"one_{name}", default="", metavar="DAY", help=text)(command)
    command = click.option("--min-confidence", "one_min_confidence", default="", metavar="0..1",
                           help="Leave out quotes attributed with less.")(command)  # fmt: skip
    command = click.option("--sort", "one_sort", default="relevance",
                           type=click.Choice(["relevance", "newest", "oldest"]), help="Order of hits.")(command)  # fmt: skip
    return command


def _pairs(query: str, options: dict[str, object]) -> Iterator[tuple[str, str]]:
    yield "q", query
    for key, value in options.items():
        kind, _, name = key.partition("_")
        prefix = "not." if kind == "not" else ""
        for item in value if isinstance(value, tuple) else (str(value or ""),):
            if item:
                yield prefix + name, item


@click.command()
@click.argument("query", default="")
@index_option
@click.option("--format", "form", type=_FORMATS, default=None, envvar="ONRECORD_FORMAT",
              help="Default: table on a terminal, else jsonl.")  # fmt: skip
@click.option("--facet", "facets", multiple=True, metavar="NAME", help="Show the counts of a facet; repeatable.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1))
@click.option("--per-page", default=10, show_default=True, type=click.IntRange(0, 200))
@_filters
def search(
    query: str, location: str, form: str | None, facets: tuple[str, ...], page: int, per_page: int, **options: object
) -> None:
    """Find who said what: QUERY in the same language as on the page."""
    pairs = list(_pairs(query, options))
    pairs += [("facet", name) for name in facets or ("none",)]
    pairs += [("page", str(page)), ("per_page", str(per_page))]
    asked = build_request(pairs, fold=True)
    with closing(open_engine(location)) as engine:
        result = engine.search(asked.request)
        meant = None if result.counts.kinds.get("quote") else read_again(engine, asked.request, query)
        if meant:
            result = replace(result, suggestion=as_typed(meant))
        if (form or ("table" if sys.stdout.isatty() else "jsonl")) == "jsonl":
            hits, noted = engine.fetch(asked.request, result), _provenance(engine)
            click.echo(json.dumps(search_json(asked, result, hits, noted), ensure_ascii=False))
            return
        if meant and not result.total:
            click.echo(f"Nothing has all of these words; read as a question: {as_typed(meant)}")
            asked = replace(asked, request=replace(asked.request, query=meant), read_as=read_as(meant))
            result = engine.search(asked.request)
        show(asked, result, engine.fetch(asked.request, result))


@click.command()
@index_option
def stats(location: str) -> None:
    """Tell what is in the index."""
    with closing(open_engine(location)) as engine:
        figures = engine.stats()
    table = Table.grid(padding=(0, 2))
    rows = {
        "index": figures.location, "engine": figures.engine, "generation": figures.generation, "built": figures.built_at,
        "extractor": figures.extractor, "articles": f"{figures.articles:,}", "quotes": f"{figures.quotes:,}",
        "attributed": f"{figures.attributed:,}", "paragraphs": f"{figures.paragraphs:,}",
        "speakers": f"{figures.speakers:,} ({figures.named - figures.speakers:,} more are named and not quoted)",
        "topics": f"{figures.topics:,}", "outlets": f"{figures.outlets:,}",
        "days": f"{figures.first_day} to {figures.last_day}" if figures.first_day else "no article is dated",
        "size": f"{figures.size_bytes / 1e6:.1f} MB",
    }  # fmt: skip
    for name, value in rows.items():
        table.add_row(name, escape(value))
    Console(highlight=False).print(table)


@click.command()
@index_option
def check(location: str) -> int:
    """Verify the index; exit code 1 when something is damaged."""
    with closing(open_engine(location)) as engine:
        problems = engine.check()
        if not problems:
            click.echo(f"sound: generation {engine.generation()}")
            return 0
    for problem in problems:
        click.echo(f"onrecord: {problem}", err=True)
    click.echo("onrecord: the index is damaged: rebuild it with 'onrecord reindex PATH...'", err=True)
    return 1


@click.command()
@click.argument("query", default="")
@index_option
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--output",
    type=click.File("w", encoding="utf-8", lazy=True),
    default="-",
    help="File to write; - is standard output.",
)
@_filters
def export(query: str, location: str, form: str, output: TextIO, **options: object) -> None:
    """Stream every match of QUERY, from one generation of the index, as JSON lines or CSV."""
    asked = build_request(_pairs(query, options))
    with closing(open_engine(location)) as engine:
        noted = {**_provenance(engine), "read_as": asked.read_as}
        hits = engine.stream(asked.request)
        if form == "csv":
            output.write(TABLE_MARK)
            rows = csv.writer(output)
            rows.writerow(COLUMNS)
            rows.writerows(table_row(hit, noted) for hit in hits)
        else:
            for hit in hits:
                output.write(json.dumps({**hit_json(hit), **noted}, ensure_ascii=False) + "\n")


def _provenance(engine: Engine) -> dict[str, str]:
    figures = engine.stats()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"generation": figures.generation, "extractor": figures.extractor, "answered_at": now}
