"""A small course by hand, with every block, so that what renders it needs no author and no planner."""

from __future__ import annotations

import json
from pathlib import Path

from msgspec.structs import replace

from courseware import blocks
from courseware import pages as p
from courseware.assessment import Assessment
from courseware.render import render

LANGUAGE = Path(p.__file__).parent / "language" / "en-GB.json"
KCSIE = blocks.Reference(
    1,
    "Keeping children safe in education 2025",
    "part one",
    "statutory guidance",
    url="https://www.gov.uk/kcsie",
    short="KCSIE 2025",
    checked="2026-11-01",
)
FGMA = blocks.Reference(
    2,
    "Female Genital Mutilation Act 2003",
    "section 5B",
    "law",
    "2003 c. 31",
    says="Duty to notify the police",
)
DSL = blocks.ContactSlot("dsl", "Your designated safeguarding lead")

DRAWING = (
    '<svg viewBox="0 0 700 120" width="700" height="120" font-size="16">'
    '<rect x="1" y="30" width="180" height="60" rx="6" fill="var(--fill)"/>'
    '<text x="91" y="66" text-anchor="middle" fill="var(--onfill)">You</text>'
    '<path d="M181 60h100" stroke="var(--edge)"/>'
    '<rect x="281" y="30" width="180" height="60" rx="6" fill="none" stroke="var(--edge)"/>'
    '<text x="371" y="66" text-anchor="middle" fill="var(--ink)">The DSL</text></svg>'
)


def words() -> dict[str, str]:
    return dict(json.loads(LANGUAGE.read_bytes()))


def option(letter: str, text: str, *, right: bool = False, because: str = "") -> blocks.Option:
    return blocks.Option(letter, text, right, because and f"<p>{because}</p>")


SECRET = blocks.Question(
    "promise-not-to-tell",
    "aB3_",
    "choose one",
    "A pupil stays behind and asks: “Can you keep a secret?” What do you say first?",
    "A pupil stays behind and asks: “Can you keep a secret?” What do you say first?",
    (
        option(
            "a",
            "“I can’t promise that, but I will listen, and only tell people who need to know.”",
            right=True,
            because="It is honest, and it keeps the door open. The child knows what you will do.",
        ),
        option(
            "b",
            "“Yes, I promise. You can trust me.”",
            because="It is a kind thing to want to say. But you would have to break the promise, because you "
            "cannot keep this to yourself.",
        ),
        option(
            "c", "“Let’s wait until your mum or dad can be here.”", because="It may put the child at risk."
        ),
    ),
    "respond",
    ("listen", 0),
)
SIGNS = blocks.Question(
    "possible-signs",
    "Zz-1",
    "choose all",
    "Which of these may be signs of neglect?",
    "Which of these may be signs of neglect?",
    (
        option("a", "Often hungry", right=True, because="Hunger, again and again, is a sign."),
        option("b", "Untreated illness", right=True, because="So is an illness that nobody treats."),
        option("c", "Dislikes maths", because="Many children do."),
    ),
    "recognise",
)


def scored(number: int) -> blocks.Question:
    reread = ("listen", 1) if number % 2 else ("signs", 0)
    options = tuple(
        option(
            letter,
            f"Answer {letter} to question {number}",
            right=letter == "b",
            because=f"Because of {letter}.",
        )
        for letter in "abc"
    )
    return blocks.Question(
        f"final-{number}",
        f"f{number:03d}",
        "choose one",
        f"Question {number}: who decides?",
        f"Question {number}: who decides?",
        options,
        "respond",
        reread,
    )


ALL = replace(
    scored(5),
    id="final-5",
    kind="choose all",
    options=(
        option("a", "One part", right=True),
        option("b", "Another part", right=True),
        option("c", "No part"),
    ),
)

