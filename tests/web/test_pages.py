"""Every page: what it must show, that nothing of an article can act in it, and that its links lead somewhere."""

from __future__ import annotations

import gzip
import html
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urldefrag
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer.topic_words import feature, read_lexicon
from search.engine import open_engine
from tests.search.stories import Said, Story, indexed, tables
from web.app import create_app

ODD = quote("https://odd.example/a//b?c=d", safe="")
PAGES = (
    "/", "/?q=budget", "/?q=zzzz", "/?q=harbour&kind=paragraph", "/?kind=quote&kind=paragraph&sort=oldest",
    "/?speaker=orla-venn&not.outlet=Saltmarsh+Wire&from=2024-01-01&to=2024-12-31&min_confidence=0.5", "/facets/speaker",
    "/facets/outlet?q=budget&find=salt", "/quotes/q-budget-0", "/quotes/q-budget-1", "/quotes/q-storm-0",
    f"/quotes/{quote('q-https://odd.example/a//b?c=d-0', safe='')}", "/quotes/p-budget", "/articles/budget", "/articles/storm",
    f"/articles/{ODD}", "/speakers", "/speakers?q=ven", "/speakers/orla-venn", "/speakers/jurgen-weiss", "/topics",
    "/topics/medtop:11000000", "/outlets", "/help", "/about", "/who?q=harbour", "/compare",
    "/compare?a=orla-venn&b=castellane&q=the", "/?facet=none&q=budget", "/?page=999",
)  # fmt: skip
ERRORS = (("/?bogus=1", 400), ("/?page=0", 400), ("/quotes/none", 404), ("/articles/none", 404), ("/speakers/none", 404),
          ("/topics/none", 404), ("/nowhere", 404), ("/facets/none", 404), ("/speakers?page=x", 400))  # fmt: skip


