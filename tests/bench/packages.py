"""What a package weighs: files, bytes, and its JavaScript gzipped."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from deflate import deflate_compress

from courseware.archive import LEVEL
from courseware.render import DOCUMENT
from tests.conftest import ROOT

DRAWING = re.compile(
    rb'<div class="drawing.*?</svg></div></div>|<div role="img"[^>]*><svg.*?</svg></div>', re.DOTALL
)
MEDIA = (".webp", ".png", ".jpg", ".jpeg", ".mp3", ".mp4", ".m4a", ".webm", ".vtt")


def packed(content: bytes) -> int:
    """Its bytes in a zip of ours."""
    return len(deflate_compress(content, LEVEL))


def weigh(path: Path) -> dict[str, float]:
    """Files, kB without media, and kB of JavaScript gzipped, of one zip. Media are what an author puts into
    `media/`: a drawing is one too, though it stands in the document."""
    with zipfile.ZipFile(path) as package:
        entries = package.infolist()
        scripts = b"".join(package.read(e) for e in entries if e.filename.endswith(".js"))
        zipped = sum(e.compress_size for e in entries if not e.filename.endswith(MEDIA))
        document = package.read(DOCUMENT)
    drawings = packed(document) - packed(DRAWING.sub(b"", document))
    return {
        "files (bar 30)": len(entries),
        "kB without media (bar 110)": (zipped - drawings) / 1000,
        "kB with its drawings": zipped / 1000,
        "kB of JavaScript, gzipped (bar 20 with choices only, 32 with every kind)": len(
            gzip.compress(scripts, mtime=0)
        )
        / 1000,
    }


def measure() -> dict[str, float]:
    """Every real course in both formats."""
    with tempfile.TemporaryDirectory() as folder:
        courses = sorted(p.parent for p in (ROOT / "course_src" / "courses").glob("*/course.yaml"))
        command = [sys.executable, "-m", "courseware", "build", *map(str, courses), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return {
            f"package {path.name}: {name}": figure
            for path in sorted(Path(folder).glob("*.zip"))
            for name, figure in weigh(path).items()
        }
