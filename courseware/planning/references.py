"""The references of one lesson: numbered in the order in which it cites them, each once."""

from __future__ import annotations

from courseware.material import CourseSource
from courseware.pages import Reference
from courseware.rendering.wording import citation


class LessonReferences:
    """Hands out the numbers of one lesson's references."""

    def __init__(self, lesson: str, source: CourseSource) -> None:
        self.lesson = lesson
        self.source = source
        self.cited: dict[str, Reference] = {}
        self.marked: set[int] = set()

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(self.cited.values())

    def reference(self, words: str) -> Reference:
        """The source that `words`, such as “kcsie p1”, names."""
        name = " ".join(words.split())
        if name not in self.cited:
            self.cited[name] = self._numbered(len(self.cited) + 1, name)
        return self.cited[name]

    def anchored(self, html: str, words: str) -> str:
        """A duty's paragraph, to which its source leads back where nothing has cited that before."""
        number = self.reference(words).number
        if number in self.marked:
            return html
        self.marked.add(number)
        return html.replace("<p>", f'<p id="{self.lesson}.c{number}">', 1)

    def mark(self, words: str) -> str:
        """The raised number that leads to the reference; the first is where the reference leads back to."""
        number = self.reference(words).number
        first = number not in self.marked
        self.marked.add(number)
        return str(citation(self.lesson, number, self.source.words, first=first))

    def _numbered(self, number: int, name: str) -> Reference:
        citation = self.source.cited(name)
        if citation is None:
            raise KeyError(name)  # `validate` has refused it
        provision = citation.provision
        return Reference(
            number=number,
            title=str(citation.law.title),
            provision=citation.provision_name,
            kind=citation.law.kind,
            citation=str(citation.law.citation or ""),
            url=str(citation.law.source),
            says=str(provision.says or "").rstrip(".") if provision else "",
        )
