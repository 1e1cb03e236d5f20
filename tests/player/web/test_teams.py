"""The groups of a school: made, filled, renamed and removed."""

from __future__ import annotations

import re

from player.records import people, schools
from player.records.tables import Person
from player.school import staffing
from tests.player.web.town import Town
from tests.player.web.visitor import Visitor, words


def test_a_team_is_added(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}"
    assert admin.post(f"{at}/teams", at=at, team="Governors").status_code == 303
    assert "Governors , 0 people" in admin.words(at)


def test_a_team_is_filled_and_emptied_at_once(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/teams/{own_town.teams['office']}"
    everybody = [own_town.people[name] for name in ("sam", "priya", "ben", "zed")]
    made = admin.post(f"{at}/people", at=at, was=own_town.people["ada"], person=everybody)
    page = admin.words(made.headers["Location"])
    assert "The team Office has 2 people now." in page, "neither a leaver nor somebody of another school"
    with own_town.house.database.reading() as tx:
        found = schools.members(tx, own_town.north)[own_town.teams["office"]]
    assert found == {own_town.people["sam"], own_town.people["priya"]}
    admin.post(f"{at}/people", at=at, was=everybody)
    assert "Office , 0 people" in admin.words(f"/provider/schools/{own_town.north}")


def test_two_who_fill_a_team_at_once_undo_nothing_of_each_other(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/teams/{own_town.teams['office']}"
    ada, sam, priya = (own_town.people[name] for name in ("ada", "sam", "priya"))
    shown = re.findall(r'name="was" value="([^"]+)"', admin.get(at).text)
    assert shown == [ada]
    admin.post(f"{at}/people", at=at, was=shown, person=[sam])
    later = admin.post(f"{at}/people", at=at, was=shown, person=[ada, priya])
    assert "The team Office has 2 people now." in admin.words(later.headers["Location"])
    with own_town.house.database.reading() as tx:
        assert schools.members(tx, own_town.north)[own_town.teams["office"]] == {sam, priya}


def test_somebody_who_left_stays_in_a_team_uncounted(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/teams/{own_town.teams['office']}"
    ben, team = own_town.people["ben"], own_town.teams["office"]
    with own_town.house.database.writing() as tx:
        schools.add_members(tx, team, [ben])
    assert "Office, 1 person" in admin.words(f"/provider/schools/{own_town.north}/enrol")
    assert "Office , 1 person" in admin.words(f"/provider/schools/{own_town.north}")
    assert "Office 1 person." in admin.words(at)
    admin.post(f"{at}/people", at=at, was=[ben, own_town.people["ada"]])
    with own_town.house.database.reading() as tx:
        assert schools.members(tx, own_town.north)[team] == {ben}


def test_a_team_is_renamed_and_keeps_its_people(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.north}/teams/{own_town.teams['office']}"
    assert "Ada Byron-Whitefield" in admin.words(at)
    assert admin.post(f"{at}/name", at=at, name=" Front  office ").status_code == 303
    page = admin.words(at)
    assert "Front office 1 person" in page
    assert "Ada Byron-Whitefield" in page


def test_a_team_is_not_given_another_teams_name(admin: Visitor, own_town: Town) -> None:
    school = f"/provider/schools/{own_town.north}"
    admin.post(f"{school}/teams", at=school, team="Governors")
    at = f"{school}/teams/{own_town.teams['office']}"
    for name, sentence in (
        ("GOVERNORS", "There is a team “Governors” already."),
        ("", "The name is missing."),
    ):
        reply = admin.post(f"{at}/name", at=at, name=name)
        assert reply.status_code == 422
        assert sentence in words(reply)
    assert admin.post(f"{at}/name", at=at, name="OFFICE").status_code == 303


def test_a_team_is_removed_and_what_came_of_it_stays(admin: Visitor, own_town: Town) -> None:
    school = f"/provider/schools/{own_town.north}"
    office = own_town.teams["office"]
    with own_town.house.database.writing() as tx:
        ada = tx.get_one(Person, own_town.people["ada"])
        ended = people.open_enrolment(tx, ada.id, "fire-safety")
        assert ended is not None
        ended.ended = own_town.house.now
        tx.flush()
        staffing.enrol(tx, [ada], ["fire-safety"], own_town.house.now, office)
        kitchen = schools.team_named(tx, own_town.north, "Kitchen").id
        schools.add_members(tx, kitchen, [ada.id])
        cleo = tx.get_one(Person, own_town.people["cleo"])
        staffing.enrol(tx, [cleo], ["fire-safety"], own_town.house.now, kitchen)
    at = f"{school}/teams/{office}"
    assert admin.post(f"{at}/remove", at=at).status_code == 303
    assert admin.get(at).status_code == 404
    with own_town.house.database.reading() as tx:
        assert schools.members(tx, own_town.north) == {kitchen: {own_town.people["ada"]}}
        by_team = [
            people.open_enrolment(tx, own_town.people[name], "fire-safety") for name in ("ada", "cleo")
        ]
        assert [each and each.team_id for each in by_team] == [None, kitchen]
        assert None not in by_team
    assert admin.post(f"{school}/teams", at=school, team="Office").status_code == 303


def test_a_team_is_not_found_under_another_school(admin: Visitor, own_town: Town) -> None:
    at = f"/provider/schools/{own_town.south}/teams/{own_town.teams['office']}"
    assert admin.get(at).status_code == 404
    for act in ("name", "remove", "people"):
        assert admin.post(f"{at}/{act}", at="/provider/schools", name="Theirs").status_code == 404