LISTEN = blocks.Lesson(
    "listen",
    "When a child tells you something",
    (
        blocks.Page(
            "In the moment",
            (
                blocks.Text(
                    "<p>Let the child speak at their own pace. Keep your face and your voice "
                    "calm, even if what you hear shocks you.</p><p>If you have to ask something, "
                    "ask openly. <em>Tell me what happened</em> leaves the account with the child."
                    ' <span class="cite">(<a id="listen.c1" href="#listen.r1">'
                    "KCSIE 2025, part one</a>)</span></p>"
                ),
                blocks.Duty(
                    "should",
                    "<p>Never promise a child that you will keep it secret. Say instead that you will tell "
                    "only the people who need to know, so that the child is safe.</p>",
                    KCSIE,
                ),
                blocks.Duty(
                    "must",
                    "<p>If a girl under 18 tells you that female genital mutilation has been carried out on "
                    "her, report it to the police yourself.</p>",
                    FGMA,
                    "teachers",
                ),
                blocks.Check(SECRET),
                blocks.ContentNote(
                    "<p>The next part is a short account in which a child describes neglect at home. It has "
                    "no pictures or sound.</p>",
                    (
                        blocks.Text(
                            "<blockquote><p>“I don’t like the weekend. There isn’t anything in the fridge.”"
                            "</p></blockquote><p>A pupil in Year 4, made up for this course</p>"
                        ),
                        blocks.Duty("should", "<p>Write down the child’s own words.</p>", KCSIE),
                    ),
                    "neglect at home",
                ),
            ),
        ),
        blocks.Page(
            "Writing it down",
            (
                blocks.Text("<p>Write as soon as you can, on the same day, in the child’s own words.</p>"),
                blocks.Steps(
                    (
                        "Write it down in the child’s words",
                        "Tell the safeguarding lead <strong>at once</strong>",
                    )
                ),
                blocks.Figure(
                    "You record and report; the DSL decides, with others",
                    svg=DRAWING,
                    caption="Where your report goes.",
                    width=700,
                    height=120,
                ),
                blocks.Commencement(
                    "Female Genital Mutilation Act 2003, on 24 November 2026",
                    '<span class="cite">(<a href="#listen.r2">source</a>)</span>',
                    (
                        blocks.ProvisionRow("Duty to notify the police.", "section 5B", "In force.", True),
                        blocks.ProvisionRow(
                            "A duty to come.", "schedule 1", "Passed on 29 April 2026.", False
                        ),
                    ),
                ),
                blocks.Callout("<p>You need not be sure. Pass it on.</p>", "Not proof"),
                blocks.ContactSlot("dsl", "Your designated safeguarding lead"),
                blocks.Details("What if the child asks me not to tell?", "<p>Be kind and be plain.</p>"),
                blocks.Details("What if it is about a colleague?", "<p>Go to the headteacher.</p>"),
            ),
        ),
    ),
    9,
    "<p>It may happen at the end of a lesson, in a corridor or on a trip. You do not need perfect words.</p>",
    (KCSIE, FGMA),
    "respond",
)
SIGNS_LESSON = blocks.Lesson(
    "signs",
    "Signs of harm",
    (
        blocks.Page("", (blocks.Text("<p>What you see is a piece of a puzzle.</p>"), blocks.Check(SIGNS))),
        blocks.Page("What to do", (blocks.Text("<p>Tell the DSL.</p>"),)),
    ),
    6,
)


def sample(*, assessed: bool = True, tries: int | None = None) -> p.Pages:
    """Two lessons, two checks and, unless told otherwise, five final questions of which four are needed."""
    questions = (*(scored(number) for number in range(1, 5)), ALL)
    return p.Pages(
        course="sample",
        title="Child Protection",
        language="en-GB",
        edition="2026.1",
        lessons=(SIGNS_LESSON, LISTEN),
        words=words(),
        description="<p>How to notice that a child may be at risk, what to say and whom to tell.</p>",
        as_of="2026-11-24",
        minutes=25,
        objectives=(("recognise", "Recognise the signs"), ("respond", "Respond well when a child tells you")),
        assessment=Assessment(questions, 4, "80", tries, 10) if assessed else None,
        contacts=(DSL, blocks.ContactSlot("lado", "Your local authority designated officer")),
        help_lines=(
            p.HelpLine("NSPCC Helpline", "0808 800 5000", "For any adult worried about a child"),
            p.HelpLine("Samaritans", "116 123"),
        ),
        emergency='If a child is in immediate danger, call <a href="tel:999">999</a>.',
        provider="Example Training",
    )


def rendered(pages: p.Pages, form: str = "scorm12") -> dict[str, bytes]:
    """The SCO's own files in one format."""
    return render(pages, (form,))[form]
