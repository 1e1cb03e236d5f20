"""The headings that lists of schools have, and the fields that they mean; what is not here is not read."""

from __future__ import annotations

from .headings import Field

PERSON = ("email", "staff id", "name", "first name", "last name")


def field(key: str, headings: str) -> Field:
    """A field with its headings, with commas or lines between them, the preferred first."""
    return Field(
        key, tuple(heading.strip() for heading in headings.replace("\n", ",").split(",") if heading.strip())
    )


STAFF = (
    field(
        "name", "name, full name, staff name, display name, employee name, staff member, employee, colleague"
    ),
    field(
        "first name",
        """first name, forename, given name, first names, forenames, given names, legal forename
        legal first name, preferred forename, preferred first name, firstname, known as""",
    ),
    field(
        "last name",
        """last name, surname, family name, legal surname, legal last name, preferred surname
        preferred last name, lastname""",
    ),
    field(
        "email",
        """work email, work email address, school email, school email address, staff email
        staff email address, email, email address, business email, user principal name, userprincipalname
        mail""",
    ),
    field(
        "staff id",
        """staff id, learner id, id, employee id, employee number, staff number, payroll number, payroll id
        personnel number, staff code, employee code, staff reference, staff ref, payroll reference
        payroll ref, id number""",
    ),
    field(
        "job title",
        """job title, job, post, post title, position, role title, job role, title of post, post held
        occupation, main job title""",
    ),
    field("access", "access, access level"),
    field("role", "role, roles, staff role"),
    field("team", "team, teams, group, groups, department, departments, faculty, dept"),
)
TRAINING = (
    *(field for field in STAFF if field.key in PERSON),
    field(
        "course",
        """course, training, course title, course name, course id, training course, training title
        training name, name of course, name of training, qualification, event, module""",
    ),
    field(
        "day",
        """day, date, date completed, completion date, completed, completed on, completed date
        date of completion, date of training, training date, course date, date achieved, date passed
        date taken, date attended, attended, date done, done, issue date, date of issue""",
    ),
    field("note", "note, notes, comment, comments, remark, remarks, details"),
)
