"""Small packages as anybody might have made them, zipped by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

Standard = Literal["1.2", "2004"]

QUIET = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A part</title></head>
<body><main><h1>A part</h1><p>Something to read.</p><button>A button</button></main>
<script>
for (let at = window; !window.api; at = at.parent) {
  window.api = at.API_1484_11 || at.API;
  if (at === at.parent) break;
}
</script>%s</body></html>"""

LAST_WORDS_12 = """<script>
api.LMSInitialize("");
window.onunload = () => {
  api.LMSSetValue("cmi.core.lesson_location", "unloaded");
  api.LMSSetValue("cmi.suspend_data", window.last || "");
  api.LMSFinish("");
};
</script>"""

LAST_WORDS_2004 = """<script>
api.Initialize("");
window.onunload = () => {
  api.SetValue("cmi.location", "unloaded");
  if (window.last) api.SetValue("cmi.suspend_data", window.last);
  if (window.wish) api.SetValue("adl.nav.request", window.wish);
  api.SetValue("cmi.exit", "suspend");
  api.Terminate("");
};
</script>"""

BEFORE_UNLOAD = """<script>
api.LMSInitialize("");
addEventListener("beforeunload", () => {
  api.LMSSetValue("cmi.core.lesson_location", "warned");
  api.LMSFinish("");
});
</script>"""

ASSET = """<!doctype html><html lang="en"><head><title>An asset</title></head>
<body><main><h1>An asset</h1></main></body></html>"""


@dataclass(frozen=True)
class Part:
    """An item and its page."""

    item: str
    title: str = "A part"
    html: str = QUIET % ""
    asset: bool = False
    sequencing: str = ""


def talker(standard: Standard) -> str:
    """A page that saves only in `unload`, as many old SCOs do."""
    return QUIET % (LAST_WORDS_12 if standard == "1.2" else LAST_WORDS_2004)


def package(path: Path, standard: Standard, parts: Sequence[Part], title: str = "A course") -> Path:
    """A package with its parts side by side, free choice and flow between them."""
    manifest = _manifest(standard, parts, title)
    pages = {f"{part.item}.html": part.html for part in parts}
    return zipped(path, {"imsmanifest.xml": manifest, **pages})


def zipped(path: Path, files: Mapping[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def _manifest(standard: Standard, parts: Sequence[Part], title: str) -> str:
    new = standard == "2004"
    cp = "imscp_v1p1" if new else "imscp_rootv1p1p2"
    home = "http://www.imsglobal.org/xsd/" if new else "http://www.imsproject.org/xsd/"
    adl = "http://www.adlnet.org/xsd/" + ("adlcp_v1p3" if new else "adlcp_rootv1p2")
    kind = "scormType" if new else "scormtype"
    flow = (
        '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>' if new else ""
    )
    items = "".join(_item(part) for part in parts)
    resources = "".join(
        f"<resource identifier={quoteattr('r-' + part.item)} type='webcontent' "
        f"adlcp:{kind}='{'asset' if part.asset else 'sco'}' href={quoteattr(part.item + '.html')}>"
        f"<file href={quoteattr(part.item + '.html')}/></resource>"
        for part in parts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<manifest identifier="m" xmlns="{home}{cp}" xmlns:adlcp="{adl}"'
        + (' xmlns:imsss="http://www.imsglobal.org/xsd/imsss"' if new else "")
        + f"><metadata><schema>ADL SCORM</schema><schemaversion>{'2004 4th Edition' if new else '1.2'}"
        f'</schemaversion></metadata><organizations default="o"><organization identifier="o">'
        f"<title>{escape(title)}</title>{items}{flow}</organization></organizations>"
        f"<resources>{resources}</resources></manifest>"
    )


def _item(part: Part) -> str:
    return (
        f"<item identifier={quoteattr(part.item)} identifierref={quoteattr('r-' + part.item)}>"
        f"<title>{escape(part.title)}</title>{part.sequencing}</item>"
    )
