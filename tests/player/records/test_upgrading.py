"""Databases of earlier players, with people, records, sign-ins and open links, are brought up to date."""

from __future__ import annotations

import json
from datetime import date

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import column, insert, inspect, select, table, text
from sqlalchemy.exc import IntegrityError

from player.playing.run_time_state import joined
from player.records import memberships, people, sign_ins, teams, training
from player.records.database import MIGRATIONS, Database
from player.records.tables import Base, Enrolment, Membership, Person, TeamMember
from tests.player.lms import CLOSE, OPEN, START, Browser, Lms, go, put
from tests.player.packages import scorm_2004
from tests.player.random_logs import compare

pytestmark = pytest.mark.both_databases

BEFORE_MEMBERSHIPS = """
INSERT INTO person (id, school_id, learner_id, name, role, sign_in_epoch) VALUES
  ('ann', 'n', '17', 'Ann', 'learner', 2), ('alex', NULL, 'x', 'Alex', 'administrator', 3);
INSERT INTO team (id, school_id, name) VALUES ('t', 'n', 'Office');
INSERT INTO team_member (team_id, person_id) VALUES ('t', 'ann')"""
# Everything else that the player of 0013 kept beside a course that a learner had begun.
PEOPLE = """
INSERT INTO school (id, name) VALUES ('s', 'Southfield');
UPDATE person SET email = 'ann@example.org', password_hash = 'hash', sign_in_epoch = 2;
INSERT INTO person (id, school_id, learner_id, name, email, role, sign_in_epoch, "left") VALUES
  ('pat', 's', '8', 'Pat', 'pat@example.org', 'manager', 0, NULL),
  ('gone', 's', '9', 'Gone', NULL, 'learner', 0, '2024-07-31'),
  ('alex', NULL, 'x', 'Alex', 'alex@example.org', 'administrator', 3, NULL),
  ('former', NULL, 'y', 'Former', 'former@example.org', 'administrator', 1, '2025-01-01'),
  ('both', 's', '10', 'Both', 'both@example.org', 'administrator', 0, NULL);
INSERT INTO team (id, school_id, name) VALUES ('t', 's', 'Office');
INSERT INTO team_member (team_id, person_id) VALUES ('t', 'pat');
INSERT INTO sign_in (id, person_id, epoch, browser, address, began, seen)
  VALUES ('in', 'pat', 0, 'Firefox', '::1', '2026-11-24 08:00:00', '2026-11-24 08:00:00')"""


def _as_of(database: Database, revision: str) -> None:
    """Tables as an earlier player made them, without rows."""
    Base.metadata.drop_all(database.engine)
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    _to(database, revision)


