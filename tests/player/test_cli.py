"""The command as people and programs call it: exit codes, what goes where, and a server that answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from player.cli import main
from player.records.database import Database
from tests.conftest import ROOT
from tests.courseware.authoring import FIXTURES
from tests.player import staff
from tests.player.packages import package, scorm_12

PLAYER = Path(sys.executable).with_name("player")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PLAYER_")}
    return kept | {"PLAYER_DATA": str(tmp_path / "data")}


@pytest.fixture
def zips(tmp_path: Path) -> Path:
    folder = tmp_path / "zips"
    folder.mkdir()
    package(folder / "fire.zip", scorm_12())
    package(folder / "water.zip", scorm_12(2, title="Water Safety"))
    (folder / "bad.zip").write_text("no zip")
    return folder


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Ran]


@pytest.fixture
def run(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command in this process: half a second less for each than a process of its own."""
    for name in [name for name in os.environ if name.startswith("PLAYER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PLAYER_DATA", environment["PLAYER_DATA"])

    def ran(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["player", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, said.out, said.err)

    return ran


@contextmanager
def serving(environment: dict[str, str], stop: signal.Signals = signal.SIGINT) -> Iterator[str]:
    command = [str(PLAYER), "serve", "--port", "0"]
    with (
        heard(signal.SIGINT),
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[-1]
            server.send_signal(stop)
            assert server.wait(20) == 0
        finally:
            server.kill()


@contextmanager
def heard(interrupt: signal.Signals) -> Iterator[None]:
    """A shell that starts the tests in its background has them, and what they start, ignore Ctrl-C."""
    before = signal.signal(interrupt, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(interrupt, before)


def test_import_prints_the_course_of_each_and_the_others_of_a_bad_one(run: Run, zips: Path) -> None:
    done = run("import", *(str(zips / f"{name}.zip") for name in ("fire", "bad", "water")))
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["fire-safety", "water-safety"]
    assert "bad.zip" in done.stderr
    again = run("import", str(zips / "fire.zip"))
    assert (again.returncode, again.stdout) == (0, "fire-safety\n")


def test_import_for_programs(run: Run, zips: Path) -> None:
    done = run("import", "--json", str(zips / "fire.zip"), str(zips / "bad.zip"))
    told = json.loads(done.stdout)
    assert [(each["course"], each["version"]) for each in told] == [("fire-safety", 1), (None, None)]
    assert told[1]["problems"][0]["severity"] == "error"
    update = run("import", "--update", "fire-safety", "--json", str(zips / "water.zip"))
    assert json.loads(update.stdout)[0]["version"] == 2


def test_questions_for_programs(run: Run, zips: Path, tmp_path: Path) -> None:
    """Of a package of ours before anybody has answered; a school or a course that is unknown is told."""
    run("import", str(FIXTURES / "editions" / "gate-duty.scorm2004.zip"), str(zips / "fire.zip"))
    run("launch-link", "gate-duty", "--learner", "7", "--name", "Ann")
    told = json.loads(run("questions", "gate-duty", "--json").stdout)
    assert {(each["n"], each["judged"]) for each in told} == {(0, "too few answers to judge: 0 of 30")}
    school = run("questions", "gate-duty", "--school", "learners BY link", "--json")
    assert json.loads(school.stdout) == told
    assert run("questions", "fire-safety", "--json").stdout == "[]\n"
    for wrong, sentence in (
        (("fire",), "There is no course “fire”"),
        (("gate-duty", "--school", "Nope"), "There is no school “Nope”"),
    ):
        refused = run("questions", *wrong)
        assert (refused.returncode, sentence in refused.stderr) == (1, True)


def test_a_password_comes_from_a_file_or_from_what_comes_in(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands among a command's arguments is seen by everybody on the machine."""
    kept = tmp_path / "password"
    kept.write_text("a whole new sentence\nnot this\n")
    assert run("administrator", "a@b.example", "--password-file", str(kept)).returncode == 0
    monkeypatch.setattr("sys.stdin", StringIO("another new sentence\n"))
    assert run("administrator", "a@b.example", "--password-file", "-").returncode == 0
    assert run("administrator", "a@b.example", "--password-file", str(tmp_path / "none")).returncode == 2
    both = run("administrator", "a@b.example", "--password", "x", "--password-file", str(kept))
    assert (both.returncode, "leave one out" in both.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("import",), 2, "ZIP"),
        (("import", "nowhere.zip"), 1, "nowhere.zip"),
        (("launch-link", "nowhere", "--learner", "ann"), 1, "nowhere"),
        (("launch-link", "nowhere"), 2, "--learner"),
        (("records", "--jsn"), 2, "--jsn"),
        (("administrator", "nobody", "--password", "long enough indeed"), 1, "e-mail"),
        (("administrator", "a@b.example", "--password", "short"), 1, "at least 12 characters"),
        (("administrator", "ann@b.example", "--password", "Password1234!"), 1, "too common"),
        (("serve", "--host", "0.0.0.0"), 1, "PLAYER_CONTENT_ORIGIN"),  # noqa: S104
    ],
)
def test_what_is_wrong_is_said_and_told_by_the_exit_code(
    run: Run, arguments: tuple[str, ...], code: int, named: str
) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_no_records_are_an_empty_list(run: Run) -> None:
    assert json.loads(run("records", "--json", "--course", "none").stdout) == []


def test_where_two_schools_call_somebody_so_the_command_names_one(
    environment: dict[str, str], run: Run, zips: Path
) -> None:
    run("import", str(zips / "fire.zip"))
    database = Database(f"sqlite:///{environment['PLAYER_DATA']}/player.db")
    with database.writing() as tx:
        for school in ("Northfield", "Southfield"):
            staff.launched(tx, school, "17", f"Sam of {school}")
    database.close()
    link = ("launch-link", "fire-safety", "--learner", "17")
    refused = run(*link)
    assert refused.returncode == 1
    assert refused.stderr == (
        "error: “Northfield” and “Southfield” each have a learner “17”: name the school with --school.\n"
    )
    assert run(*link, "--school", "Nowhere").stderr == (
        "error: There is no school “Nowhere”: write its name as the site shows it.\n"
    )
    assert run(*link, "--school", "Southfield").returncode == 0
    (record,) = json.loads(run("records", "--learner", "17", "--json").stdout)
    assert record["learner"] == {"id": "17", "name": "Sam of Southfield"}
    assert json.loads(run("records", "--school", "Northfield", "--json").stdout) == []
    assert json.loads(run("records", "--school", "Southfield", "--json").stdout) == [record]


def test_a_link_from_the_command_opens_on_the_running_server(
    environment: dict[str, str], run: Run, zips: Path
) -> None:
    run("import", str(zips / "fire.zip"))
    with serving(environment) as site:
        port = site.rpartition(":")[2]
        link = run("launch-link", "fire-safety", "--learner", "ann", "--name", "Ann").stdout.strip()
        assert link.startswith(f"http://127.0.0.1:{port}/play/")
        session = _posted(f"{link}deliver", {"page": "p"})["session"]
        assert session["state"] == "running"
        calls = [[1, "Initialize", ""], [2, "SetValue", "cmi.core.score.raw", "79.9"]]
        _posted(f"{link}commit", {"session": session["id"], "number": 1, "calls": calls})
    (record,) = json.loads(run("records", "--json").stdout)
    assert record["learner"] == {"id": "ann", "name": "Ann"}
    assert record["state"] == "running"
    (told,) = run("records").stdout.splitlines()
    assert {"ann", "79%"} <= set(told.split("\t")), "never rounded up to a mark"
    assert run("fold").stdout == "Commits folded: 0\n", "a month has to go by"
    assert run("fold", "--rest", "0").stdout == "Commits folded: 1\n"
    assert run("fold", "--rest", "0").stdout == "Commits folded: 0\n"
    assert json.loads(run("records", "--json").stdout) == [record]


def _posted(url: str, value: object) -> Any:
    request = urllib.request.Request(url, json.dumps(value).encode())  # noqa: S310
    with urllib.request.urlopen(request) as answered:  # noqa: S310
        return json.load(answered)


def test_an_administrator_is_made_from_the_command_line(run: Run) -> None:
    done = run("administrator", "Ann@Example.org", "--password", "long enough indeed")
    assert done.returncode == 0
    assert "ann@example.org" in done.stdout


def test_a_port_that_is_taken_is_a_sentence(environment: dict[str, str], run: Run) -> None:
    with serving(environment, signal.SIGTERM) as site:
        done = run("serve", "--port", site.rpartition(":")[2])
    assert done.returncode == 1
    assert "--port" in done.stderr
    assert "make run PORT=8001" in done.stderr


def test_the_demonstration_is_served_on_the_port_that_make_is_given() -> None:
    command = ["make", "--no-print-directory", "--dry-run", "run", "PORT=8001"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("player demo --port 8001")


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("training", "PLAYER_DATABASE_URL"),
        ("mysql://user:s3cret@localhost/training", "PLAYER_DATABASE_URL"),
        ("postgresql://user:s3cret@localhost:port/training", "PLAYER_DATABASE_URL"),
        ("postgresql://user:s3cret@127.0.0.1:1/training", "Connection refused"),
        ("sqlite:////proc/nowhere/player.db", "/proc/nowhere"),
    ],
)
def test_a_database_that_cannot_be_opened_is_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, url: str, named: str
) -> None:
    monkeypatch.setenv("PLAYER_DATABASE_URL", url)
    done = run("records")
    assert done.returncode == 1
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "s3cret" not in done.stderr


def test_a_folder_that_cannot_be_written_is_not_taken_for_a_port(
    environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "origins.json").mkdir()
    command = [str(PLAYER), "serve", "--port", "0"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert "data/origins" in done.stderr
    assert "--port" not in done.stderr


def test_commands_that_meet_on_a_new_installation_make_its_tables_once(environment: dict[str, str]) -> None:
    command = [str(PLAYER), "records", "--json"]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [each.communicate(timeout=60) for each in running]
    assert [each.returncode for each in running] == [0, 0, 0, 0], said
    assert {out for out, _ in said} == {"[]\n"}


def test_replay_says_whether_the_logs_come_to_the_records(
    run: Run, environment: dict[str, str], zips: Path
) -> None:
    run("import", str(zips / "fire.zip"))
    run("launch-link", "fire-safety", "--learner", "17")
    (record,) = json.loads(run("records", "--json").stdout)
    same = run("replay", "--json")
    (told,) = json.loads(same.stdout)
    assert (same.returncode, told["registration"], told["same"]) == (0, record["registration"], True)
    database = Database(f"sqlite:///{Path(environment['PLAYER_DATA']) / 'player.db'}")
    with database.writing() as tx:
        tx.execute(text("UPDATE registration SET state = 'ended'"))
    database.close()
    other = run("replay", "--registration", record["registration"])
    assert other.returncode == 1
    assert "differs" in other.stdout
    assert 'registration: state is "ended", and the log comes to "not attempted"' in other.stderr
    unknown = run("replay", "--registration", "no-such")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "There is no registration “no-such”" in unknown.stderr
