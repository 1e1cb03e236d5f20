"""Chosen people are reminded, of a course or of all that they have to do, or excluded from e-mails."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, flash, g, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from player.compliance.view import ComplianceView
from player.records import courses
from player.records.database import Transaction
from player.records.tables import Course
from player.school import asked_reminders, excluding, standings
from player.school.asked_reminders import Asked
from player.school.requiring import TrainingRuleError
from player.web.compliance.asking import read_filters, read_wanted
from player.web.compliance.blueprint import blueprint
from player.web.compliance.pages import course_page, people_page
from player.web.context import database, now, settings
from player.web.forms import text
from player.web.manager import school_day
from player.web.posted import posted
from player.web.signing import actor
from player.web.wording import count

MOST_TOLD = 5  # people who get no reminder, by name
NOBODY_CHOSEN = {"person": "Choose people first."}


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
    of_all = "everybody" in request.form
    wanted, _ = read_wanted(limited=False)
    with database().reading() as tx:
        _course(tx, course)
        rows = _today(tx, school).course_rows(course, wanted) if of_all else ()
    persons = [row.person for row in rows] if of_all else _chosen()
    if not persons and not of_all:
        return course_page(school, course, NOBODY_CHOSEN), 422
    _remind(school, persons, course)
    return redirect(
        url_for("compliance.by_course_people", school=school, course=course, **read_filters()), 303
    )


@blueprint.post("/people/remind")
def remind_of_all(school: str) -> str | tuple[str, int] | Answer:
    """Send the chosen people, or all whom the filters leave, a reminder of all that they have to do."""
    of_all = "everybody" in request.form
    wanted, _ = read_wanted(limited=False)
    with database().reading() as tx:
        rows = _today(tx, school).people_rows(wanted) if of_all else ()
    persons = [row.person for row in rows] if of_all else _chosen()
    if not persons and not of_all:
        return people_page(school, NOBODY_CHOSEN), 422
    _remind(school, persons, None)
    return redirect(url_for("compliance.by_person", school=school, **read_filters()), 303)


def _today(tx: Transaction, school: str) -> ComplianceView:
    return standings.view(tx, school, school_day(), None, g.table)


def _chosen() -> list[str]:
    return list(dict.fromkeys(request.form.getlist("person")))


def _remind(school: str, persons: Sequence[str], course: str | None) -> None:
    done = asked_reminders.remind_people(
        database(), settings(), actor(school), now(), school, persons, course
    )
    told = _told(done)
    if done.later or len(done.not_sent) > MOST_TOLD:
        link = url_for("emails.emails", school=school)
        told = Markup('{} <a href="{}">Show the e-mails</a>').format(told, link)
    flash(told)


def _told(done: Asked) -> str:
    """The result in words: e-mails that are written or will be, who gets none and why."""
    if done.later:
        whose = count(done.later, "person", "people")
        if done.is_again:
            return f"E-mails to these {whose} are being written already. Nobody gets two."
        return f"E-mails to {whose} are being written. It takes some minutes."
    told = [posted(done.sent, "reminder")] if done.sent else []
    told += [f"Not to {one.name}: {one.reason}." for one in done.not_sent[:MOST_TOLD]]
    if more := done.not_sent[MOST_TOLD:]:
        told.append(f"Nor to {count(len(more), 'other')}.")
    return " ".join(told) or (
        "Nothing was sent: they were reminded today already, or have nothing to do now."
    )


def _course(tx: Transaction, course_id: str) -> Course:
    return courses.course(tx, course_id) or abort(404)