def _to(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _run(database: Database, statements: str) -> None:
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL TIME ZONE 'UTC'"))  # else that of whoever started the server
        for statement in statements.split(";"):
            connection.execute(text(statement))


def test_tables_of_the_first_players_are_made_anew_and_lose_nobody(database: Database) -> None:
    _as_of(database, "0003")
    _run(database, "INSERT INTO school (id, name) VALUES ('n', 'Northfield'), ('s', 'Southfield')")
    _run(database, BEFORE_MEMBERSHIPS)
    database.migrate()
    with database.writing() as tx:
        (ann,) = memberships.called(tx, "17")
        assert (ann.name, ann.school_id, ann.access, ann.until) == ("Ann", "n", "learner", None)
        assert [each.sign_in_epoch for each in people.administrators(tx)] == [3]
        assert teams.members(tx, "n") == {"t": {"ann"}}
        tx.add(Person(id="ben", name="Ben"))
        tx.flush()
        tx.add(Membership(person_id="ben", school_id="s", staff_id="17", name="Ben", since=date(2026, 1, 1)))
    since = date(2026, 1, 2)
    for wrong in (
        Membership(person_id="ben", school_id="n", staff_id="17", name="Ann's id", since=since),
        Membership(person_id="ben", school_id="s", staff_id="18", name="Here already", since=since),
        Membership(person_id="ben", school_id="nowhere", staff_id="18", name="No school", since=since),
        Membership(person_id="nobody", school_id="n", staff_id="18", name="Nobody", since=since),
        Membership(person_id="ben", school_id="n", staff_id="19", name="Odd", access="head", since=since),
        TeamMember(team_id="t", person_id="nobody", since=since),
        TeamMember(team_id="t", person_id="ann", since=since),
        Enrolment(person_id="ann", course_id="nothing", school_id="n", since=START),
    ):
        with pytest.raises(IntegrityError), database.writing() as tx:
            tx.add(wrong)


def test_people_of_schools_become_members_and_keep_all_that_is_theirs(lms: Lms) -> None:
    """What was played before stays, and a link that was open then is played on."""
    course = lms.add().course
    link = lms.link(course)
    tab = Browser(lms, link.split("/")[-2])
    tab.deliver()
    tab.send(OPEN, put("cmi.suspend_data", "page 3"))
    kept = _rows_of(lms.database)
    _as_of(lms.database, "0013")
    _put_back(lms.database, kept)
    _run(lms.database, PEOPLE)
    lms.database.migrate()
    lms.restart()

    tab.send(put("cmi.core.lesson_status", "passed"), CLOSE)
    assert lms.record()["success_status"] == "passed"
    assert lms.record()["learner"] == {"id": "ann", "name": "ann"}
    again = lms.open(course)
    assert again.deliver()["session"]["launch"]["values"]["cmi.suspend_data"] == "page 3"
    with lms.database.reading() as tx:
        (ann,), (pat,) = memberships.called(tx, "ann"), memberships.called(tx, "8")
        assert (ann.person.email, ann.has_password, ann.person.sign_in_epoch) == ("ann@example.org", True, 2)
        assert (ann.school.name, ann.since) == ("Learners by link", START.date())
        assert (pat.name, pat.access, pat.school_id) == ("Pat", "manager", "s")
        (gone,) = memberships.called(tx, "9")
        assert (gone.until, gone.since <= date(2024, 7, 31)) == (date(2024, 7, 31), True)
        assert [each.id for each in people.administrators(tx)] == ["alex", "both"]
        assert [stay.access for stay in memberships.of_person(tx, "both")] == ["learner"]
        assert memberships.of_person(tx, "former") == []
        assert teams.members(tx, "s") == {"t": {"pat"}}
        (record,) = training.records(tx, school=ann.school_id)
        assert record.enrolment.person_id == ann.person_id
        signed = sign_ins.load(tx, "in")
        assert signed is not None
        assert [stay.school.name for stay in signed.memberships] == ["Southfield"]


def test_the_answers_of_a_session_get_rows_of_their_own_while_it_is_under_way(lms: Lms) -> None:
    course = lms.add(scorm_2004(1)).course
    tab = lms.open(course)
    tab.deliver()
    answers = [put(f"cmi.interactions.{at}.id", f"q{at}") for at in range(12)]
    tab.send(OPEN, put("cmi.location", "\ud800"), put("cmi.objectives.0.id", "own"), *answers)
    _without_session_records(lms.database)
    lms.database.migrate()
    lms.restart()

    compare(lms)
    tab.send(put("cmi.interactions.3.result", "correct"), put("cmi.interactions.12.id", "q12"))
    tab.send(put("cmi.exit", "suspend"), go("suspendAll"))
    compare(lms)
    (activity,) = lms.record()["attempts"][0]["activities"]
    told = [(each["id"], each["result"]) for each in activity["interactions"]]
    assert told == [(f"q{at}", "correct" if at == 3 else None) for at in range(13)]
    values = lms.open(course).deliver()["session"]["launch"]["values"]
    assert (values["cmi.location"], values["cmi.objectives.0.id"]) == ("\ud800", "own")
    assert values["cmi.interactions.12.id"] == "q12"


def _without_session_records(database: Database) -> None:
    """The tables as the player of 0020 kept them: all values of a session in one text."""
    with database.engine.begin() as tx:
        for session, values in tx.execute(text('SELECT id, "values" FROM session')).all():
            these = text("SELECT elements FROM session_record WHERE session_id = :id")
            whole = json.dumps(joined(values, tx.scalars(these, {"id": session}).all()))
            tx.execute(
                text('UPDATE session SET "values" = :whole WHERE id = :id'), {"whole": whole, "id": session}
            )
    _back_to(database, "0020")


def _back_to(database: Database, revision: str) -> None:
    """The rows of today in an earlier player's tables, without what these do not have."""
    with database.connecting() as tx:
        kept = {
            each.name: [dict(row) for row in tx.execute(select(text("*")).select_from(each)).mappings()]
            for each in Base.metadata.sorted_tables
        }
    _as_of(database, revision)
    there = inspect(database.engine)
    with database.engine.begin() as tx:
        for name in (name for name, rows in kept.items() if rows and there.has_table(name)):
            names = {each["name"] for each in there.get_columns(name)}
            rows = [{key: value for key, value in row.items() if key in names} for row in kept[name]]
            tx.execute(insert(table(name, *map(column, rows[0]))), rows)


OF_NO_SCHOOL = """
INSERT INTO person (id, learner_id, name, role, sign_in_epoch) VALUES ('x', '1', 'X', 'learner', 0);
INSERT INTO course (id, title) VALUES ('fire', 'Fire');
INSERT INTO enrolment (id, person_id, course_id, since) VALUES ('e', 'x', 'fire', '2026-06-30 23:30:00')"""


def test_an_enrolment_of_nobodys_school_finds_one(database: Database) -> None:
    _as_of(database, "0008")
    _run(database, OF_NO_SCHOOL)
    database.migrate()
    with database.reading() as tx:
        (record,) = training.records(tx, course="fire")
        assert record.membership.school.name == "Learners by link"
        assert record.membership.since == date(2026, 7, 1), "the day in London"


KEPT = (
    *("school", "course", "version", "person", "enrolment", "registration", "attempt", "activity"),
    *("session", "commit", "launch_token"),
)
Rows = dict[str, list[dict[str, object]]]


def _rows_of(database: Database) -> Rows:
    """What the player of today has written, as the player of 0013 would have."""
    with database.connecting() as tx:
        rows = {
            name: [dict(row) for row in tx.execute(select(text("*")).select_from(table(name))).mappings()]
            for name in KEPT
        }
        (stay,) = tx.execute(text("SELECT * FROM membership")).mappings()
    (person,), (enrolment,) = rows["person"], rows["enrolment"]
    del person["is_administrator"], enrolment["school_id"]
    person |= {"school_id": stay["school_id"], "learner_id": stay["staff_id"], "role": "learner"}
    return rows


def _put_back(database: Database, rows: Rows) -> None:
    with database.engine.begin() as connection:
        for name, each in rows.items():
            for row in each:
                into = table(name, *map(column, row))
                connection.execute(insert(into), row)
