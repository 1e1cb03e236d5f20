"""The files of imported packages, as browsers need them: types, ranges, tags, names of any spelling."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath

from flask import Response, abort, request, send_file
from waitress.buffers import ReadOnlyFileBasedBuffer  # type: ignore[import-untyped]
from werkzeug.wsgi import wrap_file

# The operating system's table differs from machine to machine; what courses are made of is told here.
TYPES = {
    ".avif": "image/avif", ".bmp": "image/bmp", ".gif": "image/gif", ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml",
    ".tif": "image/tiff", ".tiff": "image/tiff", ".webp": "image/webp",
    ".aac": "audio/aac", ".flac": "audio/flac", ".m4a": "audio/mp4", ".mp3": "audio/mpeg",
    ".oga": "audio/ogg", ".ogg": "audio/ogg", ".opus": "audio/ogg",
    ".wav": "audio/wav", ".weba": "audio/webm",
    ".m4v": "video/mp4", ".mov": "video/quicktime", ".mp4": "video/mp4", ".mpeg": "video/mpeg",
    ".mpg": "video/mpeg", ".ogv": "video/ogg", ".webm": "video/webm",
    ".css": "text/css", ".csv": "text/csv", ".htm": "text/html", ".html": "text/html",
    ".js": "text/javascript", ".mjs": "text/javascript", ".txt": "text/plain",
    ".vtt": "text/vtt", ".srt": "application/x-subrip",
    ".dtd": "application/xml-dtd", ".json": "application/json", ".map": "application/json",
    ".webmanifest": "application/manifest+json", ".xhtml": "application/xhtml+xml", ".xml": "application/xml",
    ".xsd": "application/xml", ".xsl": "application/xml",
    ".eot": "application/vnd.ms-fontobject", ".otf": "font/otf", ".ttf": "font/ttf", ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".doc": "application/msword", ".pdf": "application/pdf", ".ppt": "application/vnd.ms-powerpoint",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".swf": "application/x-shockwave-flash", ".wasm": "application/wasm", ".zip": "application/zip",
}  # fmt: skip
UNKNOWN = "application/octet-stream"
YEAR = 365 * 24 * 3600


def send(root: Path, name: str) -> Response:
    """A file below `root`; its address names one version for ever, so it may be kept for ever."""
    path = locate(root, name)
    if path is None:
        abort(404)
    if "," in request.headers.get("Range", ""):
        del request.environ["HTTP_RANGE"]  # several parts at once: the whole is as good (RFC 9110, 14.2)
    response = send_file(
        path, mimetype=TYPES.get(path.suffix.lower(), UNKNOWN), conditional=True, etag=True, max_age=YEAR
    )
    if response.status_code == 206:
        _hand_over(response, path)
    # No charset: the header would outweigh what the file itself says, and old courses are not UTF-8.
    response.headers["Content-Type"] = TYPES.get(path.suffix.lower(), UNKNOWN)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _hand_over(response: Response, path: Path) -> None:
    """Waitress sends a file itself, and holds a thread for anything else until its last byte is taken: a
    film that sixteen learners have paused would stop the server."""
    if request.environ.get("wsgi.file_wrapper") is not ReadOnlyFileBasedBuffer:
        return
    response.close()
    part = path.open("rb")
    part.seek(response.content_range.start or 0)
    response.response = wrap_file(request.environ, part)


def locate(root: Path, name: str) -> Path | None:
    """The file meant by a path; authors on Windows and macOS spell case and accents their own way."""
    parts = PurePosixPath(name).parts
    if not parts or any(part in ("..", "/") or "\\" in part or "\0" in part for part in parts):
        return None
    exact = root.joinpath(*parts)
    try:
        if exact.is_file():
            return exact
    except OSError:  # longer than a name can be
        return None
    entry: Path | None = root
    for part in parts:
        entry = _named(entry, part) if entry else None
    return entry if entry and entry.is_file() else None


def _named(folder: Path, part: str) -> Path | None:
    exact = folder / part
    if exact.exists():
        return exact
    if not folder.is_dir():
        return None
    wanted = _folded(part)
    return next((entry for entry in sorted(folder.iterdir()) if _folded(entry.name) == wanted), None)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
