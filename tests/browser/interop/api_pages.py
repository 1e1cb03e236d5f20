"""What other people's courses say, in our words: pages that find the API as their tools do, and speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.browser.play.packages import Standard

FINDS = {
    "up to 500 parents": """
      function seek(at) {
        for (let n = 0; !at[NAME] && at.parent && at.parent !== at && n < 500; n += 1) at = at.parent;
        return at[NAME] || null;
      }
      window.api = seek(window) || (window.opener && seek(window.opener));
    """,
    "the top window": "window.api = window.top[NAME];",
    "opener before parent": """
      function seek(at) { return at[NAME] || (at.parent !== at ? seek(at.parent) : null); }
      window.api = (top.opener && seek(top.opener)) || (window.opener && seek(window.opener)) || seek(window);
    """,
}
SAYS = {
    "1.2": """
      window.start = () => api.LMSInitialize("");
      window.put = (name, value) => [api.LMSSetValue(name, value), api.LMSGetLastError()].join(" ");
      window.get = (name) => api.LMSGetValue(name);
      window.save = () => api.LMSCommit("");
      window.end = () => api.LMSFinish("");
      window.fault = () => api.LMSGetLastError();
    """,
    "2004": """
      window.start = () => api.Initialize("");
      window.put = (name, value) => [api.SetValue(name, value), api.GetLastError()].join(" ");
      window.get = (name) => api.GetValue(name);
      window.save = () => api.Commit("");
      window.end = () => api.Terminate("");
      window.fault = () => api.GetLastError();
    """,
}
NAMES = {"1.2": "API", "2004": "API_1484_11"}


def page(standard: Standard, script: str = "", body: str = "", finds: str = "up to 500 parents") -> str:
    """A page that has found the API before its own script runs."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>'
        f"<body><main><h1>A page</h1>{body}</main><script>const NAME = '{NAMES[standard]}';"
        f"{FINDS[finds]}{SAYS[standard]}{script}</script></body></html>"
    )


def bare(body: str, head: str = "") -> str:
    """A page that knows nothing of any API."""
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head>{body}</html>'


def package(
    standard: Standard, files: Mapping[str, str | bytes], pages: Sequence[str], title: str
) -> dict[str, str | bytes]:
    """The files and a manifest that launches these pages, side by side."""
    new = standard == "2004"
    home = (
        'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" '
        'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
        if new
        else 'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"'
    )
    kind = "scormType" if new else "scormtype"
    items = "".join(
        f'<item identifier="i{n}" identifierref="r{n}"><title>Part {n}</title></item>'
        for n in range(len(pages))
    )
    resources = "".join(
        f'<resource identifier="r{n}" type="webcontent" adlcp:{kind}="sco" href="{href}"/>'
        for n, href in enumerate(pages)
    )
    flow = (
        '<imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>' if new else ""
    )
    manifest = (
        f'<?xml version="1.0" encoding="utf-8"?><manifest identifier="M" {home}><metadata>'
        f"<schema>ADL SCORM</schema><schemaversion>{'2004 3rd Edition' if new else '1.2'}</schemaversion>"
        f'</metadata><organizations default="O"><organization identifier="O"><title>{title}</title>'
        f"{items}{flow}</organization></organizations><resources>{resources}</resources></manifest>"
    )
    return {"imsmanifest.xml": manifest, **files}
