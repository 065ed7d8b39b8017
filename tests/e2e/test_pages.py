"""Every page type in a real browser: accessible in light and dark, narrow and wide, on this host alone, and light to load."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
PLAIN = {"java_script_enabled": False}
PAGES = {
    "home": "/",
    "results": "/?q=the&quote_type=direct",
    "reported": "/?quote_type=indirect&min_confidence=0.5",
    "paragraphs": "/?q=harbour&kind=paragraph&sort=newest",
    "nothing": "/?q=zzyzzx",
    "cannot": "/?page=0",
    "missing": "/quotes/none",
    "behind": "/?q=the&page=999",
    "values": "/facets/speaker",
    "tree": "/facets/topic",
    "quote": "QUOTE",
    "article": "ARTICLE",
    "speakers": "/speakers",
    "speaker": "/speakers/tom-hale",
    "unnamed": "/speakers/officials",
    "empty": "/compare",
    "topics": "/topics",
    "topic": "TOPIC",
    "outlets": "/outlets",
    "who": "/who?q=the",
    "compare": "/compare?a=tom-hale&b=marit-hale",
    "help": "/help",
    "about": "/about",
}


def address(name: str, visit: Visit) -> str:
    """Addresses with ids are found the way people find them."""
    if not PAGES[name].isupper():
        return PAGES[name]
    page = visit("/topics" if name == "topic" else '/?q="working life jackets"')
    link = {"topic": ".tree a", "quote": ".card a:text('Permalink')", "article": ".card .where a"}[name]
    return page.locator(link).first.get_attribute("href") or ""


@pytest.mark.parametrize("name", PAGES)
def test_no_accessibility_rule_is_broken_in_light_or_dark(visit: Visit, name: str) -> None:
    page = visit(address(name, visit))
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        result = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}})
        assert result.violations_count == 0, f"{scheme}: {result.generate_report()}"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(visit: Visit, name: str) -> None:
    page = visit(address(name, visit), viewport={"width": 320, "height": 640})
    for width in (320, 390, 768, 2200):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_pages_work_without_script(visit: Visit, name: str) -> None:
    page = visit(address(name, visit), **PLAIN)
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("button.copy:visible").count() == 0


def test_the_first_page_is_light(visit: Visit) -> None:
    page = visit("/about")
    wire: dict[str, float] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: wire.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert len(wire) >= 4
    assert sum(wire.values()) <= 60_000


def test_results_are_painted_after_one_round_trip(visit: Visit) -> None:
    documents: list[str] = []
    page = visit("/about")
    page.on("request", lambda request: documents.append(request.resource_type))
    page.goto("/?q=the")
    expect(page.locator(".card").first).to_be_visible()
    assert documents.count("document") == 1
    assert not {"xhr", "fetch"} & set(documents)


# The article


def test_a_quote_of_an_article_shows_its_evidence_on_focus(visit: Visit) -> None:
    page = visit(address("article", visit).partition("#")[0])
    quoted = page.locator(".quoted", has_text="working life jackets").first
    note = page.locator(f"#{quoted.get_attribute('aria-describedby')}")
    expect(note).not_to_be_visible()
    quoted.focus()
    expect(note).to_be_visible()
    expect(note).to_contain_text("Tom Hale")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quotes/*")


def test_evidence_is_on_the_screen_of_a_telephone_too(visit: Visit) -> None:
    page = visit(address("article", visit).partition("#")[0], viewport={"width": 390, "height": 700})
    quoted = page.locator(".quoted").last
    quoted.focus()
    note = page.locator(f"#{quoted.get_attribute('aria-describedby')}")
    expect(note).to_be_in_viewport(ratio=1)


def test_a_result_leads_to_its_place_in_the_article(visit: Visit) -> None:
    page = visit('/?q="luck is not a safety plan"')
    page.locator(".card .where a").click()
    page.wait_for_url("**/articles/**")
    target = page.locator(":target")
    expect(target).to_contain_text("luck is not a safety plan")
    expect(target).to_be_in_viewport()


# People and topics


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_from_a_name_to_the_person_to_what_they_said(visit: Visit, options: dict[str, Any]) -> None:
    page = visit("/speakers", **options)
    page.get_by_label("Name").fill("hale")
    page.get_by_label("Name").press("Enter")
    page.get_by_role("link", name="Tom Hale", exact=True).click()
    expect(page.locator("h1")).to_have_text("Tom Hale")
    expect(page.locator(".time .histogram")).to_be_visible()
    expect(page.get_by_role("heading", name="Latest quotes")).to_be_visible()
    expect(page.get_by_role("heading", name="Speak in the same articles")).to_be_visible()
    page.get_by_label("What did they say about").fill("jackets")
    page.get_by_label("What did they say about").press("Enter")
    expect(page.locator(".chips")).to_contain_text("Tom Hale")
    expect(page.locator(".card").first).to_contain_text("jackets")


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_two_people_are_compared(visit: Visit, options: dict[str, Any]) -> None:
    page = visit("/compare", **options)
    page.get_by_label("One").fill("Tom Hale")
    page.get_by_label("Other").fill("Marit Hale")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".sides h2")).to_have_text(["Tom Hale", "Marit Hale"])
    expect(page.locator(".sides section").nth(1).locator(".card").first).to_be_visible()


def test_names_to_compare_are_suggested(visit: Visit) -> None:
    page = visit("/compare?a=tom-hale")
    expect(page.get_by_label("One")).to_have_value("Tom Hale")
    other = page.get_by_role("combobox", name="Other")
    other.press_sequentially("mari", delay=20)
    expect(page.get_by_role("option").filter(has_text="Marit Hale")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(other).to_have_value("Marit Hale")
    page.keyboard.press("Enter")
    expect(page.locator(".sides h2")).to_have_text(["Tom Hale", "Marit Hale"])


def test_who_says_it_most_leads_to_their_quotes(visit: Visit) -> None:
    page = visit("/?q=the")
    page.get_by_role("link", name="Who says this most").click()
    row = page.locator("tbody tr").first
    count = row.locator(".number").inner_text()
    row.locator(".number a").click()
    assert page.locator("#summary").inner_text().split()[0] == count


def test_topics_lead_down_to_their_quotes(visit: Visit) -> None:
    page = visit("/topics")
    page.locator(".tree a").first.click()
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".figures a").click()
    expect(page.locator(".chips li")).to_have_count(1)


def test_an_outlet_leads_to_its_quotes(visit: Visit) -> None:
    page = visit("/outlets")
    page.get_by_role("link", name="Harbour Wire", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("Harbour Wire")
    for outlet in page.locator(".card .outlet").all():
        expect(outlet).to_have_text("Harbour Wire")


def test_every_example_of_the_help_page_is_a_query(visit: Visit) -> None:
    page = visit("/help")
    examples = [link.get_attribute("href") or "" for link in page.locator(".grammar a").all()]
    assert len(examples) > 8
    for example in examples:
        assert page.goto(example).status == 200  # type: ignore[union-attr]


# Print


def test_print_shows_the_words_and_not_the_tools(visit: Visit) -> None:
    page = visit("/?q=the")
    page.emulate_media(media="print")
    expect(page.locator(".card blockquote").first).to_be_visible()
    for tool in (".filters", ".searchbox", ".tabs", ".paging", ".top nav", ".act", ".start"):
        for part in page.locator(tool).all():
            expect(part).not_to_be_visible()
