"""Text of any kind in every free field: each address of the site and of play answers, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import Column, String, select, update
from werkzeug.test import TestResponse

from player.records import tables
from player.records.columns import table
from player.records.tables import Base
from player.web.responses import UNFIT
from tests.player.lms import OPEN, Browser, go, put
from tests.player.web.sample import Sample
from tests.player.web.site_user import EVERYBODY, TOKEN, SiteUser, addresses

HELD = "\u202e\u2066\u0000\x1b\x85\ufffe<b>&\u200f"  # what a text column may hold
ANY = HELD + "\ud800 \udc00"  # what a SCO may say
LONG = "w " * 32_000
FORM_OF_ITS_OWN = {  # columns whose words are ours
    *("role", "state", "cause", "outcome", "standard", "edition", "status"),
    *("completion_status", "success_status", "password_hash", "email"),
    *("key", "digest", "page", "item", "session_id", "snapshot"),
    *("package", "tree", "stores", "launch", "values", "elements", "draws", "calls", "notes"),
    *("objectives", "awarded", "present", "earlier"),
    *("access", "time_zone", "anchor", "fixed", "renewed_by", "payload", "claim"),
    *("link", "reply_to"),  # of an e-mail; its text, subject and names are anybody's
    *("kind", "training"),  # the second is empty where the evidence is of a course
}
FORM = "application/x-www-form-urlencoded"
FIELD = re.compile(r'<(?:input|select|textarea)[^>]* name="([^"]+)"')
ASKED = {"fire-safety": "sam fire-safety", "managing-allegations": "sam managing-allegations"}


def test_every_address_answers_whatever_people_and_courses_say(own_app: Flask, own_sample: Sample) -> None:
    users = [SiteUser(own_app, who) for who in ("alex", "sam")]
    play = _say_anything(own_sample)
    _write_anything(own_sample)
    fields = set()
    for user in users:
        for address in _gets(own_app, own_sample):
            reply = user.get(address)
            assert reply.status_code in (200, 303, 403, 404), address
            fields |= set(FIELD.findall(_legible(reply, address)))
    assert {"name", "email"} <= fields
    for method, url in play:
        _legible(own_app.test_client().open(url, method=method, data='{"page": "p"}'), url)
    tokens = [TOKEN.search(user.get("/account").text) for user in users]
    for user, token in zip(users, tokens, strict=True):
        assert token
        _send_anything(own_app, own_sample, user, {**dict.fromkeys(fields, ""), "csrf_token": token[1]})


def _gets(app: Flask, sample: Sample) -> Iterator[str]:
    """Each page for the records of a course of either standard."""
    known = sample.registrations["sam fire-safety"]
    own = [
        str(rule)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint in EVERYBODY
    ]
    for course, record in ASKED.items():
        for _, method, address in addresses(app, sample):
            if method == "GET" and (course == "fire-safety" or "fire-safety" in address or known in address):
                yield address.replace("fire-safety", course).replace(known, sample.registrations[record])
    yield from ["/", "/sign-in", *own]


def _legible(reply: TestResponse, address: str) -> str:
    """Its text, which any browser, spreadsheet and program reads."""
    assert reply.status_code < 500, address
    text = reply.get_data().decode("utf-8")
    assert not UNFIT.search(text), address
    if reply.mimetype == "text/csv":
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len({len(row) for row in rows}) == 1, address
    if reply.mimetype == "application/json":
        json.loads(text)
    return text


def _send_anything(app: Flask, sample: Sample, user: SiteUser, form: dict[str, str]) -> None:
    """Every form, each of its fields with text of any kind."""
    for text, wanted in ((HELD.replace("\0", "") + LONG, range(500)), (HELD, (303, 400, 403, 404))):
        anything = urlencode({**dict.fromkeys(form, text), "csrf_token": form["csrf_token"]})
        for _, method, address in addresses(app, sample):
            if method == "POST":
                reply = user.client.post(address, data=anything, content_type=FORM)
                assert reply.status_code in wanted, address
                _legible(reply, address)


def _say_anything(sample: Sample) -> list[tuple[str, str]]:
    """A SCO of either standard says it, and once more when it has been taken over; two addresses of play."""
    lms = sample.lms
    for course, said in (("fire-safety", _said_2004()), ("managing-allegations", _said_12())):
        tab = lms.open(course, "sam")
        tab.deliver()
        tab.send(OPEN, *said)
        _keep_what_was_said(tab, said)
        early = tab.session
        lms.after(minutes=5)
        later = lms.open(course, "sam")
        later.deliver()
        later.send(OPEN, go("choice", ANY))
        tab.send(*said, put(ANY, LONG), session=early, number=2)
    for record in lms.records(learner="sam"):
        sample.registrations[f"sam {record['course']}"] = record["registration"]
    address = lms.link("fire-safety", "sam")
    return [("GET", address), ("POST", f"{address}deliver")]


def _keep_what_was_said(tab: Browser, said: list[list[str]]) -> None:
    """Every call is applied, and the records tell it as it was."""
    record = json.dumps(tab.lms.records(learner="sam"))
    told = [each for attempt in json.loads(record) for each in attempt["attempts"][-1]["activities"]]
    responses = [i["learner_response"] for activity in told for i in activity["interactions"]]
    for _, element, value in said:
        if element.endswith(("learner_response", "student_response")):
            assert value.removeprefix("{lang=en}") in responses, element


def _said_2004() -> list[list[str]]:
    short = "q\ud800"
    responses = {
        "true-false": "true",
        "choice": f"{short}[,]r",
        "fill-in": f"{{lang=en}}{ANY}[,]{ANY}",
        "long-fill-in": f"{ANY}{LONG}",
        "matching": f"{short}[.]r",
        "performance": f"{short}[.]{ANY}",
        "sequencing": f"{short}[,]{short}",
        "likert": short,
        "numeric": "9" * 40,
        "other": f"{ANY}{LONG}",
    }
    patterns = {**responses, "numeric": f"[:]{'9' * 40}"}
    calls = []
    for at, (kind, response) in enumerate(responses.items()):
        name = f"cmi.interactions.{at}"
        calls += [
            put(f"{name}.id", f"{short} {'i' * 8000}"),
            put(f"{name}.type", kind),
            put(f"{name}.description", f"{ANY}{'d' * 4000}"),
            put(f"{name}.learner_response", response),
            put(f"{name}.correct_responses.0.pattern", patterns[kind]),
            put(f"{name}.objectives.0.id", short),
            put(f"{name}.latency", "P999999999Y"),
            put(f"{name}.weighting", "9" * 40),
            put(f"{name}.result", f"-{'9' * 40}"),
            put(f"{name}.timestamp", "1970"),
        ]
    return [
        *calls,
        put("cmi.objectives.0.id", short),
        put("cmi.objectives.0.description", ANY),
        put("cmi.comments_from_learner.0.comment", f"{ANY}{LONG}"),
        put("cmi.comments_from_learner.0.location", ANY),
        put("cmi.location", f"{ANY}{LONG}"),
        put("cmi.suspend_data", f"{ANY}{LONG}"),
        put("cmi.score.raw", "9" * 40),
        put("cmi.score.max", f"-{'9' * 40}"),
        put("cmi.session_time", f"P{'9' * 90}Y"),
    ]


def _said_12() -> list[list[str]]:
    name = "cmi.interactions.0"
    return [
        put(f"{name}.id", "i" * 4000),
        put(f"{name}.type", "fill-in"),
        put(f"{name}.student_response", f"{ANY}{LONG[:60_000]}"),
        put(f"{name}.correct_responses.0.pattern", f"{ANY}{LONG[:60_000]}"),
        put(f"{name}.result", "9" * 40),
        put(f"{name}.latency", "9999:99:99.99"),
        put("cmi.core.lesson_location", f"{ANY}{LONG[:4000]}"),
        put("cmi.comments", f"{ANY}{LONG[:60_000]}"),
        put("cmi.core.session_time", "9999:99:99.99"),
    ]


def _write_anything(sample: Sample) -> None:
    """Every text column that no rule of ours fills, and every title of a package."""
    with sample.lms.database.writing() as tx:
        for each in Base.metadata.sorted_tables:
            if each.name == "audit":  # only added to; what is written below comes into it
                continue
            for column in [column for column in each.columns if _is_free(column)]:
                keys = list(each.primary_key)
                for number, row in enumerate(tx.execute(select(*keys)).all()):
                    here = [key == value for key, value in zip(keys, row, strict=True)]
                    text = f"{HELD}{number} {LONG}"
                    tx.execute(update(each).where(*here).values({column.name: text}))
        versions = table(tables.VersionRow)
        for number, package in tx.execute(select(versions.c.id, versions.c.package)).all():
            titled = re.sub(r'"title":"[^"]*"', lambda _: f'"title":{json.dumps(HELD + LONG)}', package)
            assert titled != package
            tx.execute(update(versions).where(versions.c.id == number).values(package=titled))
    sample.lms.restart()


def _is_free(column: Column[object]) -> bool:
    is_text = isinstance(column.type, String) and not column.primary_key and not column.foreign_keys
    return is_text and column.name not in FORM_OF_ITS_OWN
