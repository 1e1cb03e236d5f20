"""The references of one lesson, numbered in the order in which the lesson cites them."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from courseware import blocks
from courseware.authored.law import Citation
from courseware.authored.status import State, Word
from courseware.blocks import Reference
from courseware.material import CourseSource
from courseware.rendering.references import Link, citation
from courseware.rendering.wording import date, filled, state_in_words

# In which a table of what is in force has its rows.
ORDER: tuple[Word, ...] = ("in force", "reported", "not stated", "commences", "to come", "enacted", "ended")


class LessonReferences:
    """Numbers the references of one lesson."""

    def __init__(self, lesson: str, source: CourseSource) -> None:
        self.lesson = lesson
        self.source = source
        self.cited: dict[str, Reference] = {}
        self.marked: set[int] = set()
        self.explained: set[str] = set()  # laws whose abbreviation has been explained

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(self.cited.values())

    def reference(self, words: str) -> Reference:
        """The reference that `words`, such as “kcsie p1”, name."""
        name = " ".join(words.split())
        if name not in self.cited:
            self.cited[name] = self._numbered(len(self.cited) + 1, name)
        return self.cited[name]

    def anchored(self, html: str, words: str) -> str:
        """The duty's HTML; its paragraph is the target of “Back to the text” where it is the first to cite
        that source."""
        number = self.reference(words).number
        if number in self.marked:
            return html
        self.marked.add(number)
        return html.replace("<p>", f'<p id="{self.lesson}.c{number}">', 1)

    def commencement(self, words: str) -> blocks.Commencement:
        """The provisions of a law; those in force come first."""
        day, frame = self.source.course.as_of, self.source.words
        law = self._cited(words).law
        rows = []
        for key, part in law.provisions.items():
            row = Citation(words, law, key, part)
            state = row.state_on(day)
            rows.append((ORDER.index(state.word), self._row(row, state)))
        title = filled(frame["on day"], title=law.name, date=date(day.isoformat(), frame))
        ordered = sorted(rows, key=itemgetter(0))
        link = self._link(self.reference(words), self.source.words["source"])
        mark = str(citation(self.lesson, [link]))
        return blocks.Commencement(title, mark, tuple(row for _, row in ordered))

    def _row(self, citation: Citation, state: State) -> blocks.ProvisionRow:
        is_in_force = state.word == "in force"
        said = state_in_words(state, self.source.words)
        return blocks.ProvisionRow(
            says=str(citation.provision.says or "") if citation.provision else "",
            name=citation.provision_name,
            status=said if is_in_force else f"{said} {citation.expected}".strip(),
            in_force=is_in_force,
        )

    def mark(self, cited: Sequence[str]) -> str:
        """The short forms in brackets, each of which leads to its reference; the reference leads back to the
        first of them. A law that is named already is not named again."""
        links: list[Link] = []
        law = ""
        for words in cited:
            reference = self.reference(words)
            said = self._short(words, named=reference.law == law)
            between = "" if not links else ", " if reference.law == law else "; "
            links.append(self._link(reference, said, between))
            law = reference.law
        return str(citation(self.lesson, links))

    def _link(self, reference: Reference, said: str, between: str = "") -> Link:
        first = reference.number not in self.marked
        self.marked.add(reference.number)
        return Link(reference.number, said, between, first)

    def _short(self, words: str, *, named: bool) -> str:
        """“Children Act 1989, section 47”; with the day where that lies ahead."""
        cited = self._cited(words)
        law, provision = cited.law, cited.provision_name.replace(" ", "\u00a0", 1)
        name = law.short_name
        if law.is_abbreviated and cited.key not in self.explained:
            name = f"{law.name} [{name}]"
            self.explained.add(cited.key)
        state = cited.state_on(self.source.course.as_of)
        begins = ""
        if state.day and state.word in ("commences", "to come"):
            begins = filled(
                self.source.words["from day"], date=date(state.day.isoformat(), self.source.words)
            )
        said = provision or name if named else ", ".join(filter(None, (name, provision)))
        return f"{said} {begins}".strip()

    def _numbered(self, number: int, name: str) -> Reference:
        citation = self._cited(name)
        provision = citation.provision
        return Reference(
            number=number,
            title=citation.law.name,
            provision=citation.provision_name,
            kind=citation.law.kind,
            citation=str(citation.law.citation or ""),
            url=str(citation.law.source),
            says=str(provision.says or "").rstrip(".") if provision else "",
            status=self._status(citation),
            law=citation.key,
            part=citation.provision_key,
            short=citation.law.short_name,
            checked=citation.law.checked.isoformat() if citation.law.checked else "",
        )

    def _cited(self, name: str) -> Citation:
        citation = self.source.cited(name)
        if citation is None:
            raise KeyError(name)  # `validate` has refused such a citation
        return citation

    def _status(self, citation: Citation) -> str:
        """The state that a reader has to know: not in force, or the day of this edition."""
        day, words = self.source.course.as_of, self.source.words
        newest = self.source.successor(citation, day)
        if newest is not None:
            return filled(words["superseded"], title=newest.law.name)
        current = citation.state_on(day)
        if current.word == "in force":
            return state_in_words(current, words) if citation.law.edition and current.day else ""
        if current.day and citation.provision is None and citation.law.binds_in_part_on(day):
            return filled(words["in parts"], date=date(current.day.isoformat(), words))
        return f"{state_in_words(current, words)} {citation.expected}".strip()
