"""The data that one session leaves for the next of the same SCO, and the launch of the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from player.runtime.interpreter import Launch, Runtime, Store
from player.runtime.outcome import lesson_status, times
from player.runtime.table import address_of, standard
from player.runtime.timespan import write


def launch(
    version: str,
    given: Mapping[str, str],
    carried: Mapping[str, str],
    stores: Iterable[Store] = (),
    *,
    room: int | None = None,
) -> Launch:
    """Make a session's launch: `given` comes from the learner, the package and tracking, `carried` from the
    session before.

    `room` limits the session's characters where the registration has fewer left than a session may hold.
    """
    standard(version)
    values = {**given, **carried}
    start: Launch = {"standard": version, "values": values, "stores": list(stores), "state": "new"}
    return start if room is None else {**start, "room": room}


def carry(runtime: Runtime, *, suspended: bool) -> dict[str, str]:
    """Return the values that the SCO's next session starts with. With `suspended` the LMS suspends the
    session, whatever the SCO has set.

    SCORM 2004 keeps a suspended attempt's data and forgets an ended one's (RTE 4.2.8). SCORM 1.2 has no
    attempts and keeps all; its exit decides only the next entry. The caller keeps the stores: they outlive
    attempts by rules of their own.
    """
    if runtime.standard.name == "1.2":
        return _carry_12(runtime)
    if not (suspended or runtime.get("cmi.exit") == "suspend"):
        return {}
    return _kept(runtime) | {"cmi.entry": "resume"}


def reopened(runtime: Runtime) -> Launch:
    """Make the launch of a SCO that terminated without a request and initializes again in the same session.

    A window that is opened again does so, and a SCO whose every page initializes and terminates. Everything
    is kept but the values that said how the SCO ended.
    """
    roles = runtime.standard.roles
    values = {name: value for name, value in runtime.snapshot()["values"].items() if not _ends(runtime, name)}
    again = {roles["total_time"]: write(runtime.standard.name, times(runtime)[1]), roles["entry"]: "resume"}
    return {**runtime.snapshot(), "values": values | again, "state": "new"}


def _ends(runtime: Runtime, name: str) -> bool:
    address = address_of(runtime.standard, name)
    return address is not None and address.element.transient


def _kept(runtime: Runtime) -> dict[str, str]:
    total = write(runtime.standard.name, times(runtime)[1])
    lasting = {name: value for name, value in runtime.values.items() if _lasts(runtime, name)}
    return lasting | {runtime.standard.roles["total_time"]: total}


def _lasts(runtime: Runtime, name: str) -> bool:
    address = address_of(runtime.standard, name)
    return address is not None and address.element.access in ("rw", "wo") and not address.element.transient


def _carry_12(runtime: Runtime) -> dict[str, str]:
    roles = runtime.standard.roles
    resume = runtime.get(roles["exit"]) == "suspend"
    kept = _kept(runtime) | {roles["entry"]: "resume" if resume else ""}
    status = lesson_status(runtime)
    return kept if status == "not attempted" else kept | {roles["status"]: status}
