"""The questions that the site's pages ask, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from player.lists.staff import read_staff
from player.records import courses, enrolments, reporting, schools, teams, training
from player.records.tables import School
from player.school import enrolling, roster, roster_writing
from player.school.actor import COMMAND
from tests.player import staff
from tests.player.lms import Lms
from tests.player.packages import scorm_2004
from tests.player.threads import at_once
from tests.player.web.sample import NORTH, SOUTH, Sample
from tests.player.web.site_user import SiteUser, site

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 11, 24)


@pytest.fixture
def sample(own_sample: Sample) -> Sample:
    return own_sample


def test_a_taking_for_each_enrolment_by_name_and_course(sample: Sample) -> None:
    with sample.lms.database.reading() as tx:
        records = training.records(tx, school=sample.north)
        told = [(each.membership.name, each.course.title, each.registration is not None) for each in records]
        assert told[:4] == [
            ("Ada Byron-Whitefield", "Asbestos", False),
            ("Ada Byron-Whitefield", "Fire Safety", True),
            ("Ada Byron-Whitefield", "Managing Allegations", False),
            ("Priya Nair", "Asbestos", False),
        ]
        assert {each.membership.name for each in training.records(tx, course="fire-safety")} == {
            *("Ada Byron-Whitefield", "Priya Nair", "Sam Okafor", "Zed <b>Quiet</b>")
        }


def test_one_registration_of_one_school(sample: Sample) -> None:
    sam = sample.registrations["sam fire-safety"]
    with sample.lms.database.reading() as tx:
        (found,) = training.records(tx, school=sample.north, registration=sam)
        assert found.registration is not None
        assert found.registration.completed is not None
        assert found.saved is not None
        assert training.records(tx, school=sample.south, registration=sam) == []


def test_the_sessions_of_one_registration_alone(sample: Sample) -> None:
    sam = sample.registrations["sam asbestos"]
    with sample.lms.database.reading() as tx:
        found = [(each.registration_id, each.ordinal) for each in reporting.sessions(tx, sam)]
    assert found == [(sam, 1), (sam, 2), (sam, 3)]


def test_an_enrolment_that_has_ended_is_history(sample: Sample) -> None:
    with sample.lms.database.writing() as tx:
        (record,) = training.records(tx, person=sample.people["sam"], course="asbestos")
        enrolling.end(tx, COMMAND, sample.lms.now, record.membership, record.enrolment)
        again = staff.enrol(tx, [record.membership], ["asbestos"])
        assert again == (1, 0)
    with sample.lms.database.reading() as tx:
        assert len(training.records(tx, person=sample.people["sam"], course="asbestos")) == 1
        assert len(training.records(tx, person=sample.people["sam"], course="asbestos", ended=True)) == 2
        assert enrolments.enrolled(tx)["asbestos"] == 4


def test_schools_count_who_is_there(sample: Sample) -> None:
    with sample.lms.database.reading() as tx:
        counted = {roll.school.name: roll.people for roll in schools.rolls(tx, TODAY)}
    assert counted[NORTH] == 4  # without Ben, who has left
    assert counted[SOUTH] == 2


def test_counts_of_courses_and_versions(sample: Sample) -> None:
    sample.lms.add(scorm_2004(2, "Fire Safety"), update="fire-safety", name="newer.zip")
    with sample.lms.database.reading() as tx:
        assert enrolments.enrolled(tx)["fire-safety"] == 4
        assert courses.latest(tx)["fire-safety"].number == 2
        first = courses.versions(tx, "fire-safety")[-1]
        assert courses.registrations_on(tx, "fire-safety") == {first.id: 3}


def test_a_course_takes_as_long_as_its_newest_version_says(sample: Sample) -> None:
    sample.lms.add(scorm_2004(2, "Fire Safety"), update="fire-safety", name="newer.zip")
    with sample.lms.database.writing() as tx:
        newer, older = courses.versions(tx, "fire-safety")
        newer.minutes, older.minutes = 30, 20
    with sample.lms.database.reading() as tx:
        assert training.minutes(tx) == {"fire-safety": 30}


def test_a_list_is_written_with_its_teams_and_never_twice(sample: Sample) -> None:
    good = read_staff(b"Name,Email,Id,Team\nA B,a@b.cd,x1,New\nC D,c@d.ef,,New|Office\n")
    other = read_staff(b"Name,Email,Id\nE F,e@f.gh,x1\n")
    with sample.lms.database.writing() as tx:
        planned = roster.plan(tx, COMMAND, sample.north, good, TODAY)
        now = sample.lms.now
        added = roster_writing.write(tx, COMMAND, now, sample.north, planned, TODAY)
        assert len(added) == 2
        again = roster.plan(tx, COMMAND, sample.north, good, TODAY)
        assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "gone": 4}
        changed = roster.plan(tx, COMMAND, sample.north, other, TODAY)
        assert [each.fields for each in changed.changed] == [
            {"name": ("A B", "E F"), "email": ("a@b.cd", "e@f.gh")}
        ]
        assert roster.plan(tx, COMMAND, sample.south, other, TODAY).counts["new"] == 1, "ids of its own"
    with sample.lms.database.reading() as tx:
        inside, known = teams.members(tx, sample.north), teams.of_school(tx, sample.north)
    sizes = {team.name: len(inside[team.id]) for team in known}
    assert sizes == {"New": 2, "Office": 2}


@pytest.mark.parametrize(("name", "again"), [("Équipe", "Équipe"), ("Équipe", "éQUIPE"), ("Ялта", "ялта")])
def test_names_are_known_again_in_the_capitals_of_any_language(sample: Sample, name: str, again: str) -> None:
    with sample.lms.database.writing() as tx:
        team = teams.team_named(tx, sample.north, name)
        tx.add(School(name=name))
    with sample.lms.database.writing() as tx:
        assert teams.team_named(tx, sample.north, again).id == team.id
        found = schools.named(tx, again)
        assert found is not None
        assert found.name == name


def test_the_pages_open_on_either_database(sample: Sample) -> None:
    app = site(sample)
    for who, paths in {
        "sam": ["/training", "/training/asbestos"],
        "priya": [
            f"/schools/{sample.north}/people",
            f"/schools/{sample.north}/people?course=fire-safety&q=sam",
            f"/schools/{sample.north}/courses",
            f"/schools/{sample.north}/people.csv",
            f"/schools/{sample.north}/people/{sample.people['sam']}",
            f"/schools/{sample.north}/records/{sample.registrations['sam asbestos']}",
            f"/schools/{sample.north}/courses/fire-safety/answers.csv",
        ],
        "alex": ["/provider/schools", f"/schools/{sample.north}/staff", "/provider/courses/asbestos"],
    }.items():
        user = SiteUser(app, who)
        for path in paths:
            assert user.get(path).status_code == 200, path
    app.extensions["player.database"].close()


def test_enrolling_twice_at_once_enrols_once(lms: Lms) -> None:
    """A double click on “Enrol”."""
    course = lms.add().course
    with lms.database.writing() as tx:
        ann = staff.launched(tx, "Northfield", "ann")

    def enrol() -> tuple[int, int]:
        with lms.database.writing() as tx:
            return staff.enrol(tx, [ann], [course])

    assert sorted(at_once(*[enrol] * 4)) == [(0, 1), (0, 1), (0, 1), (1, 0)]
