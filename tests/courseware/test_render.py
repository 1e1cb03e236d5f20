"""Pages -> files: what stands in the document, and what never may."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from msgspec import Struct
from msgspec.structs import replace

import courseware
from courseware import tokens
from courseware.formats import FORMATS
from courseware.pages import Pages
from courseware.questions import KINDS
from courseware.render import CONTACTS, DOCUMENT, FILES, RULES_OF_KINDS, SCRIPT, STYLE, sheet
from courseware.rendering import links
from courseware.rendering.scripts import script
from tests.courseware.sample_pages import rendered, sample, words

NASTY = "</script><b>&amp;\u2028“مرحبا” 🧒 'x'"


def document(pages: Pages) -> html.HtmlElement:
    return html.document_fromstring(rendered(pages)[DOCUMENT].decode())


def facts(pages: Pages) -> dict[str, object]:
    [script] = document(pages).xpath("//script[@id='course']")
    found: dict[str, object] = json.loads(script.text)
    return found


def test_the_same_bytes_each_time() -> None:
    assert rendered(sample()) == rendered(sample())
    assert set(rendered(sample(), "scorm2004")) == set(FILES)


def test_the_formats_differ_in_the_script_alone_and_each_speaks_its_own_standard() -> None:
    old, new = rendered(sample()), rendered(sample(), "scorm2004")
    assert {name for name in FILES if old[name] != new[name]} == {SCRIPT}
    assert b"LMSInitialize" in old[SCRIPT]
    assert b"LMSInitialize" not in new[SCRIPT]
    assert b"API_1484_11" in new[SCRIPT]
    assert b"API_1484_11" not in old[SCRIPT]


def test_small_enough() -> None:
    made = rendered(sample(), "scorm2004")
    assert len(gzip.compress(made[SCRIPT])) < 20_000
    assert len(gzip.compress(made[STYLE])) < 15_000


def test_no_network_no_inline_script_no_inline_style() -> None:
    made = rendered(sample())
    page = document(sample())
    assert page.xpath("//*[@style]") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [script.get("src") for script in page.xpath("//script[not(@type)]")] == [CONTACTS, SCRIPT]
    assert not re.search(rb"https?://(?!www\.w3\.org)|@import|url\(", made[STYLE] + made[SCRIPT])


def test_every_id_is_one_and_every_link_has_its_place() -> None:
    page = document(sample())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {link[1:] for link in page.xpath("//a/@href[starts-with(., '#')]")} - {""}
    # The second reference of the sample is cited by a duty alone, which the script finds.
    assert targets - set(ids) <= {"listen.c2"}
    assert {one[1:] for one in page.xpath("//use/@href")} <= set(ids)


@pytest.mark.parametrize("field", ["title", "provider", "edition"])
def test_any_title_survives(field: str) -> None:
    changes: dict[str, Any] = {field: NASTY}
    pages = replace(sample(), **changes)
    page = document(pages)
    assert NASTY in page.text_content()
    assert page.xpath("//b") == []
    if field == "title":
        assert facts(pages)["title"] == NASTY


PLAIN = {"title", "label", "alt", "objectives", "provision", "citation", "says", "audience"}


def nasty(value: Any, name: str = "") -> Any:
    """The same, each of its plain texts one that would be read as HTML."""
    if isinstance(value, Struct):
        return replace(value, **{name: nasty(getattr(value, name), name) for name in value.__struct_fields__})
    if isinstance(value, tuple):
        return tuple(nasty(one, name) for one in value)
    return NASTY if value and name in PLAIN else value


def test_plain_text_is_plain_wherever_it_stands() -> None:
    page, usual = document(nasty(sample())), document(sample())
    assert [one.tag for one in page.iter()] == [one.tag for one in usual.iter()]
    assert NASTY in page.xpath("//*[@role='img']/@aria-label")
    parts = ("title", "h1", "h2", "summary", "ol//li", "p[@class='source']", "strong", "template//a")
    assert all(any(NASTY in one.text_content() for one in page.xpath(f"//{part}")) for part in parts)


def test_what_the_script_is_told() -> None:
    told = facts(sample())
    assert told["lessons"] == [
        {"id": "signs", "title": "Signs of harm", "minutes": 6, "pages": 2, "objective": "", "checks": []},
        {
            "id": "listen",
            "title": "When a child tells you something",
            "minutes": 9,
            "pages": 2,
            "objective": "respond",
            "checks": [],
        },
    ]
    assert "assessment" not in facts(sample(assessed=False))


@pytest.mark.parametrize("assessed", [True, False])
def test_each_lesson_leads_to_what_stands_before_and_after_it(assessed: bool) -> None:
    page = document(sample(assessed=assessed))
    ways = [
        (link.get("href"), " ".join(link.text_content().split()))
        for link in page.xpath("//nav[contains(@class, 'onward')]/a")
    ]
    after = ("#assessment.", "Next, about 10 minutes Final questions")
    assert ways == [
        ("#start.", "Previous Start of the course"),
        ("#listen", "Next, about 9 minutes When a child tells you something"),
        ("#signs", "Previous Signs of harm"),
        after if assessed else ("#end.", "Next The end of the course"),
    ]


def test_who_skips_the_rest_of_a_page_goes_to_the_next_or_to_the_end() -> None:
    (lesson, _) = sample().lessons
    first, last = (links.after(lesson, position) for position in (0, len(lesson.pages) - 1))
    assert (first.anchor, first.title) == (f"{lesson.id}.1", lesson.pages[1].title)
    assert last.anchor == f"{lesson.id}.end"


def test_duties_say_whether_law_or_guidance_asks() -> None:
    labels = [
        " ".join(label.text_content().split())
        for label in document(sample()).xpath("//*[contains(@class, 'duty')]/p")
    ]
    assert labels[:2] == ["You should Statutory guidance", "You must Law, for teachers"]


def test_references_keep_law_and_guidance_apart() -> None:
    kinds = document(sample()).xpath("//*[contains(@class, 'references')]//p[@class='kind']/text()")
    assert kinds == ["Law", "Statutory guidance"]


# Keys that are put together from a part, such as the kind of a duty or the number of a month.
BUILT = (
    "month ",
    "you ",
    "school ",
    "lesson ",
    "law ",
    "guidance",
    "statutory guidance",
    "other ",
    "browse ",
    "review ",
    "choose ",
    "length ",
)


def test_no_word_is_left_over() -> None:
    folder = Path(courseware.__file__).parent
    sources = [*folder.rglob("*.py"), *folder.glob("templates/*.html"), *folder.glob("static/*.js")]
    sources += [*folder.glob("questions/*.html"), *folder.glob("questions/*.js")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    bare = {re.sub(r" (one|other)$", "", key) for key in words() if not key.startswith(BUILT)}
    assert {key for key in bare if not re.search(f"""["'`]{re.escape(key)}["'`]""", text)} == set()


def test_no_two_scripts_have_a_name_in_common() -> None:
    """They are joined into one function: the second would quietly replace the first."""
    folder = Path(courseware.__file__).parent
    of_2004 = FORMATS["scorm2004"].script  # a course has one format's script
    scripts = [*folder.glob("static/*.js"), *folder.glob("questions/*.js"), of_2004]
    texts = [path.read_text(encoding="utf-8") for path in scripts if path.stem != "contacts"]
    names = re.findall(r"^(?:export )?(?:function|const|let|class) (\w+)", "\n".join(texts), re.MULTILINE)
    assert [name for name in names if names.count(name) > 1] == []


def test_a_course_has_only_the_kinds_that_it_asks() -> None:
    made = rendered(sample())[SCRIPT].decode()
    assert "choose all" in made
    assert "matching" not in made


@pytest.mark.parametrize(("kinds", "most"), [(("choose one", "choose all"), 19_590), (tuple(KINDS), 32_000)])
@pytest.mark.parametrize("form", ["scorm12", "scorm2004"])
def test_scripts_are_small(form: str, kinds: tuple[str, ...], most: int) -> None:
    """A course of choices has 20 kB at most with its contacts, which are 410 bytes of it."""
    assert len(gzip.compress(script(form, frozenset(kinds)).encode(), 9)) <= most


def test_contacts_name_each_slot_for_the_school() -> None:
    made = rendered(sample())[CONTACTS].decode()
    assert '"dsl": { name: "", phone: "", email: "", note: "" },' in made
    assert "// Your local authority designated officer" in made


def test_a_brand_stands_in_the_table_of_colours() -> None:
    made = rendered(replace(sample(), accent="#7A1F2B"))[STYLE].decode()
    table, rules, _ = made.partition(sheet(["choose one"]))
    assert rules
    assert "--fill: #7A1F2B" in table
    assert "#12556A" not in made
    assert rendered(sample())[STYLE].decode().startswith(tokens.css() + sheet(["choose one"]))


def test_a_style_sheet_has_the_rules_of_the_kinds_that_are_asked() -> None:
    plain, every = sheet(["choose one", "choose all"]), sheet(KINDS)
    assert RULES_OF_KINDS not in plain
    assert ".entry" not in plain
    for rule in ("\n.entry {", "\n.gaps {", "\n.moves {", " textarea) {", "[data-state=chosen] {"):
        assert rule in every
        assert rule not in plain


def test_right_to_left_languages_say_so() -> None:
    assert document(replace(sample(), language="ar")).get("dir") == "rtl"
    assert document(sample()).get("dir") == "ltr"
