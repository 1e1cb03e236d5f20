"""The groups of a school: made, filled, renamed and removed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from player.links import TokenError
from player.records import people, schools, teams
from player.school import portal, requiring
from player.school.actor import COMMAND
from player.web.staff import teams as page
from tests.player import staff
from tests.player.web.sample import Sample
from tests.player.web.site_user import SiteUser, words


def test_a_team_is_added(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff"
    assert admin.post(f"{at}/teams", at=at, team="Governors").status_code == 303
    assert "Governors , 0 people" in admin.words(at)


def test_a_team_is_filled_and_emptied_at_once(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/teams/{own_sample.teams['office']}"
    everybody = [own_sample.people[name] for name in ("sam", "priya", "ben", "zed")]
    made = admin.post(f"{at}/people", at=at, was=own_sample.people["ada"], person=everybody)
    told = admin.words(made.headers["Location"])
    assert "The team Office now has 2 people." in told, "neither a leaver nor somebody of another school"
    with own_sample.lms.database.reading() as tx:
        found = teams.members(tx, own_sample.north)[own_sample.teams["office"]]
    assert found == {own_sample.people["sam"], own_sample.people["priya"]}
    admin.post(f"{at}/people", at=at, was=everybody)
    assert "Office , 0 people" in admin.words(f"/schools/{own_sample.north}/staff")


def test_a_large_school_shows_some_people_and_finds_the_others(
    admin: SiteUser, own_sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is not shown stays as they are."""
    monkeypatch.setattr(page, "PER_PAGE", 1)
    at = f"/schools/{own_sample.north}/staff/teams/{own_sample.teams['office']}"
    assert "The first 1 of 4 people are shown: search for the others." in admin.words(at)
    assert "checked" in admin.get(at).text, "Ada, the first by name"
    found = admin.get(f"{at}?q=okafor").text
    assert own_sample.people["sam"] in found
    assert 'name="was"' not in found
    saved = admin.post(f"{at}/people", at=at, person=own_sample.people["sam"], q="okafor")
    assert saved.headers["Location"].endswith("?q=okafor")
    told = admin.words(saved.headers["Location"])
    assert "The team Office now has 2 people." in told
    assert "Page 1 of 2" in told