class Page(HTMLParser):
    """What a page holds: tags with attributes, links, ids, text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(client: FlaskClient, address: str) -> Page:
    return Page(client.get(address).get_data(as_text=True))


@pytest.mark.parametrize("address", PAGES)
def test_pages_answer_and_nothing_in_them_is_inline(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    page = Page(answer.get_data(as_text=True))
    for tag, attributes in page.tags:
        assert tag != "style"
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        if tag == "script":
            assert attributes["src"].startswith("/static/")
        for name in ("src", "href", "action", "cite"):
            assert not attributes.get(name, "").lower().startswith(("javascript:", "data:")), attributes
    loaded = [a.get("src", "") or a.get("href", "") for t, a in page.tags if t in ("script", "img", "link")]
    assert all(address.startswith("/") for address in loaded)
    titles = [tag for tag, _ in page.tags if tag == "h1"]
    assert len(titles) == 1


@pytest.mark.parametrize(("address", "status"), ERRORS)
def test_error_pages_say_what_happened(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert 'role="alert"' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/api/v1/search", "/api/v1/quotes/none", "/static/onrecord.css", "/feed.atom"]
)
def test_every_answer_is_protected(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_links_lead_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    for address in PAGES:
        for tag, attributes in read(client, address).tags:
            link = attributes.get("href", "") if tag in ("a", "link") else ""
            if link.startswith("/"):
                seen.add(urldefrag(link).url)
            elif tag == "a" or link:
                assert link.startswith(("https://", "#", "http://")), (address, attributes)
    assert len(seen) > 60
    for link in sorted(seen):
        with client.get(link) as answer:
            assert answer.status_code in (200, 301), link


def test_anchors_of_quotes_exist_in_the_article(client: FlaskClient) -> None:
    cards = [a["href"] for t, a in read(client, "/?q=budget").tags if t == "a" and "#q-" in a.get("href", "")]
    assert cards
    for link in cards:
        address, anchor = urldefrag(link)
        assert anchor in [a.get("id") for _, a in read(client, address).tags]


def test_nothing_of_an_article_acts_in_a_page(client: FlaskClient) -> None:
    for address in ("/", "/?q=alert", f"/articles/{ODD}", "/speakers/jurgen-weiss", "/outlets", "/?q=%3Cscript%3Ealert(1)%3C/script%3E",
                    "/speakers?q=%22%3E%3Cscript%3E", "/facets/outlet?find=%3Cscript%3E"):  # fmt: skip
        body = client.get(address).get_data(as_text=True)
        assert "<script>alert" not in body
        assert "<b onmouseover" not in body
        assert "<i>Weiß" not in body


def test_reported_speech_stands_with_its_cue_and_without_marks(client: FlaskClient) -> None:
    body = client.get("/quotes/q-budget-1").get_data(as_text=True)
    clause = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", body, re.S)
    assert clause
    words = re.sub(r"<[^>]+>", "", clause.group(1))
    assert words == "She denied that the council had known of the deficit."
    citation = Page(body).text
    assert "She denied that the council had known of the deficit (reported speech of Orla Venn)" in citation


def test_direct_words_stand_in_marks(client: FlaskClient) -> None:
    body = client.get("/quotes/q-budget-0").get_data(as_text=True)
    assert "“</span>The budget leaves nothing for the harbour,<span" in body
    assert Page(body).text.count("““") == 0


def test_a_result_shows_the_whole_sentence_in_one_stretch(client: FlaskClient) -> None:
    body = client.get("/?q=harbour&fold=false&outlet=Saltmarsh+Wire").get_data(as_text=True)
    assert '<p class="around" dir="auto">The mayor spoke on Tuesday.</p>' in body
    quoted = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", body, re.S)
    assert quoted
    assert re.sub(r"<[^>]+>", "", quoted.group(1)) == (
        "“The budget leaves nothing at all for the harbour,” Venn told reporters."
    )


def test_whoever_is_not_named_is_called_as_the_article_does_and_has_no_link(client: FlaskClient) -> None:
    body = client.get("/?q=repairs").get_data(as_text=True)
    assert '<span class="name unnamed"><bdi>Officials</bdi></span>' in body
    assert 'class="name" href="/speakers/officials"' not in body
    voices = client.get("/articles/storm").get_data(as_text=True)
    assert 'href="/speakers/officials"' not in voices
    assert "not one person" in read(client, "/speakers/officials").text


def test_speakers_without_a_name_stand_apart_from_names(client: FlaskClient) -> None:
    for address in ("/", "/facets/speaker", "/who"):
        named, _, apart = client.get(address).get_data(as_text=True).partition("Without a name")
        assert "Orla Venn" in named, address
        assert "<bdi>Officials</bdi></a>" in apart or "<bdi>Officials</bdi></label>" in apart, address
        assert "Officials" not in named, address


def test_a_question_is_answered_and_told_how_it_was_read(client: FlaskClient) -> None:
    answer = read(client, "/?q=What+did+Orla+Venn+say+about+the+harbour?")
    assert 'read as a question: speaker:"Orla Venn" harbour' in answer.text
    assert "The budget leaves nothing for the harbour" in answer.text
    body = client.get("/?q=What+did+Orla+Venn+say+about+the+harbour?").get_data(as_text=True)
    assert "/api/v1/export.csv?q=speaker%3A%22Orla+Venn%22+harbour" in body  # what is exported is what is shown
    assert 'value="What did Orla Venn say about the harbour?"' in body
    assert "read as a question" not in read(client, "/?q=who+said+zzyzx").text


def test_where_nobody_said_so_what_else_they_said_is_offered(client: FlaskClient) -> None:
    page = read(client, "/?q=What+did+Orla+Venn+say+about+zyzzyva?")
    said = client.get("/api/v1/search?q=speaker:%22Orla+Venn%22&kind=quote").get_json()["total"]
    assert f'{said} quotes of theirs about other things: speaker:"Orla Venn"' in page.text
    assert ("a", {"href": "/?q=speaker%3A%22Orla+Venn%22"}) in page.tags
    assert "of theirs" not in read(client, "/?q=What+did+Nobody+Here+say+about+zyzzyva?").text
    assert "of theirs" not in read(client, "/?q=zyzzyva").text


def test_comparing_with_somebody_unknown_says_so_and_keeps_what_was_typed(client: FlaskClient) -> None:
    page = read(client, "/compare?a=orla-venn&b=Zyzz+Yva&q=the")
    assert "Nobody here is called Zyzz Yva: check the spelling" in page.text
    typed = {a.get("name"): a.get("value") for t, a in page.tags if t == "input"}
    assert (typed["a"], typed["b"], typed["q"]) == ("Orla Venn", "Zyzz Yva", "the")


def test_words_of_the_query_are_marked_in_headlines(client: FlaskClient) -> None:
    assert "<bdi><mark>Harbour</mark> left out of the budget</bdi>" in client.get("/?q=harbour").get_data(as_text=True)


def test_the_front_page_tells_what_there_is_and_how_to_ask(client: FlaskClient) -> None:
    page = read(client, "/")
    links = [a["href"] for t, a in page.tags if t == "a"]
    assert "/speakers/orla-venn" in links
    assert "/topics/medtop%3A11000000" in links
    assert "/?q=speaker%3A%22Orla+Venn%22" in links
    assert "/compare?a=orla-venn&b=ben-castellane" in links
    articles = [a["cite"] for t, a in page.tags if t == "blockquote" and "cite" in a]
    assert len(articles) == len(set(articles)) > 1
    assert "/?sort=newest" in links


def test_speaking_is_told_from_being_named(client: FlaskClient) -> None:
    figures = dict(re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)</dd>", client.get("/about").get_data(as_text=True)))
    quoted = client.get("/api/v1/search?kind=quote&facet=speaker&per_page=0").get_json()["facets"]["speaker"]
    named = client.get("/api/v1/speakers").get_json()["total"]
    assert int(figures["Speakers"]) == len(quoted)
    assert int(figures["Everyone named"]) == named
    assert (
        f"{len(quoted)} are quoted, the most quoted first; then {named - len(quoted)} who are only mentioned"
        in read(client, "/speakers").text
    )


@pytest.mark.parametrize(
    ("questions", "told"),
    [(0, ""), (1, "1 question of an interviewer is not among"), (2, "2 questions of interviewers are not")],
)
def test_questions_of_interviewers_are_told_apart_from_quotes(tmp_path: Path, questions: int, told: str) -> None:
    asked = Said("Was it luck?", "Nina Quist", "ask", "turn", interviewer=True)
    story = Story("cup", [("Rovers won.", Said("We ran.", "Marit Hale")), *[("And?", asked)] * questions])
    engine = open_engine(str(tmp_path / "index"))
    with engine.rebuild() as writer:
        writer.add(indexed(story))
        writer.commit(tables([story]))
    page = create_app(engine).test_client().get("/about").get_data(as_text=True)
    engine.close()
    assert "<dt>Quotes</dt><dd>1</dd>" in page
    assert told in page
    assert ("not among the quotes" in page) == bool(questions)


def test_a_page_behind_the_last_says_so(client: FlaskClient) -> None:
    assert "Page 999 lies behind the last" in read(client, "/?page=999").text


def test_variants_are_counted_and_their_differences_shown(client: FlaskClient) -> None:
    page = read(client, "/?q=harbour")
    assert "2 articles, 2 outlets" in page.text
    assert len([a for t, a in page.tags if t == "article"]) == 1
    shown = client.get("/quotes/q-budget-0").get_data(as_text=True)
    assert "<ins>at all</ins>" in shown


def test_other_wordings_of_reported_speech_keep_its_cue(client: FlaskClient) -> None:
    shown = client.get("/quotes/q-budget-1").get_data(as_text=True)
    difference = re.search(r'<p class="difference"[^>]*>(.*?)</p>', shown, re.S)
    assert difference
    assert re.sub(r"<del>.*?</del> ?|<[^>]+>", "", difference.group(1)) == (
        "Mayor Orla Venn again denied that her council had known of the deficit."
    )


def test_the_page_shows_quotes_first_and_paragraphs_a_tab_away(client: FlaskClient) -> None:
    ids = [a["id"] for t, a in read(client, "/?q=harbour").tags if t == "article"]
    assert all(name.startswith("q-") for name in ids)
    page = read(client, "/?q=harbour&kind=paragraph")
    assert all(a["id"].startswith("p-") for t, a in page.tags if t == "article")
    either = read(client, "/?q=tuesday+zzzz")
    assert ("a", {"href": "/?q=tuesday+OR+zzzz"}) in either.tags
    empty = read(client, "/?q=tuesday")
    assert "1 paragraph" in empty.text


def test_a_syntax_error_points_at_its_place(client: FlaskClient) -> None:
    answer = client.get("/?q=" + "x" * 2100)
    assert answer.status_code == 400
    assert "2,000" in answer.get_data(as_text=True)


def test_what_was_typed_and_chosen_stays_in_the_form(client: FlaskClient) -> None:
    page = read(
        client,
        "/?q=harbour&speaker=orla-venn&not.outlet=Saltmarsh+Wire&from=2024-01-01&kind=quote&sort=newest&per_page=5",
    )
    fields = {(a.get("name"), a.get("value")) for t, a in page.tags if t == "input" and a.get("form") == "search"}
    checked = {(a["name"], a["value"]) for t, a in page.tags if t == "input" and "checked" in a}
    assert ("q", "harbour") in fields
    assert checked == {("speaker", "orla-venn")}
    assert {("not.outlet", "Saltmarsh Wire"), ("from", "2024-01-01"), ("kind", "quote"), ("per_page", "5")} <= fields
    assert ("option", {"value": "newest", "selected": ""}) in page.tags


def test_every_page_says_where_its_answer_comes_from(client: FlaskClient) -> None:
    for address in PAGES:
        text = read(client, address).text
        assert re.search(r"Answered \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ from generation \S+, extractor test-1", text), (
            address
        )


def test_feed_is_atom_and_says_why(client: FlaskClient) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(client.get("/feed.atom?q=budget").data)
    entries = feed.findall(f"{atom}entry")
    assert entries
    assert "budget" in (entries[0].findtext(f"{atom}summary") or "")
    every = ElementTree.fromstring(client.get("/feed.atom").data)
    ids = [entry.findtext(f"{atom}id") for entry in every.findall(f"{atom}entry")]
    assert len(ids) == len(set(ids)) > 3
    for entry in every.findall(f"{atom}entry"):
        if "storm" in (entry.findtext(f"{atom}id") or ""):
            assert entry.find(f"{atom}published") is None
    assert "Read as budget" in (feed.findtext(f"{atom}subtitle") or "")


def test_original_is_linked_at_the_words_only_where_it_can_be_followed(client: FlaskClient) -> None:
    links = [
        a["href"] for t, a in read(client, "/quotes/q-storm-0").tags if t == "a" and ":~:text=" in a.get("href", "")
    ]
    assert links
    assert links[0].startswith("https://post.example/a,b?x=1&y=2#top:~:text=the%20storm")
    odd = read(client, f"/quotes/{quote('q-https://odd.example/a//b?c=d-0', safe='')}")
    assert not [a for t, a in odd.tags if "alert(1)" in a.get("href", "")]


def test_answers_are_packed_where_the_browser_takes_it(client: FlaskClient) -> None:
    total = 0
    for address in (
        "/",
        "/static/base.css",
        "/static/onrecord.css",
        "/static/onrecord.js",
        "/static/vendor/htmx-2.0.11.min.js",
        "/static/mark.svg",
    ):
        with client.get(address, headers={"Accept-Encoding": "gzip"}) as answer:
            total += len(answer.data)
            if answer.headers.get("Content-Encoding") == "gzip":
                assert gzip.decompress(answer.data)
            else:
                assert len(answer.data) < 600
    assert total <= 60_000
    plain = client.get("/", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers


def test_old_slug_leads_to_the_new_page(client: FlaskClient) -> None:
    answer = client.get("/speakers/o-venn")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/speakers/orla-venn"


def test_right_to_left_text_is_left_whole(client: FlaskClient) -> None:
    page = read(client, f"/articles/{ODD}")
    assert "שלום עולם" in page.text
    assert "مرحبا بالعالم" in page.text
    assert any(t == "p" and a.get("dir") == "auto" for t, a in page.tags)


def test_the_help_shows_how_to_add_topic_words_and_the_tagger_can_read_it(client: FlaskClient) -> None:
    shown = re.search(r"<pre><code>(.*?)</code></pre>", client.get("/help").get_data(as_text=True), re.S)
    assert shown is not None
    lexicon = read_lexicon(html.unescape(shown[1]))
    assert lexicon["medtop:15000000"][feature("zorbling")] == 2 * lexicon["medtop:15000000"][feature("slipway")]
