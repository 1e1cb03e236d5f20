"""A format: its limits, its manifest, and the script that talks to its LMS. Each has a folder here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from courseware.formats.manifest_reader import ManifestReader
from courseware.formats.markup import Element
from courseware.formats.outline import Outline
from courseware.package import Organization, Package, Standard


class Limits(Struct, frozen=True):
    """The most that an LMS of the format keeps, in characters; None where the standard sets no limit."""

    suspend_data: int | None = None
    response: int | None = None  # of one interaction; the script has the same number
    title: int | None = None
    version: int | None = None
    prerequisites: int | None = None
    whole_pass_mark: bool = False  # the mark is a whole percent


class ManifestFormat(Struct, frozen=True):
    """The imsmanifest.xml of a format: its writer, its reader, and the marks by which it is recognised."""

    standard: Standard
    edition: str  # as `Package.edition` says it
    versions: tuple[str, ...]  # what `schemaversion` says, in small letters and without “SCORM”
    vocabulary: str  # a part of the ADL namespace that all editions of a standard share
    scorm_type: str  # how a resource's attribute is spelt
    write: Callable[[Package], bytes]
    read: Callable[[ManifestReader, Element, str], Package]
    arrange: Callable[[Outline], Organization]
    has_sequencing: bool = True  # imsss:sequencing


class Format(Struct, frozen=True):
    """A format that `courseware build` offers."""

    name: str  # as `--format` has it
    title: str  # as people say it
    script: Path  # the module that talks to its LMS
    limits: Limits = field(default_factory=Limits)
    manifest: ManifestFormat | None = None