def test_two_who_fill_a_team_at_once_undo_nothing_of_each_other(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/teams/{own_sample.teams['office']}"
    ada, sam, priya = (own_sample.people[name] for name in ("ada", "sam", "priya"))
    shown = re.findall(r'name="was" value="([^"]+)"', admin.get(at).text)
    assert shown == [ada]
    admin.post(f"{at}/people", at=at, was=shown, person=[sam])
    later = admin.post(f"{at}/people", at=at, was=shown, person=[ada, priya])
    assert "The team Office now has 2 people." in admin.words(later.headers["Location"])
    with own_sample.lms.database.reading() as tx:
        assert teams.members(tx, own_sample.north)[own_sample.teams["office"]] == {sam, priya}


def test_somebody_who_left_stays_in_a_team_uncounted(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/teams/{own_sample.teams['office']}"
    ben, team = own_sample.people["ben"], own_sample.teams["office"]
    with own_sample.lms.database.writing() as tx:
        teams.add_members(tx, team, [ben], own_sample.lms.now.date())
    assert "Office, 1 person" in admin.words(f"/schools/{own_sample.north}/give")
    assert "Office , 1 person" in admin.words(f"/schools/{own_sample.north}/staff")
    assert "Office 1 person." in admin.words(at)
    admin.post(f"{at}/people", at=at, was=[ben, own_sample.people["ada"]])
    with own_sample.lms.database.reading() as tx:
        assert teams.members(tx, own_sample.north)[team] == {ben}


def test_the_day_is_the_schools_own(admin: SiteUser, own_sample: Sample) -> None:
    """Somebody who has left by London's day is still there where it is the day before."""
    at, day = f"/schools/{own_sample.north}", own_sample.lms.now.date()
    with own_sample.lms.database.writing() as tx:
        school = schools.school(tx, own_sample.north)
        assert school is not None
        school.time_zone = "Pacific/Honolulu"
        assert school.day(own_sample.lms.now) == day - timedelta(1)
        zoe = staff.add(tx, own_sample.north, "Zoe Last", until=day)
    assert f'value="{zoe.person_id}"' in admin.get(f"{at}/give").text
    assert f'value="{zoe.person_id}"' in admin.get(f"{at}/staff/teams/{own_sample.teams['office']}").text
    assert "Zoe Last" in admin.words(f"{at}/people")
    assert "Back again" not in admin.words(f"{at}/staff/people/{zoe.person_id}")
    with own_sample.lms.database.writing() as tx:
        zoe.person.email = "zoe@example.org"
        tx.merge(zoe.person)
        assert people.may_sign_in(tx, zoe.person, own_sample.lms.now)
        assert not people.may_sign_in(tx, zoe.person, own_sample.lms.now + timedelta(1))
        known = schools.school(tx, own_sample.north)
        begun = portal.enrolled_learner(
            tx, COMMAND, own_sample.lms.now, known, "fire-safety", zoe.staff_id, None
        )
        link = own_sample.lms.registrar.launch(tx, begun, own_sample.lms.now)
    token = link.split("/")[-2]
    assert own_sample.lms.registrar.deliver(token, "p", own_sample.lms.now)["session"]
    with pytest.raises(TokenError, match="listed as having left"):
        own_sample.lms.registrar.deliver(token, "q", own_sample.lms.now + timedelta(1))


def test_a_learner_reads_due_days_by_the_day_at_their_school(own_app: Flask, own_sample: Sample) -> None:
    """It is the day before in Honolulu."""
    lms, ada = own_sample.lms, SiteUser(own_app, "ada")
    with lms.database.writing() as tx:
        since = lms.now.date() - timedelta(29)
        requiring.require(tx, COMMAND, lms.now, own_sample.north, "fire-safety", (), since)
    assert "Overdue" in ada.words("/training")
    with lms.database.writing() as tx:
        school = schools.school(tx, own_sample.north)
        assert school is not None
        school.time_zone = "Pacific/Honolulu"
    assert "Overdue" not in ada.words("/training")


def test_a_team_is_renamed_and_keeps_its_people(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.north}/staff/teams/{own_sample.teams['office']}"
    assert "Ada Byron-Whitefield" in admin.words(at)
    assert admin.post(f"{at}/name", at=at, name=" Front  office ").status_code == 303
    page = admin.words(at)
    assert "Front office 1 person" in page
    assert "Ada Byron-Whitefield" in page


def test_a_team_is_not_given_another_teams_name(admin: SiteUser, own_sample: Sample) -> None:
    school = f"/schools/{own_sample.north}/staff"
    admin.post(f"{school}/teams", at=school, team="Governors")
    at = f"{school}/teams/{own_sample.teams['office']}"
    for name, sentence in (
        ("GOVERNORS", "There is already a team called “Governors”."),
        ("", "The name is missing."),
    ):
        reply = admin.post(f"{at}/name", at=at, name=name)
        assert reply.status_code == 422
        assert sentence in words(reply)
    assert admin.post(f"{at}/name", at=at, name="OFFICE").status_code == 303


def test_a_team_is_removed_and_what_came_of_it_stays(admin: SiteUser, own_sample: Sample) -> None:
    school = f"/schools/{own_sample.north}/staff"
    office = own_sample.teams["office"]
    with own_sample.lms.database.writing() as tx:
        ada, cleo = (staff.member(tx, own_sample.north, own_sample.people[who]) for who in ("ada", "cleo"))
        staff.enrolment(tx, ada, "fire-safety").ended = own_sample.lms.now
        tx.flush()
        staff.enrol(tx, [ada], ["fire-safety"], own_sample.lms.now, office)
        kitchen = teams.team_named(tx, own_sample.north, "Kitchen").id
        teams.add_members(tx, kitchen, [ada.person_id], own_sample.lms.now.date())
        staff.enrol(tx, [cleo], ["fire-safety"], own_sample.lms.now, kitchen)
    at = f"{school}/teams/{office}"
    assert "What is required of the team ends: Managing Allegations." in admin.words(at)
    for _ in range(2):
        assert admin.post(f"{at}/remove", at=school).status_code == 303
    assert admin.get(at).status_code == 404
    log = admin.words(f"/schools/{own_sample.north}/activity?what=made+optional:requirement")
    assert log.count("Course no longer required Managing Allegations") == 1
    renamed = admin.post(f"{school}/teams/{kitchen}/name", at=f"{school}/teams/{kitchen}", name="office")
    assert "There was a team called “Office”: add it again under Staff" in words(renamed)
    with own_sample.lms.database.reading() as tx:
        assert teams.members(tx, own_sample.north) == {kitchen: {own_sample.people["ada"]}}
        by_team = [staff.enrolment(tx, each, "fire-safety").team_id for each in (ada, cleo)]
        assert by_team == [office, kitchen]
        before = teams.members_on(tx, own_sample.north, own_sample.lms.now.date() - timedelta(days=1))
        assert before == {}, "Ada joined on the day on which the team was removed"
    assert admin.post(f"{school}/teams", at=school, team="Office").status_code == 303
    with own_sample.lms.database.reading() as tx:
        assert teams.members(tx, own_sample.north)[office] == set(), "the team is there again, empty"


def test_a_team_is_not_found_under_another_school(admin: SiteUser, own_sample: Sample) -> None:
    at = f"/schools/{own_sample.south}/staff/teams/{own_sample.teams['office']}"
    assert admin.get(at).status_code == 404
    for act in ("name", "remove", "people"):
        assert admin.post(f"{at}/{act}", at="/provider/schools", name="Theirs").status_code == 404
