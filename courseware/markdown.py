"""Markdown -> HTML that needs no cleaning, because `problems` refuses what would, with its place.

CommonMark escapes all but raw HTML, links and pictures. `problems` finds those, so `html` may trust the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

import pyromark

from courseware.errors import Problem
from courseware.yaml12.nodes import SourceText

CITATION = re.compile(r"\[\[\s*([^\[\]\s][^\[\]]*?)\s*\]\]")
UNFINISHED = re.compile(r"\[\[(?:\s*\]\]|[^\[\]]*(?:\](?!\])|\[|\Z|\n[^\S\n]*\n))")
FOR_SOME = re.compile(r"\s*,\s*(?:only|from|until)\s")
CODE = re.compile(r"(<code.*?</code>)", re.DOTALL)
WORDS = re.compile(r"[“‘\"']?[^\W\d_][^\r\n\\`*_\[\]<>&|~=/]*")
CODE_MARKS = ("`", "~~~", "    ", "\t")
TAG = re.compile("<[^>]*>")
OPENING = re.compile(r"(?:<[^/][^>]*>|\()\Z")
VISIBLE = re.compile(r"\S")
OUTSIDE_LINK = re.compile(r'<a href="(?=https?:)')
UNDERLINE = re.compile(r"\n[> \t*+0-9.)]*[-=]+[ \t]*$", re.MULTILINE)  # makes a heading of the line above
# A line may end before a date's year, and not between its day and its month.
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(rf"\b([0-9]{{1,2}}) (?=(?:{MONTHS})\b)")
UNBROKEN = "\\1\u00a0"
SPACES = " \t"
SCHEMES = ("https:", "http:", "mailto:", "tel:")
Span = tuple[int, int]  # of the UTF-8 bytes
Cite = Callable[[Sequence[str]], str]  # ("kcsie p1",) -> the HTML that stands in its place


def no_citation(_: Sequence[str]) -> str:
    return ""


def html(words: str, cite: Cite = no_citation) -> str:
    """Paragraphs and lists. `cite` gives the words for each `[[reference]]`, or for several that follow each
    other."""
    made = uncited(words)
    if "[[" in made:
        pieces = CODE.split(made) if "<code" in made else [made]
        pieces[::2] = [with_citations(piece, cite) for piece in pieces[::2]]
        made = "".join(pieces)
    return made


@lru_cache(maxsize=4096)
def uncited(words: str) -> str:
    """The HTML before its citations are numbered. Cached: variants share most texts."""
    made = f"<p>{words.rstrip(SPACES)}</p>" if is_words(words) else rendered(words).rstrip("\n")
    made = DAY.sub(UNBROKEN, made)
    if "<a " in made:  # a course runs in a frame, and a page that opened there would replace it
        made = OUTSIDE_LINK.sub('<a target="_blank" rel="noopener" href="', made)
    return made


def inline(words: str, cite: Cite = no_citation) -> str:
    """The same without the paragraph around it, where there is only one."""
    made = html(words, cite)
    one = made.startswith("<p>") and made.endswith("</p>") and made.count("<p>") == 1
    return made[3:-4] if one else made


def with_citations(piece: str, cite: Cite) -> str:
    said, *cited = CITATION.split(piece)  # text, reference, text, reference, …
    together: list[str] = []
    for reference, after in zip(cited[::2], cited[1::2], strict=True):
        together.append(" ".join(unescape(reference).split()))
        if after.strip() or after is cited[-1]:
            words = cite(together)
            before = said.rstrip() or said
            space = " " if words and before.strip() and not OPENING.search(before) else ""
            said, together = f"{before}{space}{words}{after}", []
    return said


def has_any(signs: Iterable[str], words: str) -> bool:
    """Signs are looked for one by one, which is faster than one pattern."""
    return any(map(words.__contains__, signs))


# Cached: the rules ask first, the plan asks again.
rendered = lru_cache(maxsize=4096)(pyromark.html)


@lru_cache(maxsize=4096)
def is_words(words: str) -> bool:
    """True for one line without any sign that could be Markdown. Most texts are such lines."""
    return WORDS.fullmatch(words) is not None and "www." not in words


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """The text without markup and without citations."""
    said = words if is_words(words) else "".join(text_events(with_citations(words, no_citation)))
    return " ".join(said.split())


def rendered_text(words: str) -> str:
    """The text without markup; citations and white space stay as typed."""
    return unescape(TAG.sub("", rendered(words)))


def text_events(words: str) -> Iterator[str]:
    for event in pyromark.events(words):
        match event:
            case {"Text": text} | {"Code": text}:
                yield str(text)
            case "SoftBreak" | "HardBreak" | {"End": "Paragraph" | "Item"}:
                yield " "


def visible_text(words: str) -> str:
    """The text at its own offsets, with U+0000 over marks that Markdown takes, code and links."""
    return with_hidden(words, mark_spans(words))


def without_code(words: str) -> str:
    """The text at its own offsets, with U+0000 over its code."""
    return with_hidden(words, code_spans(words)) if has_any(CODE_MARKS, words) else words


def with_hidden(words: str, spans: Iterable[Span]) -> str:
    encoded, pieces, here = words.encode(), [], 0
    for start, end in spans:
        pieces += [encoded[here:start].decode(), VISIBLE.sub("\0", encoded[start:end].decode())]
        here = end
    return "".join((*pieces, encoded[here:].decode()))


def mark_spans(words: str) -> Iterator[Span]:
    """The spans between the texts that a reader sees."""
    encoded, here, within = words.encode(), 0, 0
    for event, span in pyromark.events_with_range(words):
        match event:
            case {"Start": {"CodeBlock": _} | {"Link": _}}:
                within += 1
            case {"End": "CodeBlock" | "Link"}:
                within -= 1
            case {"Text": _} if not within:
                start = span["start"]
                escaped = encoded[start - 1 : start] == b"\\" and encoded[start] < 128
                yield here, start + escaped
                here = span["end"]
    yield here, len(encoded)


def code_spans(words: str) -> Iterator[Span]:
    for event, span in pyromark.events_with_range(words):
        match event:
            case {"Code": _} | {"Start": {"CodeBlock": _}}:
                yield span["start"], span["end"]


def indented_code(words: str) -> Iterator[int]:
    """The offsets at which code begins by indentation alone."""
    for event, span in pyromark.events_with_range(words):
        if event == {"Start": {"CodeBlock": "Indented"}}:
            yield character_offset(words.encode(), span["start"])


def citations(words: str) -> tuple[tuple[str, int], ...]:
    """Each reference as the author cites it, with its offset; without “, only in wales” and the like."""
    return found_citations(words) if "[[" in words else ()


@lru_cache(maxsize=4096)
def found_citations(words: str) -> tuple[tuple[str, int], ...]:
    """Cached: each variant asks again."""
    found = CITATION.finditer(without_code(words))
    return tuple((" ".join(FOR_SOME.split(one[1])[0].split()), one.start()) for one in found)


def is_plain(words: str) -> bool:
    """True where `problems` would find nothing, so that it need not parse. Most texts are such."""
    if "<" in words or "#" in words or ("[" in words and not only_cites(words)):
        return False
    return "\n" not in words or not UNDERLINE.search(words)


def only_cites(words: str) -> bool:
    """True where each bracket belongs to a citation, and no citation to a link."""
    return not UNFINISHED.search(words) and "]](" not in words and "[" not in CITATION.sub("", words)


def problems(words: SourceText) -> Iterator[Problem]:
    """Constructs of Markdown that a course does not take, each at its own place."""
    if is_plain(words):
        return
    encoded = words.encode()
    reported_tags: set[str] = set()  # the end of a tag is not reported beside its beginning
    for event, span in pyromark.events_with_range(words):
        if "Start" not in event and "InlineHtml" not in event:
            continue
        source = encoded[span["start"] : span["end"]].decode()
        tag = source.lstrip("</").split(">")[0]
        reason = refusal(event, source)
        if reason and not (source.startswith("</") and tag in reported_tags):
            yield Problem(words.place_of(character_offset(encoded, span["start"])), *reason)
        reported_tags.add(tag)
    for label, definition in pyromark.reference_definitions(words).items():
        place = words.place_of(character_offset(encoded, definition["span"]["start"]))
        yield Problem(place, f"“[{label}]:” at the start of a line makes a hidden link", LINK)
    for match in UNFINISHED.finditer(without_code(words)):
        message = "a citation is not finished here"
        yield Problem(words.place_of(match.start()), message, "write it like “[[kcsie p1]]”")


HEADING = "begin a page with “page:” instead; put “\\” before “#”, and an empty line above a line of dashes"
LINK = "write the link where it belongs: “[its words](https://…)”"


def character_offset(encoded: bytes, offset: int) -> int:
    """The offset in characters: pyromark counts bytes."""
    return len(encoded[:offset].decode())


def refusal(event: Any, source: str) -> tuple[str, str] | None:
    match event:
        case {"Start": "HtmlBlock"} | {"InlineHtml": _}:
            shown = source.strip().split("\n")[0][:30]
            return f"HTML (“{shown}”) is not taken in text", "use Markdown; for a sign, write “\\<”"
        case {"Start": {"Heading": _}}:
            return "a heading stands inside text", HEADING
        case {"Start": {"Image": _}}:
            return "a picture stands inside text", "give it a block of its own: “image: file” with “alt:”"
        case {"Start": {"Link": _}} if "[[" in source:
            return "a citation stands inside a link", "put it behind: “[its words](https://…) [[kcsie p1]]”"
        case {"Start": {"Link": {"link_type": kind, "dest_url": url}}} if kind != "Email":
            if not url.lower().startswith(SCHEMES):
                return f"the link to “{url}” leads nowhere", address_hint(url)
    return None


def address_hint(url: str) -> str:
    """The hint for an address without its beginning."""
    if ":" not in url and "@" in url:
        return f"write “mailto:{url}”"
    if url.lower().startswith("www."):
        return f"write “https://{url}”"
    return "links begin with “https://”, “mailto:” or “tel:”"
