"""A browser and its machine in plain words, told from what it says of itself."""

from __future__ import annotations

# The first that is found counts: most browsers name the ones that they want to be taken for as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
MACHINES = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "an Android device",
    "CrOS": "a Chromebook",
    "Windows": "Windows",
    "Macintosh": "a Mac",  # an iPad that asks for pages as on a computer says so too
    "Linux": "Linux",
}


def described(user_agent: str) -> str:
    """“Chrome on Windows”; what is not known is left out."""
    browser = _first(BROWSERS, user_agent) or "A browser"
    machine = _first(MACHINES, user_agent)
    return f"{browser} on {machine}" if machine else browser


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
