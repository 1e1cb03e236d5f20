"""A password's hash costs whoever guesses as much as RFC 9106 recommends, whoever is guessed."""

from __future__ import annotations

import subprocess
import sys

from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from player.school import hashing

# In a process of its own: the tests' own hashes are quick.
MAKE = "from player.school import hashing; print(hashing.NOBODY, hashing.hashed('correct horse battery'))"


def test_every_comparison_costs_what_the_standard_recommends() -> None:
    made = subprocess.run([sys.executable, "-c", MAKE], capture_output=True, text=True, check=True).stdout
    assert [extract_parameters(each) for each in made.split()] == [RFC_9106_LOW_MEMORY] * 2


def test_only_the_password_of_the_hash_matches() -> None:
    kept = hashing.hashed("correct horse battery")
    assert hashing.matches(kept, "correct horse battery")
    assert not hashing.matches(kept, "correct horse")
    assert not hashing.matches(None, "nobody has this password")
    assert not hashing.matches("no hash", "correct horse battery")
