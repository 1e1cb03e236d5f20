"""What a school's manager sees: sentences, filters, every answer, and exports that say the same."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from courseware.build import build
from player.importing import import_package
from player.lists.external_training import TrainingRow
from player.records import evidence, teams
from player.school import external
from player.school.actor import COMMAND
from player.web.context import DATABASE
from tests.courseware.authoring import Author
from tests.player import staff
from tests.player.lms import CLOSE, OPEN, go, put
from tests.player.shared import sharing
from tests.player.web.sample import Sample, member_of
from tests.player.web.site_user import SiteUser


@contextmanager
def counted(engine: Engine, part: str) -> Iterator[list[str]]:
    """The statements with this part that a database is asked meanwhile."""
    asked = list[str]()

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if part in " ".join(statement.split()):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield asked
    event.remove(engine, "before_cursor_execute", hear)


@pytest.fixture
def priya(app: Flask) -> SiteUser:
    return SiteUser(app, "priya")


def _csv(user: SiteUser, path: str) -> list[dict[str, str]]:
    reply = user.get(path)
    assert reply.status_code == 200
    return list(csv.DictReader(io.StringIO(reply.get_data().decode("utf-8-sig"), newline="")))


def test_the_school_in_a_sentence(priya: SiteUser, sample: Sample) -> None:
    page = priya.words(f"/schools/{sample.north}/people")
    assert "0 of 1 person is in date in everything that is required of them" in page
    assert "Optional courses are not counted. 3 people have nothing that is required." in page
    assert "Ben Gone" not in page
    assert "4 of 4 shown. People who have left are not counted." in page


def test_a_record_says_why_a_part_was_skipped_or_refused(own_app: Flask, own_sample: Sample) -> None:
    lms = own_sample.lms
    lms.add(sharing("First Aid", "rw", "r", "", skipped=True), name="aid.zip")
    tab = lms.open("first-aid", "sam")
    tab.deliver()
    tab.send(OPEN, put("cmi.success_status", "passed"), put("cmi.nowhere", "1"), CLOSE, go("continue"))
    tab.send(OPEN, CLOSE, go("choice", "no-such"))
    registration = lms.record(learner="sam", course="first-aid")["registration"]
    page = SiteUser(own_app, "priya").words(f"/schools/{own_sample.north}/records/{registration}")
    assert "Why the course moved on: 3 notes" in page
    assert "“Part 2” is skipped because it is passed." in page
    assert "The course’s call SetValue(cmi.nowhere, 1) could not be applied: error 401." in page
    assert "The choice of another part was refused: There is no activity “no-such”. (NB.2.1-11)" in page


def test_a_pre_test_stands_apart_and_says_what_it_spares(
    own_app: Flask, own_sample: Sample, tmp_path: Path
) -> None:
    lms = own_sample.lms
    author = Author.at_work_on("gate-duty", tmp_path)
    author.change("course/course.yaml", "tries: 3", "tries: 3, pre-test: {watch: 1}")
    (built,) = build([author.course], author.options(formats=("scorm2004",)))
    (package,) = built.packages
    import_package(lms.database, lms.settings.packages, package, lms.now)
    tab = lms.open("gate-duty", "sam")
    tab.deliver()
    told = [
        ("objectives.1.id", "at-the-gate"), ("objectives.2.id", "pre-test_watch"),
        ("objectives.2.success_status", "passed"), ("interactions.0.id", "pre-test_where"),
        ("interactions.0.type", "choice"), ("interactions.0.learner_response", "a"),
        ("interactions.0.result", "correct"),
    ]  # fmt: skip
    tab.send(OPEN, *(put(f"cmi.{element}", value) for element, value in told))
    registration = lms.record(learner="sam", course="gate-duty")["registration"]
    page = SiteUser(own_app, "priya").words(f"/schools/{own_sample.north}/records/{registration}")
    assert "Pre-test 1 of 1 answer right." in page
    assert "the lessons are spared: Watch a gate without turning your back." in page
    assert "Final questions" not in page
    course = SiteUser(own_app, "sam").words("/training/gate-duty")
    assert "1 of 2 lessons done, 1 of them known already" in course.replace("\u00a0", " ")


def test_one_course_in_a_sentence(priya: SiteUser, sample: Sample) -> None:
    page = priya.words(f"/schools/{sample.north}/people?course=fire-safety")
    assert "1 of 3 people has completed Fire Safety" in page
    assert "Cleo" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("course=fire-safety&status=completed", {"Sam Okafor"}),
        ("course=fire-safety&status=not-passed", {"Ada Byron-Whitefield"}),
        ("status=none", {"Cleo Specimen", "Sam Okafor", "Priya Nair"}),
        ("status=unfinished", {"Ada Byron-Whitefield"}),
        ("course=fire-safety&status=unfinished", {"Ada Byron-Whitefield", "Priya Nair"}),
        ("q=SAM+okafor", {"Sam Okafor"}),
        ("q=ada@example", {"Ada Byron-Whitefield"}),
        ("left=yes", {"Ben Gone"}),
        ("q=%25", set()),
        ("course=no-such", set()),
        ("status=no-such", set()),
        ("page=7", set()),
        ("page=-1&q=sam", {"Sam Okafor"}),
        ("page=x&q=sam", {"Sam Okafor"}),
    ],
)
def test_filters(priya: SiteUser, sample: Sample, query: str, names: set[str]) -> None:
    page = priya.get(f"/schools/{sample.north}/people?{query}").text
    table = page[page.index("<table") :] if "<table" in page else ""
    everybody = {"Sam Okafor", "Ada Byron-Whitefield", "Cleo Specimen", "Priya Nair", "Ben Gone"}
    assert {name for name in everybody if f">{name}</a>" in table} == names


def test_a_team(priya: SiteUser, sample: Sample) -> None:
    page = priya.words(f"/schools/{sample.north}/people?team={sample.teams['office']}")
    assert "1 of 1 shown" in page
    assert " Office 0 of 1 person is in date" in page
    assert "Not in date 1 " in page


def test_a_course_that_nobody_takes_matches_nobody(priya: SiteUser, sample: Sample) -> None:
    assert "Nobody matches" in priya.words(f"/schools/{sample.north}/people?course=no-such")


def test_nobody_matches(priya: SiteUser, sample: Sample) -> None:
    assert "Nobody matches. Clear the filters." in priya.words(f"/schools/{sample.north}/people?q=zzz")


def test_a_persons_record(priya: SiteUser, sample: Sample) -> None:
    page = priya.words(f"/schools/{sample.north}/people/{sample.people['sam']}")
    assert "Fire Safety Assigned on 24 November 2026. 10 minutes in all. Completed" in page
    assert "Managing Allegations Assigned on 24 November 2026. Not started" in page
    assert "1 of 4 parts done" in page
    assert page.count("Assigned on") == 3, "nobody else's courses"
    page = priya.words(f"/schools/{sample.north}/people/{sample.people['ada']}")
    assert "Not passed yet 1 of 2 (50%) so far" in page


def test_what_was_completed_elsewhere_is_on_the_record_and_on_ones_own_page(
    own_app: Flask, own_sample: Sample
) -> None:
    """Other training too, which is no course here. Of what is void only managers read, with the reason."""
    lms, sam = own_sample.lms, own_sample.people["sam"]
    rows = [
        TrainingRow(0, sam, "", "First aid", date(2025, 6, 30), "St John, level 3"),
        TrainingRow(1, sam, "asbestos", "", date(2025, 5, 1), ""),
        TrainingRow(2, sam, "", "Food hygiene", date(2025, 4, 1), ""),
    ]
    with lms.database.writing() as tx:
        external.add(tx, COMMAND, lms.now, own_sample.north, rows, "external.csv")
        wrong = next(
            row for row in evidence.external_of(tx, own_sample.north) if row.training == "Food hygiene"
        )
        external.void(tx, COMMAND, lms.now, wrong.id, "Another Sam")
    said = "Completed elsewhere First aid, 30 June 2025, St John, level 3 Asbestos, 1 May 2025"
    record = SiteUser(own_app, "priya").words(f"/schools/{own_sample.north}/people/{sam}")
    assert f"{said} Food hygiene, 1 April 2025 No longer counts: Another Sam" in record
    own = SiteUser(own_app, "sam").words("/training")
    assert said in own
    assert "Food hygiene" not in own
    assert "Completed elsewhere" not in SiteUser(own_app, "olu").words(
        f"/schools/{own_sample.south}/people/{own_sample.people['zed']}"
    )


def test_every_answer(priya: SiteUser, sample: Sample) -> None:
    page = priya.words(f"/schools/{sample.north}/records/{sample.registrations['ada fire-safety']}")
    assert "Not passed yet, best result 1 of 2 (50%)." in page
    assert "Who calls 999? whoever sees it The same Right" in page
    assert "Where do you meet? car park field Not right" in page
    assert "after 12 seconds" in page
    assert "Started 24 November 2026, 09:" in page, "on paper there is no today"
    assert "As at 24 November 2026." in page


def test_what_came_too_late_is_shown_and_not_counted(priya: SiteUser, sample: Sample) -> None:
    page = priya.words(f"/schools/{sample.north}/records/{sample.registrations['sam asbestos']}")
    assert "Not counted" in page
    assert "SetValue cmi.location = late" in page


def test_courses_of_the_school(priya: SiteUser, sample: Sample) -> None:
    page = priya.words(f"/schools/{sample.north}/courses")
    assert "Fire Safety 1 of 3 people has completed it, 1 not passed yet, 1 not started." in page


def test_the_export_says_what_the_page_says(priya: SiteUser, sample: Sample) -> None:
    rows = _csv(priya, f"/schools/{sample.north}/people.csv?course=fire-safety")
    assert {row["Name"]: row["Status"] for row in rows} == {
        "Sam Okafor": "Completed",
        "Ada Byron-Whitefield": "Not passed yet",
        "Priya Nair": "Not started",
    }
    (sam,) = _csv(priya, f"/schools/{sample.north}/people.csv?course=fire-safety&status=completed")
    assert (sam["Score"], sam["Percent"], sam["Completed"]) == ("2 of 2", "100", "2026-11-24 09:10")
    assert (sam["E-mail"], sam["Staff id"], sam["Started"]) == ("sam@example.org", "sam", "2026-11-24 09:00")
    assert (sam["Minutes"], sam["Times started"]) == ("10.0", "1")
    assert {row["Name"]: row["Teams"] for row in rows}["Ada Byron-Whitefield"] == "Office"


def test_the_export_of_answers(
    app: Flask, priya: SiteUser, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads the activities of all who answered in one query, where they are not very many."""
    rows = _csv(priya, f"/schools/{sample.north}/courses/fire-safety/answers.csv")
    with counted(app.extensions[DATABASE].engine, "FROM activity") as asked:
        priya.get(f"/schools/{sample.north}/courses/fire-safety/answers.csv")
        assert len(asked) == 1
        monkeypatch.setattr("player.web.manager.SLICE", 1)
        assert _csv(priya, f"/schools/{sample.north}/courses/fire-safety/answers.csv") == rows
        assert len(asked) > 2
    assert [
        (row["Name"], row["Answer"], row["Result"]) for row in rows if row["Question"] == "Where do you meet?"
    ] == [
        ("Ada Byron-Whitefield", "car park", "Not right"),
        ("Sam Okafor", "field", "Right"),
    ]
    assert {row["Answered"] for row in rows} == {"2026-11-24 09:10"}
    assert _csv(priya, f"/schools/{sample.north}/courses/asbestos/answers.csv") == []
    assert priya.get(f"/schools/{sample.north}/courses/no-such/answers.csv").status_code == 404


