"""The e-mails of all schools, and those of none."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Answer

from player.web.administrator.blueprint import blueprint
from player.web.emails import found, listed, message_page, send_all_again, send_one_again


@blueprint.get("/emails")
def emails() -> str:
    """The list of e-mails."""
    return render_template("emails/list.html", school=None, **listed(None))


@blueprint.get("/emails/<mail>")
def email(mail: str) -> str:
    """One e-mail, with its password link where it was not sent."""
    return render_template("emails/message.html", school=None, shown=found(mail, None))


@blueprint.get("/emails/<mail>/message.html")
def email_html(mail: str) -> Response:
    """The message as a mail program shows it."""
    return message_page(found(mail, None))


@blueprint.post("/emails/<mail>/again")
def email_again(mail: str) -> Answer:
    """Send one e-mail again."""
    send_one_again(mail, None)
    return redirect(url_for("administrator.email", mail=mail), 303)


@blueprint.post("/emails/again")
def all_emails_again() -> Answer:
    """Send all e-mails again that failed, or all that were not confirmed."""
    send_all_again(None)
    return redirect(url_for("administrator.emails"), 303)
