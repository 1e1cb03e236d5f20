"""The provider's view of all schools: who is in date where, and courses put into many schools at once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from player.alphabet import plain
from player.records import courses, requirements, schools, standings
from player.school import standings as days
from player.school.requiring import TrainingRuleError
from player.school.settling import school_today
from player.school.spreading import OFFERED, OPTIONAL, REQUIRED, spread
from player.web.administrator.blueprint import blueprint
from player.web.context import database, now, settings
from player.web.forms import Page, refused
from player.web.signing import actor
from player.web.wording import count

SORTS = ("overdue", "name", "share")


@blueprint.get("/compliance")
def compliance() -> str:
    """The schools side by side, in one course or in all that is required."""
    table = days.bring_all_up_to_date(database(), now())
    course, sort = request.args.get("course", ""), request.args.get("sort", "")
    with database().reading() as tx:
        today = school_today(tx, None, now())
        counted = standings.by_school(tx, today, course)
        rolls = schools.rolls(tx, today)
        listed = courses.every(tx)
    rows = [(roll, counted.get(roll.school.id)) for roll in rolls]
    keys = {
        "name": lambda row: plain(row[0].school.name),
        "share": lambda row: row[1].in_date / row[1].required if row[1] and row[1].required else 2,
        "overdue": lambda row: -row[1]["overdue"] if row[1] else 1,
    }
    sort = sort if sort in SORTS else "overdue"
    return render_template(
        "administrator/compliance.html",
        rows=sorted(rows, key=keys[sort]),
        total=standings.total(counted.values()),
        courses=listed,
        course=next((each for each in listed if each.id == course), None),
        sort=sort,
        waits=table.is_waiting,
        idle=table.is_idle,
        works_elsewhere=settings().works_elsewhere,
    )


@blueprint.get("/rules")
def rules() -> str:
    """The form that puts courses into many schools."""
    return render_template("administrator/rules.html", errors={}, **_known())


@blueprint.post("/rules")
def save_rules() -> Page | Response:
    """Put the chosen courses into the chosen schools, or none of them where anything is wrong."""
    what, whom = request.form.get("what", ""), request.form.get("whom", "")
    named = request.form.getlist("course")
    errors = {}
    with database().writing() as tx:
        known = [course.id for course in courses.courses(tx)]
        chosen = [course for course in known if course in named]
        ids = schools.ids(tx)
        targets = [one for one in ids if whom == "all" or one in request.form.getlist("school")]
        if not chosen:
            errors["course"] = "Choose a course first."
        if not targets:
            errors["whom"] = "Choose schools first: all of them, or some of the list."
        if what not in (REQUIRED, OFFERED, OPTIONAL):
            errors["what"] = "Choose what the courses are to be."
        if not errors:
            try:
                done = spread(tx, actor(), now(), what, chosen, targets, everywhere=whom == "all")
            except TrainingRuleError as error:
                errors["what"] = str(error)
                tx.rollback()
    if errors:
        return refused("administrator/rules.html", errors, **_known())
    flash(
        f"{count(len(chosen), 'course')} in {count(done.schools, 'school')}: "
        f"{count(done.enrolled, 'new enrolment')}."
        + (f" {count(done.later, 'large school')} will take a minute or two more." if done.later else "")
    )
    return redirect(url_for("administrator.compliance"), 303)


def _known() -> dict[str, object]:
    with database().reading() as tx:
        today = school_today(tx, None, now())
        everywhere = {row.course_id for row in requirements.requirements(tx, None, today)}
        return {
            "courses": courses.courses(tx),
            "rolls": schools.rolls(tx, today),
            "everywhere": everywhere,
        }