def test_the_provider_sees_every_school(app: Flask, sample: Sample) -> None:
    alex = SiteUser(app, "alex")
    for school in (sample.north, sample.south):
        assert alex.get(f"/schools/{school}/people").status_code == 200
    assert alex.get("/schools/no-such/people").status_code == 404


def test_two_hundred_people_are_one_page_and_more_are_two(own_app: Flask, own_sample: Sample) -> None:
    at, alex = f"/schools/{own_sample.south}/people", SiteUser(own_app, "alex")
    for some, told in ((200, "202 of 202 shown"), (60, "250 of 262 shown")):
        with own_sample.lms.database.writing() as tx:
            names = (f"Zoë {some} {number:03}" for number in range(some))
            staff.add_many(tx, own_sample.south, names)
        assert told in alex.words(at)
    assert "12 of 262 shown" in alex.words(f"{at}?page=2")
    assert "Previous page Page 2 of 2" in alex.words(f"{at}?page=2")


def test_a_form_that_was_open_in_another_tab_changes_only_what_was_changed_in_it(
    own_app: Flask, own_sample: Sample
) -> None:
    priya, office = SiteUser(own_app, "priya"), own_sample.teams["office"]
    at = f"/schools/{own_sample.north}/staff/people/{own_sample.people['ada']}"
    fields = re.findall(r'name="was\.(\w+)" value="([^"]*)"', priya.get(at).text)
    seen = {name: value for name, value in fields if name != "team"}
    assert [value for name, value in fields if name == "team"] == [office]
    tab = {**{f"was.{name}": value for name, value in seen.items()}, "was.team": office, "asks_leave": "yes"}
    stale = {name: value for name, value in seen.items() if value}
    first = {**stale, "email": "ada.new@example.org", "job_title": "Cook", "on_leave": "yes"}
    assert priya.post(at, at=at, **first, **tab).status_code == 303, "and she leaves the office"
    wrong = priya.post(at, at=at, **{**stale, "staff_id": "sam"}, **tab, team=office)
    assert wrong.status_code == 422
    assert 'name="was.email" value="ada@example.org"' in wrong.text, "what this tab has shown"
    assert priya.post(at, at=at, **{**stale, "name": "Ada King"}, **tab, team=office).status_code == 303
    stay = member_of(own_sample, "ada")
    told = (stay.name, stay.email, stay.job_title, stay.on_leave)
    assert told == ("Ada King", "ada.new@example.org", "Cook", True)
    with own_sample.lms.database.reading() as tx:
        assert own_sample.people["ada"] not in teams.members(tx, own_sample.north)[office]
