"""A real browser on a real server over the sample corpus, indexed by the real indexer."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from indexer.collection import Settings, reindex
from search.engine import open_engine
from web.app import create_app

CHROMIUM = Path(os.environ.get("ONRECORD_CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a running server."""
    engine = open_engine(str(tmp_path_factory.mktemp("e2e") / "index"))
    with resources.as_file(resources.files("corpus")) as folder:
        reindex(engine, [str(folder)], Settings())
    server = waitress.create_server(create_app(engine), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)
    engine.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without it the tests are skipped, but never in continuous integration."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"continuous integration needs a browser at {CHROMIUM}")
        pytest.skip(f"no browser at {CHROMIUM} (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """A browser profile for each set of options; nothing is kept in them, so that tests may share."""
    made: dict[str, BrowserContext] = {}

    def of(**options: Any) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in made:
            defaults = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
            made[key] = browser.new_context(base_url=site, **{**defaults, **options})
            made[key].set_default_timeout(8000)
        return made[key]

    yield of
    for context in made.values():
        context.close()


@pytest.fixture
def visit(contexts: Callable[..., BrowserContext], site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page; at the end nothing may have gone wrong in it, and no request may have left the host."""
    pages: list[Page] = []
    troubles: list[str] = []

    def open_page(address: str = "/", **options: Any) -> Page:
        page = contexts(**options).new_page()
        pages.append(page)
        page.on("pageerror", lambda error: troubles.append(f"script: {error}"))
        page.on("console", lambda message: _note(message.type, message.text))
        page.on(
            "request", lambda request: None if request.url.startswith(site) else troubles.append(f"left: {request.url}")
        )
        page.goto(address)
        return page

    def _note(kind: str, text: str) -> None:
        if kind in ("error", "warning") and "status of 40" not in text:
            troubles.append(f"{kind}: {text}")

    yield open_page
    for page in pages:
        page.close()
    assert troubles == []
