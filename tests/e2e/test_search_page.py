"""The search page as somebody uses it: with a script-running browser, by keyboard, and without any script."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
PLAIN = {"java_script_enabled": False}


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def total(page: Page) -> int:
    found = re.match(r"[\d,]+", page.locator("#summary").inner_text())
    return int(found.group().replace(",", "")) if found else 0


def choice(page: Page, name: str, label: str) -> Locator:
    return page.locator(f'input[type="checkbox"][name="{name}"]').and_(page.get_by_label(label, exact=True))


def tick(page: Page, name: str, label: str) -> None:
    choice(page, name, label).check()


# Typing a query


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_typing_a_query_shows_quotes_and_a_clean_address(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/", **options)
    page.locator("#q").fill('"working life jackets"')
    page.locator("#q").press("Enter")
    expect(page.locator("#summary")).to_contain_text("quote")
    expect(page.locator(".results .card").first).to_contain_text("Tom Hale")
    expect(page.locator(".results mark").first).to_be_visible()
    expect(page.locator(".read")).to_contain_text("working life jackets")
    assert parameters(page)["q"] == ['"working life jackets"']
    if not options:
        assert set(parameters(page)) == {"q"}


def test_an_address_can_be_shared_and_the_back_button_goes_back(visit: Visit) -> None:
    page = visit("/?q=speaker:hale")
    before = total(page)
    tick(page, "speaker", "Tom Hale")
    expect(page.locator(".chips")).to_contain_text("Tom Hale")
    narrowed, address = total(page), page.url
    assert 0 < narrowed < before
    page.go_back()
    expect(page.locator(".chips")).to_have_count(0)
    assert total(page) == before
    assert total(visit(address)) == narrowed


def test_did_you_mean_leads_to_what_was_meant(visit: Visit) -> None:
    page = visit("/?q=jackits")
    link = page.locator(".notice a").filter(has_text="jackets")
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("#q")).to_have_value("jackets")
    assert total(page) > 0


def test_nothing_found_says_what_to_try(visit: Visit) -> None:
    page = visit("/?q=zzyzzx")
    expect(page.locator(".empty")).to_contain_text("Nothing matches")
    page.get_by_text("See the latest quotes").click()
    expect(page.locator(".card").first).to_be_visible()


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_a_query_without_a_word_says_so(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/?q=%22", **options)
    expect(page.locator(".notice")).to_contain_text('There is no word in " to search for')
    expect(page.locator(".read")).to_have_count(0)


def test_speakers_without_a_name_stand_apart(visit: Visit) -> None:
    page = visit("/?topic=medtop:16000000")
    apart = page.get_by_role("group", name="Without a name")
    expect(apart).to_contain_text("rebel commander")
    names = page.locator('[data-box="speaker"] .rows > ul')
    expect(names).not_to_contain_text("rebel commander")
    assert names.locator("li").count() > 1


def test_a_query_that_cannot_be_read_is_explained(visit: Visit) -> None:
    page = visit("/?q=" + "a" * 2001)
    expect(page.get_by_role("alert")).to_contain_text("2,000")
    expect(page.locator("#q")).to_be_visible()


# Keys and suggestions


def test_keys_lead_through_the_page(visit: Visit) -> None:
    page = visit("/?q=speaker:hale")
    page.locator("h2").first.click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".card").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".card").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/quotes/*")


def test_results_and_filters_are_reached_by_keys_alone(visit: Visit) -> None:
    page = visit("/?q=speaker:hale")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator('select[name="sort"]')).to_be_focused()
    choice(page, "speaker", "Tom Hale").focus()
    page.keyboard.press("Space")
    expect(page.locator(".chips")).to_contain_text("Tom Hale")
    expect(choice(page, "speaker", "Tom Hale")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".chips")).to_have_count(0)


def test_suggestions_are_a_combobox(visit: Visit) -> None:
    page = visit("/")
    box = page.get_by_role("combobox", name="Search quotes and paragraphs")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("hal", delay=20)
    options = page.locator(".suggestions").get_by_role("option")
    expect(options.filter(has_text="Tom Hale")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggestions-1-0")
    page.keyboard.press("Escape")
    expect(page.locator(".suggestions")).not_to_be_visible()
    box.press("e")
    expect(options.filter(has_text="Tom Hale")).to_be_visible()
    options.filter(has_text="Tom Hale").click()
    expect(page.locator(".card").first).to_contain_text("Hale")
    assert "Tom Hale" in parameters(page)["q"][0]


def test_home_and_end_lead_from_the_suggestions_back_to_the_words(visit: Visit) -> None:
    page = visit("/")
    box = page.locator("#q")
    box.press_sequentially("hal", delay=20)
    expect(page.locator(".suggestions").get_by_role("option").first).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    last = page.locator(".suggestions").get_by_role("option").last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", last.get_attribute("id") or "none")
    page.keyboard.press("Home")
    expect(last).to_have_attribute("aria-selected", "false")
    assert box.get_attribute("aria-activedescendant") is None
    assert box.evaluate("field => field.selectionStart") == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    assert box.evaluate("field => field.selectionStart") == 3
    expect(page.locator('[aria-selected="true"]')).to_have_count(0)


def test_a_suggestion_is_taken_with_the_arrow_and_enter(visit: Visit) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("marit", delay=20)
    expect(page.locator(".suggestions").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".card").first).to_contain_text("Marit Hale")


# Facets


def test_ticking_narrows_at_once_and_keeps_the_focus(visit: Visit) -> None:
    page = visit("/?q=speaker:hale")
    page.evaluate("window.same = true")
    before = total(page)
    siblings = page.locator('[data-box="speaker"] .row').count()
    tick(page, "speaker", "Tom Hale")
    expect(page.locator(".chips li")).to_have_count(1)
    one = total(page)
    assert 0 < one < before
    assert page.locator('[data-box="speaker"] .row').count() == siblings
    expect(choice(page, "speaker", "Tom Hale")).to_be_focused()
    tick(page, "speaker", "Marit Hale")
    expect(page.locator(".chips li")).to_have_count(3)  # two, and "clear all"
    assert one < total(page) <= before
    assert sorted(parameters(page)["speaker"]) == ["marit-hale", "tom-hale"]
    assert page.evaluate("window.same") is True
    page.locator(".chips a").filter(has_text="Marit").click()
    expect(page.locator(".chips li")).to_have_count(1)
    assert total(page) == one
    choice(page, "speaker", "Tom Hale").uncheck()
    expect(page.locator(".chips")).to_have_count(0)
    assert total(page) == before


def test_ticking_and_applying_works_without_script(visit: Visit) -> None:
    page = visit("/?q=speaker:hale", **PLAIN)
    before = total(page)
    tick(page, "speaker", "Tom Hale")
    page.get_by_role("button", name="Apply filters").click()
    assert parameters(page)["speaker"] == ["tom-hale"]
    assert 0 < total(page) < before
    expect(choice(page, "speaker", "Tom Hale")).to_be_checked()
    page.locator(".chips a").click()
    assert total(page) == before


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_leaving_out_a_value_and_taking_it_back(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/?q=speaker:hale", **options)
    before = total(page)
    page.get_by_role("link", name="Leave out: Tom Hale", exact=True).click()
    expect(page.locator(".chips")).to_contain_text("not")
    assert parameters(page)["not.speaker"] == ["tom-hale"]
    assert 0 < total(page) < before
    expect(page.locator(".card", has_text="Tom Hale said")).to_have_count(0)
    page.get_by_role("link", name="Take back in: Tom Hale", exact=True).click()
    expect(page.locator(".chips")).to_have_count(0)
    assert total(page) == before


def test_leaving_out_keeps_the_page_and_the_place(visit: Visit) -> None:
    page = visit("/?q=speaker:hale")
    page.evaluate("window.same = true")
    page.get_by_role("link", name="Leave out: Tom Hale", exact=True).press("Enter")
    again = page.get_by_role("link", name="Take back in: Tom Hale", exact=True)
    expect(again).to_be_focused()
    assert page.evaluate("window.same") is True
    page.go_back()
    expect(page.locator(".chips")).to_have_count(0)
    expect(page.get_by_role("link", name="Leave out: Tom Hale", exact=True)).to_be_visible()


def test_an_excluded_value_stays_out_when_another_filter_changes(visit: Visit) -> None:
    page = visit("/?q=speaker:hale&not.speaker=tom-hale")
    page.locator('[data-box="quote_type"] > summary').click()
    tick(page, "quote_type", "Direct quote")
    expect(page.locator(".chips li")).to_have_count(3)
    assert parameters(page)["not.speaker"] == ["tom-hale"]


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_searching_within_the_speakers(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/", **options)
    find = page.get_by_role("searchbox", name="Find in Speaker")
    if options:
        find.fill("agnies")
        find.press("Enter")
        page.wait_for_url("**/facets/speaker?*")
        tick(page, "speaker", "Agnieszka Thorne")
        page.get_by_role("button", name="Apply").click()
    else:
        find.press_sequentially("agnies", delay=20)
        expect(page.locator('[data-box="speaker"] .row')).to_have_count(1)
        tick(page, "speaker", "Agnieszka Thorne")
    expect(page.locator(".chips")).to_contain_text("Agnieszka Thorne")
    assert parameters(page)["speaker"] == ["agnieszka-thorne"]
    for card in page.locator(".card").all():
        expect(card).to_contain_text("Thorne")


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_the_topic_tree_opens_downwards(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/", **options)
    box = page.locator('[data-box="topic"]')
    branch = box.locator(".rows > ul > li").filter(has=page.locator("details")).first
    narrower = branch.locator("details input").first
    expect(narrower).not_to_be_visible()
    branch.locator("summary").first.click()
    expect(narrower).to_be_visible()
    value = narrower.get_attribute("value") or ""
    narrower.check()
    if options:
        page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(".chips li")).to_have_count(1)
    assert parameters(page)["topic"] == [value]
    expect(page.locator(f'input[type="checkbox"][value="{value}"]')).to_be_visible()


# Dates


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_a_bar_narrows_the_dates(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/", **options)
    page.locator('.histogram a[aria-label^="2021"]').click()
    expect(page.locator(".chips")).to_contain_text("1 January 2021")
    assert parameters(page) == {"from": ["2021-01-01"], "to": ["2021-12-31"]}
    expect(page.locator(".notice")).to_contain_text("undated")
    for when in page.locator(".card time").all():
        assert (when.get_attribute("datetime") or "").startswith("2021")
    page.locator('.histogram a[aria-label^="2022"]').click()
    expect(page.locator(".chips")).to_contain_text("1 January 2022")
    page.get_by_role("link", name="All dates").click()
    expect(page.locator(".chips")).to_have_count(0)
    assert parameters(page) == {}


def test_a_bar_asks_in_place_and_keeps_the_focus_and_the_other_bars(visit: Visit) -> None:
    page = visit("/?q=the")
    page.evaluate("window.here = true")
    bar = page.locator('.histogram a[aria-label^="2021"]')
    bars = page.locator(".histogram a").count()
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_contain_text("31 December 2021")
    assert page.evaluate("window.here")
    expect(bar).to_be_focused()
    assert page.locator(".histogram a").count() == bars
    bar.click()  # once more takes the choice back, as with a checkbox
    expect(page.locator(".chips")).to_have_count(0)
    assert parameters(page) == {"q": ["the"]}
    assert page.evaluate("window.here")


def test_dragging_over_bars_chooses_a_range(visit: Visit) -> None:
    page = visit("/")
    first = page.locator('.histogram a[aria-label^="2020"]').bounding_box()
    last = page.locator('.histogram a[aria-label^="2022"]').bounding_box()
    assert first
    assert last
    height = first["y"] + first["height"] / 2
    page.mouse.move(first["x"] + first["width"] / 2, height)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, height, steps=6)
    page.mouse.up()
    expect(page.locator(".chips")).to_contain_text("31 December 2022")
    assert parameters(page) == {"from": ["2020-01-01"], "to": ["2022-12-31"]}


def test_bars_are_reached_by_keys(visit: Visit) -> None:
    page = visit("/")
    page.locator(".histogram a").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".histogram a").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_be_visible()


def test_days_can_be_typed(visit: Visit) -> None:
    page = visit("/?q=the")
    page.get_by_label("From", exact=True).fill("2023-01-01")
    page.get_by_label("From", exact=True).blur()
    expect(page.locator(".chips")).to_contain_text("1 January 2023")
    assert parameters(page)["from"] == ["2023-01-01"]


# Tabs, order, pages, certainty


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_paragraphs_are_one_tab_away(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/?q=speaker:hale", **options)
    expect(page.locator(".tabs [aria-current]")).to_contain_text("Quotes")
    page.locator(".tabs a", has_text="Paragraphs").click()
    expect(page.locator(".tabs [aria-current]")).to_contain_text("Paragraphs")
    expect(page.locator(".card.paragraph").first).to_be_visible()
    assert parameters(page)["kind"] == ["paragraph"]


def test_the_order_can_be_changed(visit: Visit) -> None:
    page = visit("/?q=the")
    page.locator('select[name="sort"]').select_option("oldest")
    page.wait_for_url("**sort=oldest**")
    days = [when.get_attribute("datetime") or "" for when in page.locator(".card time").all()]
    assert days == sorted(days)


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_pages_follow_each_other(visit: Visit, options: dict[str, bool]) -> None:
    page = visit("/?q=the", **options)
    first = page.locator(".card").first.get_attribute("id")
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**page=2**")
    expect(page.locator(".paging")).to_contain_text("Page 2")
    assert page.locator(".card").first.get_attribute("id") != first
    page.get_by_role("link", name="Previous").click()
    expect(page.locator(".paging")).to_contain_text("Page 1")
    assert page.locator(".card").first.get_attribute("id") == first


def test_uncertain_attributions_can_be_left_out_and_their_number_is_told(visit: Visit) -> None:
    page = visit("/?q=the")
    before = total(page)
    page.locator('select[name="min_confidence"]').select_option("0.8")
    page.wait_for_url("**min_confidence=0.8**")
    expect(page.locator(".chips")).to_contain_text("at least 0.8 sure")
    assert total(page) + left_out(page) == before
    page.goto("/?q=the&min_confidence=1")
    assert total(page) + left_out(page) == before
    assert left_out(page) > 0
    page.locator(".notice a").click()
    assert total(page) == before


def left_out(page: Page) -> int:
    notice = page.locator(".notice", has_text="left out because")
    return int(notice.inner_text().split()[0].replace(",", "")) if notice.count() else 0


def test_every_copy_can_be_shown_apart(visit: Visit) -> None:
    page = visit('/?q="working life jackets"')
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_label("Every copy of a quote").check()
    expect(page.locator(".card")).to_have_count(2)
    expect(page.locator(".chips")).to_contain_text("each shown")


def test_interviewers_are_heard_only_when_asked_for(visit: Visit) -> None:
    page = visit("/?quote_type=turn")
    before = total(page)
    page.get_by_label("Interviewers’ questions too").check()
    expect(page.locator(".chips")).to_contain_text("Interviewers")
    assert total(page) > before


def test_the_home_page_gives_way_to_results(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator(".claim")).to_be_visible()
    expect(page.locator(".start a").first).to_be_visible()
    page.locator("#q").fill("the")
    page.locator("#q").press("Enter")
    expect(page.locator(".read")).to_contain_text("the")
    expect(page.locator(".figures")).not_to_be_visible()
    expect(page.locator(".start")).not_to_be_visible()
    page.go_back()
    expect(page.locator(".start")).to_be_visible()
    expect(page.locator("#q")).to_have_value("")


# What a result offers


def test_citing_in_place_and_copying(visit: Visit) -> None:
    page = visit('/?q="luck is not a safety plan"')
    card = page.locator(".card").first
    card.get_by_role("link", name="Cite").click()
    citations = card.locator(".citation")
    expect(citations).to_have_count(3)
    expect(citations.nth(1)).to_contain_text("@article{q")
    expect(citations.nth(2)).to_contain_text('"@type": "Quotation"')
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    citations.first.get_by_role("button").click()
    expect(citations.first.get_by_role("button")).to_have_text("Copied")
    assert "Tom Hale" in page.evaluate("navigator.clipboard.readText()")
    card.get_by_role("link", name="Cite").click()
    expect(citations).to_have_count(0)


def test_citing_without_script(visit: Visit) -> None:
    page = visit('/?q="luck is not a safety plan"', **PLAIN)
    page.get_by_role("link", name="Cite").click()
    expect(page.locator("#cite .citation")).to_have_count(3)


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_near_copies_unfold(visit: Visit, options: dict[str, bool]) -> None:
    page = visit('/?q="working life jackets"', **options)
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("link", name="2 articles, 2 outlets").click()
    expect(page.locator(".variants")).to_contain_text("Harbour Wire")
    expect(page.locator(".variants")).to_contain_text("Aldmoor Evening Gull")


@pytest.mark.parametrize("options", [{}, PLAIN], ids=["script", "plain"])
def test_why_this_speaker_is_a_click_away(visit: Visit, options: dict[str, bool]) -> None:
    page = visit('/?q="luck is not a safety plan"', **options)
    steps = page.locator(".card .why ol")
    expect(steps).not_to_be_visible()
    page.locator(".card .why summary").click()
    expect(steps).to_contain_text("he")


def test_reported_speech_keeps_its_cue_and_has_no_marks(visit: Visit) -> None:
    page = visit("/?quote_type=indirect&per_page=100")
    cards = page.locator(".card")
    assert cards.count() > 20
    for words in page.locator(".card blockquote").all():
        assert words.locator(".q").count() == 0  # marks of ours; the sentence may quote somebody else
        assert words.locator(".reported").count() > 0
        assert words.locator(".cue, .lead").count() > 0, words.inner_text()


def test_filters_open_on_a_small_screen_and_stay_open(visit: Visit) -> None:
    page = visit("/?q=speaker:hale", viewport={"width": 390, "height": 844})
    expect(page.locator(".filters")).not_to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    expect(page.locator(".filters")).to_be_visible()
    tick(page, "speaker", "Tom Hale")
    expect(page.locator(".chips")).to_contain_text("Tom Hale")
    expect(page.locator(".filters")).to_be_visible()
    page.get_by_text("Done", exact=True).click()
    expect(page.locator(".filters")).not_to_be_visible()


def test_a_search_can_be_followed_and_exported(visit: Visit) -> None:
    page = visit("/?q=jackets&speaker=tom-hale")
    feed = page.get_by_role("link", name="Follow as a feed").get_attribute("href") or ""
    answer = page.request.get(feed)
    assert answer.ok
    assert "jackets" in answer.text()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
