"""A school's e-mails: what was sent and what was not, and why; invitations."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from player.records import mail as records
from player.records import memberships, rounds, staff_list
from player.school import asked_reminders, notices, outbox
from player.school.outbox import ShownMail
from player.web.context import database, now, settings
from player.web.inviting import invite_people
from player.web.manager import find_school, school_day, shown
from player.web.posted import posted
from player.web.responses import TextResponse
from player.web.signing import actor, admit, has_left, signed_in
from player.web.watching import saw
from player.web.wording import count

blueprint = Blueprint("emails", __name__, url_prefix="/schools/<school>")
blueprint.before_request(admit("manager", "administrator"))
blueprint.before_request(find_school)
PER_PAGE = 100
MOST_AGAIN = 5_000
OVERTAKEN = "overtaken"
# The message is shown as it would look in a mail program: its own styles, and nothing else.
MESSAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@blueprint.get("/emails")
def emails(school: str) -> str:
    """The e-mails of a school."""
    with database().reading() as tx:
        uninvited = staff_list.number_waiting(tx, school, school_day())
        unwritten = asked_reminders.number_waiting(tx, school)
    return render_template(
        "emails/list.html", school=shown(), uninvited=uninvited, unwritten=unwritten, **listed(school)
    )


@blueprint.get("/emails/not-sent")
def not_sent(school: str) -> str:
    """The reminders that were not sent, each with its reason."""
    at = max(request.args.get("page", 1, int), 1)
    chosen = OVERTAKEN if request.args.get("state") == OVERTAKEN else "not sent"
    with database().reading() as tx:
        counts = rounds.counts(tx, school)
        items = rounds.listed(tx, school, (chosen,), (at - 1) * PER_PAGE, PER_PAGE)
    return render_template(
        "emails/not_sent.html",
        school=shown(),
        items=items,
        counts=counts,
        chosen=chosen,
        page=at,
        pages=-(-counts.get(chosen, 0) // PER_PAGE),
    )


@blueprint.get("/emails/<mail>")
def email(school: str, mail: str) -> str:
    """One e-mail of a school."""
    message = found(mail, school)
    saw("viewed", "e-mail", mail, f"{message.row.name}: {message.row.subject}", message.row.person_id)
    return render_template("emails/message.html", school=shown(), shown=message)


@blueprint.get("/emails/<mail>/message.html")
def email_html(school: str, mail: str) -> Response:
    """The message as a mail program shows it."""
    return message_page(found(mail, school))


@blueprint.post("/emails/<mail>/again")
def again(school: str, mail: str) -> Answer:
    """Send one e-mail of a school again."""
    send_one_again(mail, school)
    return redirect(url_for("emails.email", school=school, mail=mail), 303)


@blueprint.post("/emails/again")
def all_again(school: str) -> Answer:
    """Send all e-mails of a school again that failed, or all that were not confirmed."""
    send_all_again(school)
    return redirect(url_for("emails.emails", school=school), 303)


@blueprint.post("/invitations")
def invite_all(school: str) -> Answer:
    """Invite everybody at the school who has an address and no password yet."""
    with database().reading() as tx:
        waiting = [stay.person_id for stay in staff_list.waiting(tx, school, school_day(), own_only=False)]
    sent = invite_people(school, waiting)
    flash(posted(sent, "invitation") if sent else "Nobody is waiting for an invitation.")
    return redirect(url_for("emails.emails", school=school), 303)


@blueprint.post("/people/<person_id>/invitation")
def invite(school: str, person_id: str) -> Answer:
    """Send one person a link to choose a password: an invitation, or a new one where they have a password."""
    with database().writing() as tx:
        stay = memberships.at_school(tx, school, person_id)
        if stay is None or has_left(stay) or not stay.email:
            abort(404)
        if stay.has_password:
            notices.send_reset(tx, settings(), stay.person, now())
            saw("sent a password link", "account", person_id, stay.name, person_id)
        else:
            notices.invite(tx, settings(), actor(school), now(), stay)
    flash(posted(1, "password link", stay.email))
    return redirect(url_for("manager.person", school=school, person_id=person_id), 303)


def listed(school: str | None) -> dict[str, Any]:
    """The e-mails of a school, or all, as the address of the page wants them."""
    at, chosen = max(request.args.get("page", 1, int), 1), request.args.get("state", "")
    states = (chosen,) if chosen in outbox.STATE_OF else ()
    with database().reading() as tx:
        counts = records.counts(tx, school)
        rows = records.listed(tx, school, states, (at - 1) * PER_PAGE, PER_PAGE)
    matching = sum(counts.get(state, 0) for state in states) if states else sum(counts.values())
    return {
        "rows": rows,
        "counts": counts,
        "states": outbox.STATES,
        "told": outbox.told,
        "may_again": chosen in outbox.AGAIN and counts.get(chosen, 0),
        "has_server": bool(settings().mail.host),
        "state_of": outbox.STATE_OF,
        "chosen": states[0] if states else "",
        "total": sum(counts.values()),
        "page": at,
        "pages": -(-matching // PER_PAGE),
    }


def send_one_again(mail: str, school: str | None) -> None:
    """Send an e-mail again; 404 where it is not of the school."""
    with database().writing() as tx:
        row = records.load(tx, mail, school) or abort(404)
        is_sent = outbox.send_again(tx, actor(school), now(), row)
    flash("The e-mail is on its way again." if is_sent else "It has been sent or is on its way already.")


def send_all_again(school: str | None) -> None:
    """Send all e-mails in the state that the form names again, in slices."""
    state = request.form.get("state", "")
    if state not in outbox.AGAIN:
        abort(400)
    with database().reading() as tx:
        ids = [row.id for row in records.listed(tx, school, (state,), 0, MOST_AGAIN)]
    number = 0
    for at in range(0, len(ids), PER_PAGE):
        with database().writing() as tx:
            rows = [row for one in ids[at : at + PER_PAGE] if (row := records.load(tx, one, school))]
            number += sum(outbox.send_again(tx, actor(school), now(), row) for row in rows)
    flash(f"{count(number, 'e-mail is', 'e-mails are')} on the way again.")


def found(mail: str, school: str | None) -> ShownMail:
    """One e-mail, or 404 where it is not of the school."""
    with database().reading() as tx:
        row = records.load(tx, mail, school) or abort(404)
        return outbox.shown(tx, settings(), row, with_link=signed_in().is_administrator)


def message_page(message: ShownMail) -> Response:
    """The message as a mail program shows it."""
    response = TextResponse(message.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = MESSAGE_POLICY
    return response
