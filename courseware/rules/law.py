"""Citations: each exists, binds as its duty says, and applies in the course's nation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from courseware.authored.law import Citation, Law, spelt_out
from courseware.authored.lines import DutyLine, WhatIsInForceLine
from courseware.authored.model import SLUG, models_below
from courseware.authored.questions import AuthoredQuestion
from courseware.authored.texts import markdown_in
from courseware.errors import Place, Problem
from courseware.markdown import citations, without_code
from courseware.material import CourseSource, Material
from courseware.options import BuildOptions
from courseware.rules.hints import did_you_mean, grouped
from courseware.rules.walk import duties, lines
from courseware.yaml12.nodes import SourceText, excerpt

SINGLE = re.compile(r"(?<!\[)\[([^\[\]]+)\](?![\](:])")
BRACKETED = re.compile(r"\[\[.*\]\]")
MARKDOWN = re.compile(r"[*`\\\[\]<>]|\b_|_\b")


class WrittenCitation(Struct, frozen=True):
    """A citation as an author wrote it."""

    reference: str
    words: SourceText
    offset: int
    duty: DutyLine | None = None  # that it is the source of

    @property
    def place(self) -> Place:
        return self.words.place_of(self.offset)


def written_citations(material: Material) -> Iterator[WrittenCitation]:
    """Every citation: in text, and under a duty's `by`."""
    for words in material.markdown:
        if "[[" in words:
            yield from (WrittenCitation(reference, words, offset) for reference, offset in citations(words))
    for duty in duties(material):
        yield WrittenCitation(" ".join(duty.by.split()), duty.by, 0, duty)
    for table in commencements(material):
        yield WrittenCitation(" ".join(table.split()), table, 0)


ResolvedCitations = Sequence[tuple[Citation, WrittenCitation]]


def resolved_citations(material: Material, references: Iterable[WrittenCitation]) -> ResolvedCitations:
    """Each citation with the law that it names; found once, for all rules."""
    return [(citation, one) for one in references if (citation := material.cited(one.reference))]


def references_resolve(material: Material, references: Iterable[WrittenCitation]) -> Iterator[Problem]:
    if not material.is_whole("law"):
        return
    lost = [one for one in references if material.cited(one.reference) is None]
    if lost and not material.laws:
        yield no_laws(material, lost)
        return
    yield from grouped(unresolved(material, one.reference, one.place) for one in lost)


def no_laws(material: Material, lost: Sequence[WrittenCitation]) -> Problem:
    """One problem for all citations: no law file was found."""
    hint = "laws stand in the folder “law” beside the nearest catalogue.yaml above the course"
    if (material.folder / "law").is_dir() or (material.folder / "catalogue.yaml").is_file():
        hint += ", which the course's own folder is not"
    elif material.catalogue is None:
        hint += ", and there is no catalogue.yaml"
    message = f"“{lost[0].reference}” is cited, and no law file was found"
    if others := len(lost) - 1:
        message += f", nor for {others} more citation{'' if others == 1 else 's'}"
    return Problem(lost[0].place, message, hint)


def unresolved(material: Material, reference: str, place: Place) -> Problem:
    key, _, provision = reference.partition(" ")
    if BRACKETED.fullmatch(reference):
        message = "“by:” takes a citation without its brackets"
        return Problem(place, message, f"write “{reference.strip('[] ')}”")
    law = material.laws.get(key)
    if law is not None:
        return Problem(place, f"“{key}” has no provision “{provision}”", meant_provision(key, law, provision))
    said = key if SLUG.fullmatch(key) or key.casefold() in material.laws else excerpt(reference)
    return Problem(place, f"no law file has “{said}”", by_its_title(material, reference))


def meant_provision(key: str, law: Law, provision: str) -> str:
    """The hint for a provision that its law does not have: several at once, spelt out, or misspelt."""
    if re.search("[,;]| and ", provision):
        return f"cite each by itself, such as “{key} {re.split('[,; ]', provision)[0]}”"
    spelt = {spelt_out(name): name for name in law.provisions}
    meant = spelt.get(provision) or next(
        (name for name in law.provisions if name == spelt_out(provision)), None
    )
    if meant is not None:
        return f"did you mean “{meant}”?"
    return did_you_mean(provision, law.provisions) or f"add it to the provisions of “{key}”"


def by_its_title(material: Material, reference: str) -> str:
    """The hint for a citation by the law's title or address instead of its key."""
    said = reference.casefold()
    for key, law in material.laws.items():
        if law.title.casefold() in said or law.source.casefold() in said:
            return f"write its key, and a space before the provision: “{key} …”"
    first, _, last = reference.rpartition(" ")
    if last in material.laws:
        return f"write the law first: “{last} {first}”"
    return did_you_mean(reference.partition(" ")[0], material.laws)


def half_a_citation(material: Material) -> Iterator[Problem]:
    """One bracket instead of two makes no citation, and would be shown."""
    for words in material.markdown:
        for match in SINGLE.finditer(without_code(words)) if "[" in words.replace("[[", "") else ():
            if material.cited(match[1]) is not None:
                hint = f"write “[[{match[1]}]]”"
                message = f"“[{match[1]}]” cites nothing with single brackets"
                yield Problem(words.place_of(match.start()), message, hint)


def not_in_assessment(asked: AuthoredQuestion) -> Iterator[Problem]:
    """An assessment shows no list of references, so a citation there has no target."""
    for words in markdown_in(models_below(asked)):
        for reference, offset in citations(words):
            hint = "cite it in the lesson that teaches this"
            message = f"[[{reference}]] is not shown in an assessment"
            yield Problem(words.place_of(offset), message, hint, "warning")


