"""The command as people and programs call it: exit codes, what goes where, and a server that answers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PLAYER, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@contextmanager
def serving(environment: dict[str, str], *arguments: str) -> Iterator[str]:
    command = [str(PLAYER), "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(20) == 0


def test_import_prints_the_course_of_each_and_the_others_of_a_bad_one(
    environment: dict[str, str], zips: Path
) -> None:
    done = run(environment, "import", *(str(zips / f"{name}.zip") for name in ("fire", "bad", "water")))
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["fire-safety", "water-safety"]
    assert "bad.zip" in done.stderr
    again = run(environment, "import", str(zips / "fire.zip"))
    assert (again.returncode, again.stdout) == (0, "fire-safety\n")


def test_import_for_programs(environment: dict[str, str], zips: Path) -> None:
    done = run(environment, "import", "--json", str(zips / "fire.zip"), str(zips / "bad.zip"))
    told = json.loads(done.stdout)
    assert [(each["course"], each["version"]) for each in told] == [("fire-safety", 1), (None, None)]
    assert told[1]["problems"][0]["severity"] == "error"
    update = run(environment, "import", "--update", "fire-safety", "--json", str(zips / "water.zip"))
    assert json.loads(update.stdout)[0]["version"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("import",), 2, "ZIP"),
        (("import", "nowhere.zip"), 1, "nowhere.zip"),
        (("launch-link", "nowhere", "--learner", "ann"), 1, "nowhere"),
        (("launch-link", "nowhere"), 2, "--learner"),
        (("records", "--jsn"), 2, "--jsn"),
        (("administrator", "nobody", "--password", "long enough indeed"), 1, "e-mail"),
        (("administrator", "a@b.example", "--password", "short"), 1, "too short"),
        (("serve", "--host", "0.0.0.0"), 1, "PLAYER_CONTENT_ORIGIN"),  # noqa: S104
    ],
)
def test_what_is_wrong_is_said_and_told_by_the_exit_code(
    environment: dict[str, str], arguments: tuple[str, ...], code: int, named: str
) -> None:
    done = run(environment, *arguments)
    assert done.returncode == code
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_no_records_are_an_empty_list(environment: dict[str, str]) -> None:
    assert json.loads(run(environment, "records", "--json", "--course", "none").stdout) == []


def test_a_link_from_the_command_opens_on_the_running_server(environment: dict[str, str], zips: Path) -> None:
    run(environment, "import", str(zips / "fire.zip"))
    with serving(environment) as site:
        port = site.rpartition(":")[2]
        link = run(
            environment, "launch-link", "fire-safety", "--learner", "ann", "--name", "Ann"
        ).stdout.strip()
        assert link.startswith(f"http://127.0.0.1:{port}/play/")
        request = urllib.request.Request(f"{link}deliver", b'{"page": "p"}')  # noqa: S310
        with urllib.request.urlopen(request) as answered:  # noqa: S310
            assert json.load(answered)["session"]["state"] == "running"
    (record,) = json.loads(run(environment, "records", "--json").stdout)
    assert record["learner"] == {"id": "ann", "name": "Ann"}
    assert record["state"] == "running"
    assert "ann" in run(environment, "records").stdout


def test_an_administrator_is_made_from_the_command_line(environment: dict[str, str]) -> None:
    done = run(environment, "administrator", "Ann@Example.org", "--password", "long enough indeed")
    assert done.returncode == 0
    assert "ann@example.org" in done.stdout


def test_a_port_that_is_taken_is_a_sentence(environment: dict[str, str]) -> None:
    with serving(environment) as site:
        done = run(environment, "serve", "--port", site.rpartition(":")[2])
    assert done.returncode == 1
    assert "--port" in done.stderr


def test_commands_that_meet_on_a_new_installation_make_its_tables_once(environment: dict[str, str]) -> None:
    command = [str(PLAYER), "records", "--json"]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [each.communicate(timeout=60) for each in running]
    assert [each.returncode for each in running] == [0, 0, 0, 0], said
    assert {out for out, _ in said} == {"[]\n"}
