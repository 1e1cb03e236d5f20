"""Names as lists have them, as people write them: “O'BRIEN, Sian” is Sian O'Brien."""

from __future__ import annotations

import re
import unicodedata

from .fields import LONGEST
from .grid import one_line


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = _words("mr mrs miss ms mx dr prof professor rev revd sir dame lady lord fr sr")
_AFTER = _words("jr snr jnr ii iii iv phd mba ba bsc ma msc med pgce qts obe mbe cbe dl")
_NUMBERS = frozenset(("ii", "iii", "iv"))
_INITIALS = re.compile("[BCDFGHJKLMNPQRSTVWXZ]{2}")  # JP, TJ; JO and AL are names
_SMALL = _words("van von der den de da di du del della dos das ten ter bin ibn y e zu la")
_ACCENTS = re.compile("[\u0300-\u036f]")
_HYPHENS = re.compile("[-‐‑–.]")
_APOSTROPHES = re.compile("['’‘`]")
_LETTERS = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"\s*\(([^()]+?)\.?\)\s*$")
_OF_A_POST = _words(
    "cover mat maternity paternity leave temp temporary supply agency trainee job-share p/t f/t"
)


def tidy_name(text: str) -> str:
    """One name from one cell: the surname that stands before a comma goes last, capitals become a name."""
    if text.startswith(("=", "+", "@")) or len(text) > LONGEST:  # no name; the check of names says so
        return one_line(text)
    text = _composed(text)
    bracketed = _BRACKETED.search(text)
    if bracketed and not (_TITLES | _OF_A_POST).isdisjoint(bracketed[1].casefold().split()):
        text = text[: bracketed.start()]
    last, comma, first = (part.strip() for part in text.partition(","))
    if comma and not first:
        return _spelt(last)
    if not comma or "," in first or first.replace(".", "").casefold() in _AFTER:
        return _spelt(text)
    return join_names(first, last)


def join_names(first: str, last: str) -> str:
    """A first and a last name, which may come in capitals each."""
    if len(first) + len(last) > LONGEST:
        return one_line(f"{first} {last}")
    return one_line(f"{_spelt(_composed(first))} {_spelt(_composed(last), is_last=True)}")


def one_name(whole: str, first: str, last: str) -> str:
    """From a cell for each part, or from one; “Name” beside “Surname” is the first name."""
    if first and last:
        return join_names(first, last)
    if whole and last and not first and folded(last) not in folded(whole):
        return join_names(whole, last)
    return tidy_name(whole) if whole else join_names(first, last)


def folded(name: str) -> str:
    """A name for comparing: without titles, accents, capitals, hyphens and apostrophes."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", tidy_name(name).casefold()))
    words = _HYPHENS.sub(" ", _APOSTROPHES.sub("", bare)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _TITLES else words)


def _composed(text: str) -> str:
    """On one line, with each accent in its letter."""
    return one_line(unicodedata.normalize("NFC", text))


def _spelt(text: str, is_last: bool = False) -> str:
    """A name in capitals, or without any, in letters of both sizes; words in capitals among others, too."""
    words = text.split(" ")
    if text not in (text.upper(), text.lower()):
        return " ".join(_word(word) if _is_shouted(word) else word for word in words)
    return " ".join(
        word.lower() if _is_small(word, at, len(words), is_last) else _word(word, at == 0 and not is_last)
        for at, word in enumerate(words)
    )


def _is_shouted(word: str) -> bool:
    """O'BRIEN and McDONALD; not JP, and not the B of a middle name."""
    _, _, rest = word.partition("Mac" if word.startswith("Mac") else "Mc")
    part = rest if word.startswith("M") and rest else word
    return part.isupper() and sum(map(str.isalpha, part)) > 2


def _is_small(word: str, at: int, of: int, is_last: bool) -> bool:
    """“van der” in VAN DER BERG, where another word follows; DI in DI SMITH is a first name."""
    return word.lower() in _SMALL and at < of - 1 and (is_last or at > 0)


def _word(word: str, may_be_initials: bool = False) -> str:
    lower = word.lower()
    if lower in _NUMBERS:
        return word.upper()
    if may_be_initials and _INITIALS.fullmatch(word) and lower not in _TITLES:
        return word
    return _LETTERS.sub(lambda match: _capital(word, match), word)


def _capital(word: str, match: re.Match[str]) -> str:
    part = match[0]
    if len(part) == 1 and word[: match.start()].endswith(("'", "’")):
        return part.lower()  # the s of a possessive
    if part.startswith("Mac") or (len(part) > 3 and part.lower().startswith("mc")):
        at = 3 if part.startswith("Mac") else 2
        return part[:at].capitalize() + part[at:].capitalize()
    return part.capitalize()
