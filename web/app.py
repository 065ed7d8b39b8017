"""The web application, put together step by step."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from flask import Flask

from search.engine import Engine
from search.records import FACETS
from web import api, article_page, collection_pages, exporting, feed, people_pages, search_page
from web.address import segment
from web.caching import keep
from web.charts import share_bar
from web.compression import compress
from web.dates import readable
from web.problems import problems
from web.security import protect
from web.site import EXTENSION, Site, utc_now


def create_app(engine: Engine, *, per_page: int = 10) -> Flask:
    """Make the web page and JSON API over one index.

    Args:
        engine: Answers every question; the index may be rebuilt while the app runs.
        per_page: Results on a page when the address does not say.

    Returns:
        A WSGI application.
    """
    app = Flask(__name__)
    app.extensions[EXTENSION] = Site(engine, per_page)
    _setup_addresses(app)
    _setup_templates(app)
    _setup_answers(app)
    _setup_views(app)
    return app


def _setup_addresses(app: Flask) -> None:
    """Ids may hold slashes, even ``https://``; they stay what they are."""
    app.url_map.merge_slashes = False
    app.url_map.strict_slashes = False
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]


def _setup_templates(app: Flask) -> None:
    """Templates see the site, escape everything and leave no blank lines."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        readable=readable, segment=segment, sentence=_sentence, number=lambda value: f"{value:,}"
    )
    app.jinja_env.globals.update(
        share_bar=share_bar,
        utc_now=utc_now,
        stats=lambda: _stats(app),
        asset=_asset,
        PARAM_OF={name: field.param for name, field in FACETS.items()},
    )


def _setup_answers(app: Flask) -> None:
    """Headers, compression and keeping of every answer."""
    compress(app)
    protect(app)
    keep(app)


def _setup_views(app: Flask) -> None:
    """The blueprints: pages for people, the API for programs, errors for both."""
    for blueprint in (
        problems,
        search_page.pages,
        article_page.pages,
        people_pages.pages,
        collection_pages.pages,
        api.api,
        exporting.exports,
        feed.feeds,
    ):
        app.register_blueprint(blueprint)


@cache
def _asset(name: str) -> str:
    """Address of a file of the site; it changes with the content, so that browsers may keep the file."""
    content = resources.files("web").joinpath("static", *name.split("/")).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def _sentence(clause: str) -> str:
    """A clause with a capital and a full stop; what was typed in an address stays as typed."""
    first = clause.split(" ", 1)[0]
    return (clause if "=" in first else clause[:1].upper() + clause[1:]).removesuffix(".") + "."


def _stats(app: Flask) -> object:
    site: Site = app.extensions[EXTENSION]
    return site.stats()
