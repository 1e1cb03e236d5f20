"""The description of each key: what to write there.

The hints of messages about missing keys are such descriptions. Here are those of the keys that nobody has to
write, and of those that mean something else below another key.
"""

from __future__ import annotations

from courseware.authored.vocabulary import HINTS


def description_of(key: str, above: str, first: str) -> str:
    """By the key above it, by the first key of what it belongs to, or by itself."""
    for name in (f"{above} {key}", f"{first} {key}", key):
        if said := MEANINGS.get(name) or HINTS.get(name):
            return sentence(said)
    raise NotImplementedError(
        f"no words describe “{key}:” below “{above}:”: add it to courseware/schema/descriptions.py"
    )


def sentence(hint: str) -> str:
    """The hint, which is part of a message, as it stands alone."""
    return f"{hint[0].upper()}{hint[1:]}."


OF_A_COURSE = {
    "description": "say in one or two sentences what the course is about, for its first page and a catalogue",
    "language": "write “en-GB”, the only one so far",
    "earlier editions": (
        'list the editions that it had before, the oldest first, such as “["2025.1", "2026.1"]”'
    ),
    "structure": "write “one” for one SCO, or “multi” for a SCO for each lesson; “one” without this key",
    "order": (
        "with “structure: multi”, write “as listed” where a lesson opens when those before it are done, or "
        "“free”"
    ),
    "variants for": "name one audience of the course, such as “for: governors”",
    "variants in": "name one nation of the course, such as “in: england”",
    "variants with": "name one phase of the course, such as “with: early-years”",
    "called": "give it a title of its own, such as “called: Gate Watch for governors”",
    "keeps the name": "write “yes” for the variant that was there before there were variants",
    "take objectives": "name objectives of the course that it refreshes, such as “objectives: [respond]”",
    "assessment questions": "say how many questions of the bank are asked, such as “questions: 15”, or “all”",
    "assessment minutes": "say how long the final questions take, such as “minutes: 10”",
    "shuffle": "write “no” where questions and options stay in your order; “yes” without this key",
    "tries": "say how many tries a learner has, such as “tries: 3”; without it, as many as wanted",
    "contact": "name a contact of course.yaml, such as “contact: office”",
    "contacts contact": "say what learners call them, such as “contact: The clerk to the governors”",
    "help lines for": "say for whom it is, such as “for: For any adult worried about a child”",
    "catalogue help lines": (
        "write each below it under a name, such as “nspcc: {line: NSPCC Helpline, number: 0808 800 5000}”"
    ),
    "on dark": "name another file of the logo, for a dark ground, such as “on dark: logo-white.svg”",
}
OF_A_LESSON = {
    "teaches": "name the objective of course.yaml that it teaches, such as “teaches: respond”",
    "summary": "write a sentence that stands under the title",
    "done when": (
        "write “shown” where reading is enough; “answered” without this key, so that its checks have to be "
        "answered"
    ),
    "page": "begin a page with its heading, such as “page: Listen first”",
    "text": "write the text; one of several lines stands under “|”",
    "must": "say what law lays on the reader, and name the law under “by:”",
    "should": "say what guidance asks of the reader, and name it under “by:”",
    "school must": "say what law lays on the reader's school, and name the law under “by:”",
    "school should": "say what guidance asks of the reader's school, and name it under “by:”",
    "script for": "say in words whom the duty binds, such as “for: teachers”",
    "caption": "write what stands below the picture",
    "callout": "write what is to stand out",
    "script steps": "write the steps below it, each a line: “- …”",
    "content note": "warn of what follows it, down to the next page",
    "script legislation": "name a lesson of the legal companion, such as “legislation: duties”",
    "details": "write a question that staff ask, and the answer under “text:”",
    "check": (
        "begin it with the question's name, such as “check: who-to-tell”; without “ask:” it is taken from a "
        "bank"
    ),
    "until": "give the last day whose edition has it, such as “until: 2027-03-31”",
    "condition from": "give the first day whose edition has it, such as “from: 2027-04-01”",
    "changed in": 'give the edition in which it changed, in quotes, such as “changed in: "2026.2"”',
}
OF_A_QUESTION = {
    "about": "name the objective that it is about, such as “about: respond”",
    "reread": "name the page or the lesson that is read again after a wrong answer",
    "script because": "say what is told after any answer",
    "questions because": "say what is told after any answer",
    "partial credit": "write “yes” where each right part counts; without it, all or nothing",
    "always": "write “yes” where every draw has it",
    "must be right": "write “yes” where nobody passes without it",
    "right": "write an answer that is right",
    "wrong": "write an answer that is wrong, and under “because:” why",
    "places right": "say in words which place is right, and where it is under “at:”",
    "places wrong": "say in words which place is wrong, and where it is under “at:”",
    "stays last": "write “yes” where it stands at the end, such as “None of these”",
    "also": "list what may be chosen too, and goes with nothing",
    "within": "say how far an answer may be from the number, such as “within: 5”",
    "scenes text": "write what happens",
    "try again from": "after a bad end, name the scene from which another try begins",
    "say": "write what a learner may say",
    "do": "write what a learner may do",
}
OF_A_LAW = {
    "short": "write its title in a sentence, such as “short: KCSIE”",
    "laws edition": (
        'give the edition of a document that comes anew each year, in quotes, such as “edition: "2026"”'
    ),
    "laws in": "name the nations where it applies, such as “in: [england, wales]”",
    "kind": "write “law”, “statutory guidance”, “guidance” or “other”; “law” without this key",
    "citation": "write how it is cited, such as “citation: 1989 c. 41”",
    "checked": (
        "give the day on which somebody last compared it with its source, such as “checked: 2026-11-01”"
    ),
    "provisions": (
        "write its sections or parts below it, each under the name by which it is cited, such as “s47: "
        "{says: …}”"
    ),
    "says": "say in a sentence what it does",
    "provisions called": "write its name as it is to be shown, where it is not spelt out well",
    "in force from": "give the day since which it holds, such as “in force from: 1991-10-14”",
    "in force until": "give its last day, such as “in force until: 2026-08-31”",
    "reported in force from": (
        "give the day since which somebody else says that it holds, and nobody has confirmed it"
    ),
    "commences": "give the day that the law itself sets, which is still to come",
    "enacted": "give the day on which it was passed",
    "expected": "say in a sentence what is known of the day from which it holds",
    "superseded by": "cite what takes its place, such as “superseded by: kcsie”",
    "ground": (
        "say how you know: “seen” on the official page, “quoted” or “reported” by somebody else, or “known”"
    ),
    "sureness": "write “high”, “medium” or “low”",
    "to check": "say what a specialist is to look up",
}
OF_A_JOURNEY = {
    "variant": (
        "name the variants that it is played in, such as “variant: governors”; without it, all of them"
    ),
    "answer": "name the question, and the answer under “with:”",
    "answer the rest": (
        "write “right” or “wrong”: so each question of the screen that has no answer yet is answered"
    ),
    "read on to": (
        "name a page, a lesson, or one of “start”, “pre-test”, “final questions”, “result” and “end”"
    ),
    "answering": "write “right” or “wrong”: so the questions on the way are answered",
    "leave on": "name the page on which the window is closed",
    "expect page": "name the page that the learner is on",
    "shows": "write words that are on the screen, or a list of them",
    "does not show": "write words that are not on the screen, or a list of them",
    "answered": "name questions that have an answer, such as “answered: [ball]”",
    "not answered": "name questions that have no answer, such as “not answered: [ball]”",
    "status": "write “not attempted”, “incomplete” or “completed”, as the LMS has it",
    "passed": "write “yes” or “no”, as the LMS has it",
    "score": "give the percentage that the LMS has, such as “score: 80%”",
    "lessons done": "name lessons that the LMS has as done, such as “lessons done: [first-steps]”",
}
MEANINGS = {**OF_A_COURSE, **OF_A_LESSON, **OF_A_QUESTION, **OF_A_LAW, **OF_A_JOURNEY}
