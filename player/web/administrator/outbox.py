"""The e-mails of all schools, and those of none."""

from __future__ import annotations

from flask import Response, render_template

from player.web.administrator.blueprint import blueprint
from player.web.emails import found, listed, message_page


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
