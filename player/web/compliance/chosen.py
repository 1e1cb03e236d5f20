"""What is done with chosen people of a course: they are reminded, or get no e-mails about it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.wrappers import Response as Answer

from player.records import courses
from player.records.database import Transaction
from player.records.tables import Course
from player.school import asked_reminders, excluding, standings
from player.school.planned_round import NotSent
from player.school.reminding import BATCH
from player.school.requiring import TrainingRuleError
from player.web.compliance.asking import read_filters, read_wanted
from player.web.compliance.blueprint import blueprint
from player.web.compliance.pages import course_page
from player.web.context import database, now, settings
from player.web.forms import text
from player.web.manager import school_day
from player.web.signing import actor
from player.web.wording import count

MOST_TOLD = 5  # people who get no reminder, by name


@blueprint.post("/courses/<course>/exclude")
def exclude(school: str, course: str) -> str | tuple[str, int] | Answer:
    """Send the chosen people no e-mails about a course."""
    persons, why = request.form.getlist("person"), text("why")
    errors = {}
    if not persons:
        errors["person"] = "Choose people first."
    if not why:
        errors["why"] = "Write the reason: it is shown beside what was not sent."
    if errors:
        return course_page(school, course, errors), 422
    with database().writing() as tx:
        _course(tx, course)
        today = school_day()
        try:
            done = excluding.exclude_people(tx, actor(school), now(), school, course, persons, why, today)
        except TrainingRuleError:
            abort(404)
    flash(f"{count(done, 'person gets', 'people get')} no more e-mails about this course.")
    return redirect(url_for("compliance.by_course_people", school=school, course=course), 303)


@blueprint.post("/courses/<course>/remind")
def remind(school: str, course: str) -> str | tuple[str, int] | Answer:
    """Send the chosen people, or all whom the filters leave, a reminder of a course now."""
    persons, of_all = request.form.getlist("person"), "everybody" in request.form
    with database().reading() as tx:
        _course(tx, course)
        if of_all:
            wanted, _ = read_wanted(limited=False)
            view = standings.view(tx, school, school_day(), None, g.table)
            persons = [row.person for row in view.course_rows(course, wanted)]
    if not persons and not of_all:
        return course_page(school, course, {"person": "Choose people first."}), 422
    flash(_reminded(school, course, persons))
    return redirect(
        url_for("compliance.by_course_people", school=school, course=course, **read_filters()), 303
    )


def _reminded(school: str, course: str, persons: Sequence[str]) -> str:
    """Send the reminders, some at a time so that nobody waits long for the writer's turn."""
    sent, not_sent = 0, list[NotSent]()
    for at in range(0, len(persons), BATCH):
        pairs = {(person, course) for person in persons[at : at + BATCH]}
        with database().writing() as tx:
            report = asked_reminders.remind_these(
                tx, settings(), actor(school), now(), school, pairs, school_day()
            )
        sent, not_sent = sent + len(report.sent), not_sent + report.not_sent
    told = [f"{count(sent, 'reminder is', 'reminders are')} on the way."] if sent else []
    told += [f"Not to {one.name}: {one.reason}." for one in not_sent[:MOST_TOLD]]
    if more := not_sent[MOST_TOLD:]:
        told.append(f"Nor to {count(len(more), 'other')}.")
    return " ".join(told) or (
        "Nothing was sent: they were reminded today already, or need not take this course now."
    )


def _course(tx: Transaction, course_id: str) -> Course:
    return courses.course(tx, course_id) or abort(404)