def provisions_can_be_cited(material: Material) -> Iterator[Problem]:
    """A citation stands in Markdown, and some signs are marks there."""
    for law in material.laws.values():
        for key in law.provisions:
            if match := MARKDOWN.search(key):
                message = f"a provision whose name has “{match[0]}” cannot be cited in text"
                yield Problem(key.place, message, "leave the sign out; “called:” says what the reader sees")


def commencements(material: Material) -> Iterator[SourceText]:
    """The laws whose provisions are shown in a table."""
    yield from (block.what_is_in_force for block in lines(material, WhatIsInForceLine))


def commencement_has_rows(material: Material) -> Iterator[Problem]:
    """A table is of a whole law, and each of its rows says what the provision does."""
    for words in commencements(material):
        citation = material.cited(words)
        if citation is None:  # told by references_resolve
            continue
        if citation.provision is not None:
            message = "“what is in force:” wants a law, and not a part of it"
            yield Problem(words.place, message, f"write “what is in force: {citation.key}”")
        elif not citation.law.provisions:
            message = f"“{citation.key}” has no provisions to show"
            yield Problem(words.place, message, "add them to the law file, each with what it says")
        for key, provision in citation.law.provisions.items():
            if not provision.says:
                message = f"a table shows “{key}”, and nothing says what it does"
                yield Problem(key.place, message, "add “says: …”")


def verbs_match_sources(material: Material) -> Iterator[Problem]:
    """Law lays down what must be done, guidance what should be done."""
    for duty in duties(material):
        citation = material.cited(duty.by)
        if citation is None:
            continue
        name, is_law = citation.law.name, citation.law.kind == "law"
        instead = duty.key.replace(*(("must", "should") if duty.verb == "must" else ("should", "must")))
        if duty.verb == "must" and not is_law:
            message = f"“{duty.key}:” states law, and “{name}” is {kind_in_words(citation.law)}"
            yield Problem(duty.by.place, message, f"write “{instead}:”, or cite the law that lays it down")
        elif duty.verb == "should" and is_law:
            message = f"“{duty.key}:” states guidance, and “{name}” is law"
            binding = (
                "binds the reader, “school must:” where it binds the school" if instead == "must" else "binds"
            )
            hint = f"write “{instead}:” where it {binding}; or cite the guidance that recommends it"
            yield Problem(duty.by.place, message, hint, "warning")


def kind_in_words(law: Law) -> str:
    return "neither law nor guidance" if law.kind == "other" else law.kind


def same_nation(source: CourseSource, known: ResolvedCitations) -> Iterator[Problem]:
    if source.variant:
        yield from grouped(law_of_variant(source, source.variant.nation, known))
        return
    nations = {str(nation) for law in source.laws.values() for nation in law.in_}
    is_sure = bool(known) and source.is_whole("law")
    strange = [nation for nation in source.course.in_ if is_sure and nation not in nations]
    for nation in strange:
        message = f"none of the laws applies in “{nation}”"
        yield Problem(nation.place, message, did_you_mean(nation, nations), "warning")
    here = [nation for nation in source.course.in_ if nation not in strange]
    for key, (law, one) in first_citations(known).items() if here else ():
        if not set(law.in_) & set(here):
            message = f"“{key}” applies in {', '.join(law.in_)}, and the course is for {', '.join(here)}"
            yield Problem(one.place, message, "cite the law of the course's own nation", "warning")


def law_of_variant(source: CourseSource, nation: str, known: ResolvedCitations) -> Iterator[Problem]:
    """A variant is for one nation, and its author can say which law is cited there."""
    for citation, one in known if source.is_whole("law") else ():
        law = citation.law
        if nation not in law.in_:
            message = f"“{citation.key}” applies in {', '.join(law.in_)}, and not in {nation}"
            there = " or ".join(law.in_)
            instead = f"“[[{one.reference}, only in {there}]]”"
            if one.duty or "[[" not in one.words:
                instead = f"“only in: {law.in_[0]}” below it"
            yield Problem(one.place, message, f"write {instead}, and cite the law of {nation} beside it")


def first_citations(known: ResolvedCitations) -> dict[str, tuple[Law, WrittenCitation]]:
    """Each cited law with its first citation: a law is reported once, not at each citation."""
    first: dict[str, tuple[Law, WrittenCitation]] = {}
    for citation, one in known:
        first.setdefault(citation.key, (citation.law, one))
    return first


def sources_are_addresses(known: ResolvedCitations) -> Iterator[Problem]:
    """The title of a reference is a link to the law's source."""
    for key, (law, _) in first_citations(known).items():
        if not law.source.lower().startswith(("https://", "http://")):
            message = f"the source of “{key}” is no address of a page"
            hint = f"write it as a browser shows it, such as “https://{law.source.excerpt}”"
            if ":" in law.source:
                hint = "write it as a browser shows it; it begins with “https://”"
            yield Problem(law.source.place, message, hint)


def stated_today(source: CourseSource, options: BuildOptions) -> Iterator[Problem]:
    if source.course.as_of > options.today:
        said, hint = f"as of: {source.course.as_of}", "give the day on which it was last checked"
        if options.on:
            said, hint = f"--on {options.on}", "build it again on that day, with the law as it is then"
        message = f"“{said}” is in the future, and nobody knows the law of then"
        yield Problem(source.course.at("as of"), message, hint, "warning")
