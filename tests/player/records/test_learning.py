"""The questions that the site's pages ask, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from player.records import courses, learning, people, schools
from player.records.tables import Person, School
from player.school import overview, staffing
from player.school.overview import Wanted
from player.school.roster import read_roster
from tests.player.crowd import at_once
from tests.player.house import House
from tests.player.packages import scorm_2004
from tests.player.web.town import NORTH, SOUTH, Town, settle
from tests.player.web.visitor import Visitor, site

TODAY = date(2026, 11, 24)


@pytest.fixture
def town(house: House) -> Town:
    return settle(house)


def test_a_taking_for_each_enrolment_by_name_and_course(town: Town) -> None:
    with town.house.database.reading() as tx:
        takings = learning.takings(tx, school=town.north)
        told = [(each.person.name, each.course.title, each.registration is not None) for each in takings]
        assert told[:4] == [
            ("Ada Byron-Whitefield", "Asbestos", False),
            ("Ada Byron-Whitefield", "Fire Safety", True),
            ("Ada Byron-Whitefield", "Managing Allegations", False),
            ("Priya Nair", "Asbestos", False),
        ]
        assert {each.person.name for each in learning.takings(tx, course="fire-safety")} == {
            *("Ada Byron-Whitefield", "Priya Nair", "Sam Okafor", "Zed <b>Quiet</b>")
        }


def test_one_registration_of_one_school(town: Town) -> None:
    sam = town.registrations["sam fire-safety"]
    with town.house.database.reading() as tx:
        (found,) = learning.takings(tx, school=town.north, registration=sam)
        assert found.registration is not None
        assert found.registration.completed is not None
        assert found.saved is not None
        assert learning.takings(tx, school=town.south, registration=sam) == []


def test_the_sessions_of_one_registration_alone(town: Town) -> None:
    sam = town.registrations["sam asbestos"]
    with town.house.database.reading() as tx:
        found = [(each.registration_id, each.ordinal) for each in learning.sessions(tx, sam)]
    assert found == [(sam, 1), (sam, 2), (sam, 3)]


def test_an_enrolment_that_has_ended_is_history(town: Town) -> None:
    with town.house.database.writing() as tx:
        (taking,) = learning.takings(tx, person=town.people["sam"], course="asbestos")
        staffing.end_enrolment(tx, town.people["sam"], taking.enrolment.id, town.house.now)
        again = staffing.enrol(tx, [taking.person], ["asbestos"], town.house.now)
        assert again == (1, 0)
    with town.house.database.reading() as tx:
        assert len(learning.takings(tx, person=town.people["sam"], course="asbestos")) == 1
        assert len(learning.takings(tx, person=town.people["sam"], course="asbestos", ended=True)) == 2
        assert learning.enrolled(tx)["asbestos"] == 4


def test_schools_count_who_is_there(town: Town) -> None:
    with town.house.database.reading() as tx:
        counted = {roll.school.name: roll.people for roll in schools.schools(tx, TODAY)}
    assert counted[NORTH] == 4  # without Ben, who has left
    assert counted[SOUTH] == 2


def test_counts_of_courses_and_versions(town: Town) -> None:
    town.house.add(scorm_2004(2, "Fire Safety"), update="fire-safety", name="newer.zip")
    with town.house.database.reading() as tx:
        assert learning.enrolled(tx)["fire-safety"] == 4
        assert courses.latest(tx)["fire-safety"].number == 2
        first = courses.versions(tx, "fire-safety")[-1]
        assert courses.registrations_on(tx, "fire-safety") == {first.id: 3}


def test_a_course_takes_as_long_as_its_newest_version_says(town: Town) -> None:
    town.house.add(scorm_2004(2, "Fire Safety"), update="fire-safety", name="newer.zip")
    with town.house.database.writing() as tx:
        newer, older = courses.versions(tx, "fire-safety")
        newer.minutes, older.minutes = 30, 20
    with town.house.database.reading() as tx:
        assert learning.minutes(tx) == {"fire-safety": 30}


def test_a_list_is_written_with_its_teams_and_never_twice(town: Town) -> None:
    good = read_roster(b"Name,Email,Id,Team\nA B,a@b.cd,x1,New\nC D,c@d.ef,,New|Office\n")
    bad = read_roster(b"Name,Email,Id\nE F,e@f.gh,x1\n")
    with town.house.database.writing() as tx:
        assert staffing.checked(tx, town.north, good).slips == ()
        assert len(staffing.add_roster(tx, town.north, good)) == 2
        assert [slip.line for slip in staffing.checked(tx, town.north, bad).slips] == [2]
        assert staffing.checked(tx, town.south, bad).slips == (), "another school has ids of its own"
    with town.house.database.reading() as tx:
        inside, teams = schools.members(tx, town.north), schools.teams(tx, town.north)
    sizes = {team.name: len(inside[team.id]) for team in teams}
    assert sizes == {"New": 2, "Office": 2}


@pytest.mark.parametrize(("name", "again"), [("Équipe", "Équipe"), ("Équipe", "éQUIPE"), ("Ялта", "ялта")])
def test_names_are_known_again_in_the_capitals_of_any_language(town: Town, name: str, again: str) -> None:
    with town.house.database.writing() as tx:
        team = schools.team_named(tx, town.north, name)
        tx.add(School(name=name))
    with town.house.database.writing() as tx:
        assert schools.team_named(tx, town.north, again).id == team.id
        found = schools.named(tx, again)
        assert found is not None
        assert found.name == name


def test_rows_of_the_overview(town: Town) -> None:
    with town.house.database.reading() as tx:
        takings = learning.takings(tx, school=town.north)
        members = schools.members(tx, town.north)
        everybody = [tx.get_one(Person, town.people[name]) for name in ("sam", "ada", "cleo")]
    rows = overview.rows(everybody, takings, Wanted(), members)
    assert [(row.person.name, row.done, len(row.to_do)) for row in rows] == [
        ("Sam Okafor", 1, 2),
        ("Ada Byron-Whitefield", 0, 3),
        ("Cleo Specimen", 0, 0),
    ]
    office = overview.rows(everybody, takings, Wanted(team=town.teams["office"]), members)
    assert [row.person.name for row in office] == ["Ada Byron-Whitefield"]


def test_the_pages_open_on_either_database(town: Town) -> None:
    app = site(town)
    for who, paths in {
        "sam": ["/training", "/training/asbestos"],
        "priya": [
            f"/schools/{town.north}/people",
            f"/schools/{town.north}/people/{town.people['sam']}",
            f"/schools/{town.north}/records/{town.registrations['sam asbestos']}",
            f"/schools/{town.north}/courses/fire-safety/answers.csv",
        ],
        "alex": ["/provider/schools", f"/provider/schools/{town.north}", "/provider/courses/asbestos"],
    }.items():
        visitor = Visitor(app, who)
        for path in paths:
            assert visitor.get(path).status_code == 200, path
    app.extensions["player.database"].close()


def test_enrolling_twice_at_once_enrols_once(house: House) -> None:
    """A double click on “Enrol”."""
    course = house.add().course
    with house.database.writing() as tx:
        ann = people.learner(tx, "ann", None, people.school_named(tx, "Northfield"))

    def enrol() -> tuple[int, int]:
        with house.database.writing() as tx:
            return staffing.enrol(tx, [ann], [course], house.now)

    assert sorted(at_once(*[enrol] * 4)) == [(0, 1), (0, 1), (0, 1), (1, 0)]
