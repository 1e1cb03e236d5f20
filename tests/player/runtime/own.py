"""Our own vectors, `vectors/*.json`: sessions of one SCO in order, each call with its answer and error.

A call is `[function, arguments..., result, error]`. `{"repeat", "times"}` stands for a long string, between
`before` and `after` where these are given, and `{"text", "steps"}` for a performance of that many steps of
the longest names and answers. `room` limits a session's characters.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from player.runtime import Runtime, carry, launch
from tests.player.runtime.conformance import Play

VECTORS = sorted((Path(__file__).parent / "vectors").glob("*.json"))
NAMES = [path.stem for path in VECTORS]


def load(name: str) -> dict[str, Any]:
    script: dict[str, Any] = json.loads(
        (Path(__file__).parent / "vectors" / f"{name}.json").read_text("utf-8")
    )
    for session in script["sessions"]:
        session["calls"] = [[_long(part) for part in call] for call in session["calls"]]
    return script


def disagreements(name: str, play: Play) -> list[str]:
    """Play the sessions one after the other, each with what the one before left."""
    script = load(name)
    carried: dict[str, str] = {}
    found: list[str] = []
    for number, session in enumerate(script["sessions"], 1):
        start = launch(
            script["standard"], session["given"], carried, session["stores"], room=session.get("room")
        )
        answers, snapshot = play(start, [call[:-2] for call in session["calls"]])
        for (*call, wanted, code), answer in zip(session["calls"], answers, strict=True):
            if answer != (wanted, code):
                shown = [part[:60] for part in call]
                found.append(
                    f"session {number}: {shown}: {wanted[:60]!r} {code}, not {answer[0][:60]!r} {answer[1]}"
                )
        carried = carry(Runtime(snapshot), suspended=session["suspended"])
    return found


def _long(part: Any) -> str:
    if isinstance(part, str):
        return part
    if "repeat" in part:
        return f"{part.get('before', '')}{part['repeat'] * part['times']}{part.get('after', '')}"
    steps = (f"s{number:0249d}[.]{'a' * 250}" for number in range(part["steps"]))
    return f"{part['text']}{'[,]'.join(steps)}"
