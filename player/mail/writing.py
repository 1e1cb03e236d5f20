"""E-mails from templates: one set of words, written once as plain text and once as HTML."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

WIDTH = 72
_LOADER = PackageLoader("player.mail")


@dataclass(frozen=True, slots=True)
class Written:
    """The words of an e-mail."""

    subject: str
    text: str
    html: str


def write(kind: str, **words: Any) -> Written:
    """Fill in the template of a kind."""
    plain = _TEXT.get_template(f"{kind}.j2").make_module(words)
    subject = " ".join(str(plain.subject()).split())  # type: ignore[attr-defined]
    text = str(plain.body(_TEXT.get_template("text.j2").module))  # type: ignore[attr-defined]
    styled = _HTML.get_template(f"{kind}.j2").make_module(words)
    body = styled.body(_HTML.get_template("html.j2").module)  # type: ignore[attr-defined]
    html = _HTML.get_template("page.html").render(subject=subject, body=Markup(body))  # noqa: S704
    return Written(subject, re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html)


def _flow(text: str) -> str:
    """A paragraph in lines; an address is never broken."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


_TEXT = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=False)  # noqa: S701 - plain text
_HTML = Environment(loader=_LOADER, undefined=StrictUndefined, autoescape=True)
_TEXT.filters["flow"] = _flow
