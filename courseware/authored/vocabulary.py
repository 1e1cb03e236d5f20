"""The words of messages: hints for missing keys, keys to come, and the words of other tools."""

from __future__ import annotations

from courseware.authored.selective import ONLY
from courseware.questions import KINDS

# These keys are planned and not available yet, so none of them is reported as misspelt.
NOT_YET = frozenset(
    {
        "glossary",
        "podcast",
        "video",
        "audio",
    }
)
HINTS = {
    "alt": "say what the picture shows, for people who cannot see it",
    "by": (
        "name the law file's key and the provision, such as “by: kcsie p1”; without a source, write “text:”"
    ),
    "because": "say why, to somebody who chose it",
    "as of": "give the day whose law and guidance the course states, such as “as of: 2026-11-24”",
    "edition": "give it a name that is never used twice, such as “edition: 2026.1”",
    "pass": "give the share that passes, such as “pass: 80%”",
    "minutes": "say how long it takes, such as “minutes: 50”",
    "course": "begin it with the title, such as “course: Child Protection”",
    "id": "give the course a name that never changes, such as “id: child-protection”",
    "in": "name the nations, such as “in: [england]”",
    "for": "name the audiences, such as “for: [staff, governors]”",
    "objectives": "say what a learner will be able to do, each under a name",
    "lessons": "list the files of the folder “lessons”, such as “lessons: [first-steps]”",
    "lesson": "begin it with the title, such as “lesson: First steps”",
    "script": "write its pages and blocks below “script:”, each line of it beginning with “- ”",
    **{kind.key: kind.hint for kind in KINDS.values()},
    **{key: hint for kind in KINDS.values() for key, hint in kind.hints.items()},
    "bank": "begin it with a title, such as “bank: Final questions”",
    "draw": "say how many questions about each objective are asked, such as “draw: {respond: 7}”",
    "questions": "write the questions below “questions:”, each under a name",
    "pre-test": "write “pre-test: yes”, or how much it asks, such as “pre-test: {respond: 4}”",
    "from": "name a file of the folder “quizzes”, such as “from: final”",
    "ask": "write the question, such as “ask: Who do you tell first?”",
    "provider": "say who offers the courses, such as “provider: Example Training”",
    "accent": 'give a colour in quotes, such as “accent: "#12556A"”',
    "laws": "write the laws below “laws:”, each under the name by which it is cited",
    "title": "write the title that is shown",
    "assessment": "write “from: …” and “pass: …” below it",
    "contacts": "write each below it under a name, such as “office: The school office”",
    "theme": 'write a colour below it, such as “accent: "#12556A"”',
    "source": "give the address of a page, with its “https://”",
    "line": "begin it with the line's name, such as “line: NSPCC Helpline”",
    "line number": "give the number to call, such as “number: 0808 800 5000”",
    "help lines": "name those of catalogue.yaml, such as “help lines: [nspcc]”, or write “help lines: none”",
    "emergency": "say when to call whom, such as “emergency: If a child is in immediate danger, call 999.”",
    "logo": "write “image:” and “alt:” below it, such as “image: logo.svg”",
    "image": "name the file of a picture, such as “image: gate.svg”",
    "reviewed": "write “by: …”, “role: …”, “on: …” and “edition: …” below it",
    "reviewed by": "name who reviewed it, such as “by: A. Reader”",
    "reviewed role": "say what they are, such as “role: Safeguarding consultant”",
    "reviewed on": "give the day of the review, such as “on: 2026-11-24”",
    "reviewed edition": "give the edition that was reviewed, such as “edition: 2026.1”",
    "in force": "write “yes”; where it is not in force, write “enacted:” and the day on which it was passed",
    "what is in force": "name a law of the law files, such as “what is in force: ca-1989”",
    "legislation": "write “separate”, “optional” or “left out”",
    "legislation of": "name the main course by its id, such as “legislation of: child-protection”",
    "with": "name the phases, such as “with: [early-years]”",
    "variants": "write each below it under its name, such as “governors: {for: governors, in: england}”",
    "only for": "name audiences of course.yaml, such as “only for: governors”",
    "only in": "name nations of course.yaml, such as “only in: [wales]”",
    "only with": "name phases of course.yaml, such as “only with: early-years”",
    "refresher of": "name the id of the course that it refreshes, such as “refresher of: gate-duty”",
    "take": "say what it takes of that course, such as “take: {objectives: [respond]}”",
    "changed since": 'give an edition of that course, in quotes, such as “changed since: "2025.1"”',
    "most missed": "say how many questions, such as “most missed: 5”",
    "instead": "write a name of that course and one of this, such as “instead: {old-question: new-question}”",
    "statistics": "name the file beside course.yaml that “player questions COURSE --json” has written",
    "scenario": "begin it with its name, such as “- scenario: the-bruise”",
    "then": "name the scene that it leads to, such as “then: monday”",
    "choose": "write below it what a learner may say or do, each a line: “- say: …” or “- do: …”",
    "ends": "write “ends: well” or “ends: badly”",
    "journey": "begin it with a title, such as “journey: Gives up and returns”",
    "steps": "write what a learner does below it, each a line: “- open”",
    "answer with": "say what is answered, such as “with: right answer”",
    "expect": "say what is to be seen, such as “expect: {page: Then report}”",
    "objective": "write what a learner will be able to do, such as “objective: Keep a record”",
}
# What other tools have blocks for, and how it is written here.
IN_A_TEXT = "write it in a text: “[its words](https://…)”"
INSTEAD = {
    **dict.fromkeys(
        ("quote", "quotation", "pull quote", "blockquote"),
        "write it under “text: |”, with “> ” before each of its lines",
    ),
    **dict.fromkeys(
        ("table", "rows", "columns"),
        "write a list under “text: |”, or “details:” for each row, or make a picture of it",
    ),
    **dict.fromkeys(("link", "url", "button", "website", "resource"), IN_A_TEXT),
    **dict.fromkeys(
        ("file", "download", "pdf", "document", "attachment"),
        f"a course brings pictures only; put the file on a website, and {IN_A_TEXT}",
    ),
    **dict.fromkeys(
        ("html", "embed", "iframe", "code"), "leave it out: a page takes text, pictures and questions"
    ),
    **dict.fromkeys(("divider", "separator", "line", "break", "hr"), "begin a new “page:”, or leave it out"),
    "question": "write “check:” where learners answer it, or “details:” where the course does",
    **dict.fromkeys(("warning", "important", "alert"), "write “callout:”, and “title: Important” below it"),
}
NOT_YET_HINT = "leave it out until then"
# The words of other tools.
SYNONYMS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("question", "quiz", "knowledge check"), ("check",)),
    **dict.fromkeys(("heading", "header", "section", "title", "screen", "slide"), ("page",)),
    **dict.fromkeys(("paragraph", "body", "list", "bullets", "markdown", "content"), ("text",)),
    **dict.fromkeys(("picture", "photo", "img", "graphic"), ("image",)),
    **dict.fromkeys(("alt text", "alternative text", "description"), ("alt",)),
    **dict.fromkeys(("note", "tip", "box", "info"), ("callout",)),
    **dict.fromkeys(("accordion", "faq", "expand", "collapsible"), ("details",)),
    **dict.fromkeys(("trigger warning", "content warning"), ("content note",)),
    **dict.fromkeys(("correct", "true"), ("right",)),
    "answer": ("right", "text"),
    **dict.fromkeys(("incorrect", "false", "distractor"), ("wrong",)),
    **dict.fromkeys(("feedback", "explanation", "why", "reason"), ("because",)),
    **dict.fromkeys(("prompt", "stem"), ("ask",)),
    **dict.fromkeys(("single choice", "multiple choice", "options", "choices"), ("choose one",)),
    **dict.fromkeys(("multiple response", "multiple answers"), ("choose all",)),
    **dict.fromkeys(("true or false", "true/false"), ("this is",)),
    **dict.fromkeys(("order", "sequence", "sort"), ("put in order",)),
    **dict.fromkeys(("pairs", "matching"), ("match",)),
    **dict.fromkeys(("hotspot", "find the hotspot", "image map", "click on", "find"), ("find in",)),
    **dict.fromkeys(("spots", "hotspots", "areas", "pins", "markers"), ("places",)),
    **dict.fromkeys(("position", "coordinates", "xy", "spot", "area", "where"), ("at",)),
    **dict.fromkeys(
        ("branching", "simulation", "roleplay", "role play", "case study", "story"), ("scenario",)
    ),
    **dict.fromkeys(("goto", "go to", "next", "leads to"), ("then",)),
    **dict.fromkeys(("distractors", "extra"), ("also",)),
    **dict.fromkeys(("gaps", "blanks", "cloze", "fill in the blank", "fill in the gap"), ("fill in",)),
    **dict.fromkeys(("scale", "likert", "rating"), ("rate",)),
    **dict.fromkeys(("essay", "free text", "reflection", "open question"), ("write",)),
    **dict.fromkeys(("pass mark", "mastery", "passing score"), ("pass",)),
    **dict.fromkeys(("attempts", "retries"), ("tries",)),
    **dict.fromkeys(("duration", "time"), ("minutes",)),
    **dict.fromkeys(("version", "revision"), ("edition",)),
    **dict.fromkeys(("source", "reference", "citation"), ("by",)),
    **dict.fromkeys(("colour", "color"), ("accent",)),
    **dict.fromkeys(("file", "src", "path", "filename"), ("image",)),
    **dict.fromkeys(("status", "starts", "since", "valid from", "effective from"), ("in force from", "from")),
    **dict.fromkeys(("ends", "expires", "valid until", "to"), ("until",)),
    **dict.fromkeys(("changed", "new in", "updated in", "changed since"), ("changed in",)),
    **dict.fromkeys(("passed", "royal assent", "made"), ("enacted",)),
    **dict.fromkeys(("replaced by", "succeeded by", "successor"), ("superseded by",)),
    **dict.fromkeys(("confidence", "certainty"), ("sureness",)),
    **dict.fromkeys(("reviewer", "name"), ("by",)),
    **dict.fromkeys(("for", "only", "audience", "audiences"), ("only for", "for")),
    **dict.fromkeys(("in", "nation", "country", "jurisdiction"), ("only in", "in")),
    **dict.fromkeys(("with", "phase", "phases"), ("only with", "with")),
}
# The places that keys belong to.
PLACES_OF_KEYS = {
    **dict.fromkeys(("from", "pass", "tries", "draw", "shuffle", "pre-test"), "below “assessment:”"),
    **dict.fromkeys(("alt", "caption"), "below “- image:”"),
    "places": "to the question, as far in as its “find in:”",
    "at": "below “- right:” or “- wrong:” of “places:”",
    **dict.fromkeys(("ask", *KINDS), "below “- check:” or a question's name"),
    **dict.fromkeys(("about", "reread"), "to the question, as far in as its “ask:”"),
    **dict.fromkeys(("script", "teaches", "summary"), "to the lesson, at the beginning of a line"),
    **dict.fromkeys(
        ("contacts", "objectives", "lessons", "assessment", "variants"),
        "to course.yaml, at the beginning of a line",
    ),
    "because": "below “- right:” or “- wrong:”",
    "scenes": "below “- scenario:”",
    **dict.fromkeys(("choose", "ends", "try again from"), "below the name of a scene"),
    "then": "below “- say:” or “- do:”",
    "by": "below “- must:” or “- should:”",
    **dict.fromkeys(("until", "changed in"), "to a line, a lesson, a question or an option"),
    **dict.fromkeys(ONLY, "to a line, a lesson, a question or an option, as far in as its first key"),
    "accent": "below “theme:”",
}
# Files by their first keys.
FILE_KINDS = {
    "course": "course.yaml",
    "lesson": "a file in “lessons”",
    "bank": "a file in “quizzes”",
    "laws": "a file in “law”",
    "provider": "catalogue.yaml",
    "journey": "a file in “journeys”",
}
ODD_CHARACTER = "an invisible character, or a space that is not an ordinary one, stands in “{}”"
TYPE_ANEW = "delete it, and type it anew"
FORMAT_HINTS = {
    "not a slug": "small letters, digits and hyphens, such as “{slug}”",
    "long slug": "shorten it",
    "not a number": "write it in digits, such as “{number}”",
    "not a number to call": "write its digits, with spaces where you like, such as “0808 800 5000”",
    "not a date": "write year, month and day, such as “{day}”",
    "not yes or no": "write “yes” or “no”",
    "not a decimal": "write one number, in digits, with a point: “2.5”",
    "no length": "write “up to 300 characters”; 1000 is the most",
    "not true or false": "write “true” or “false”",
    "no spot": (
        "write “30% across and 45% down”, or for an area “20% to 40% across and 30% to 60% down”; without "
        "“%” they are pixels of the picture"
    ),
    "no day": "correct its day or its month",
    "not a percentage": "write a number and %, such as “{share}%”",
}
