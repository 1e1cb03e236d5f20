"""Whatever bytes arrive, there is a reading or a sentence: never a traceback, never a file outside."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courseware.reading import extract_package, read_package
from tests.chance import examples
from tests.courseware.packing import PAGE, manifest, pack

lean = settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.binary(min_size=0, max_size=3), st.integers(0, 3)), max_size=4
)


def edited(data: bytes, edits: list[tuple[int, bytes, int]]) -> bytes:
    for at, new, gone in edits:
        start = at % (len(data) + 1)
        data = data[:start] + new + data[start + gone :]
    return data


def is_read_or_refused(path: Path, folder: Path) -> None:
    reading = read_package(path)
    assert reading.package is not None or reading.errors
    extracted = extract_package(path, folder / "inner" / "out")
    assert extracted.package is not None or extracted.errors
    assert {one.name for one in folder.iterdir()} <= {path.name, "inner"}
    assert {one.name for one in (folder / "inner").glob("*")} <= {"out"}


@lean
@given(EDITS)
def test_zips_with_bytes_changed(edits: list[tuple[int, bytes, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = pack(
            folder / "a.zip", {"imsmanifest.xml": manifest(), "index.html": PAGE, "b/c.txt": b"text" * 9}
        )
        path.write_bytes(edited(path.read_bytes(), edits))
        is_read_or_refused(path, folder)


@lean
@given(EDITS, st.sampled_from(["1.2", "2004 4th Edition"]))
def test_manifests_with_bytes_changed(edits: list[tuple[int, bytes, int]], version: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = edited(manifest(version=version, head="<!-- é -->").encode(), edits)
        is_read_or_refused(pack(folder / "a.zip", {"imsmanifest.xml": text, "index.html": PAGE}), folder)
