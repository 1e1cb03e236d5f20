"""Names and addresses as lists have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.lists.addresses import clean_address
from player.lists.names import folded, join_names, one_name, tidy_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("O'BRIEN, Sian", "Sian O'Brien"),
        ("O’BRIEN, SIAN", "Sian O’Brien"),
        ("SIAN O'BRIEN", "Sian O'Brien"),
        ("sian o'brien", "Sian O'Brien"),
        ("Sian O'BRIEN", "Sian O'Brien"),
        ("Sian  O'Brien ", "Sian O'Brien"),
        ("O'Brien, Sian (Mrs)", "Sian O'Brien"),
        ("O'BRIEN,SIAN MARY", "Sian Mary O'Brien"),
        ("MCDONALD, EWAN", "Ewan McDonald"),
        ("McDONALD, Ewan", "Ewan McDonald"),
        ("Ewan MacDONALD", "Ewan MacDonald"),
        ("MACKAY, Iain", "Iain Mackay"),
        ("Machin, Ann", "Ann Machin"),
        ("VAN DER BERG, ANNA", "Anna van der Berg"),
        ("ANNA VAN DER BERG", "Anna van der Berg"),
        ("Van Der Berg, Anna", "Anna Van Der Berg"),
        ("DE LA CRUZ, María", "María de la Cruz"),
        ("DI SMITH", "Di Smith"),
        ("SMITH-JONES, Mary-Ann", "Mary-Ann Smith-Jones"),
        ("AL-HASSAN, NOOR", "Noor Al-Hassan"),
        ("NU\u0301N\u0303EZ, JOSE\u0301", "José Núñez"),
        ("ST JOHN, Ann", "Ann St John"),
        ("LI, Bo", "Bo Li"),
        ("Bo Li", "Bo Li"),
        ("JP SMITH", "JP Smith"),
        ("SMITH, JP", "JP Smith"),
        ("Ann B Lee", "Ann B Lee"),
        ("STEWART III", "Stewart III"),
        ("Martin King, Jr", "Martin King, Jr"),
        ("Lee, Ann, BSc", "Lee, Ann, BSc"),
        ("Lee,", "Lee"),
        ("DR AMINA KHAN", "Dr Amina Khan"),
        ("李 波", "李 波"),
        ("", ""),
    ],
)
def test_names(text: str, name: str) -> None:
    assert tidy_name(text) == name
    assert tidy_name(name) == name or "," in name


@given(st.text(max_size=40))
def test_any_text_is_a_name_on_one_line(text: str) -> None:
    name = tidy_name(text)
    assert name == " ".join(name.split())
    assert folded(text) == folded(text.strip())


@given(st.text("abcdmvABCDMV- ", max_size=30))
def test_a_tidy_name_stays_as_it_is(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)


def test_a_name_from_one_cell_or_from_a_cell_for_each_part() -> None:
    assert join_names("SIAN", "O'BRIEN") == "Sian O'Brien"
    assert join_names("anna", "van der berg") == "Anna van der Berg"
    assert one_name("O'BRIEN, Sian", "", "") == "Sian O'Brien"
    assert one_name("Sian", "", "O'BRIEN") == "Sian O'Brien"
    assert one_name("O'BRIEN, Sian", "", "O'Brien") == "Sian O'Brien"
    assert one_name("Mrs S O'Brien", "Sian", "O'Brien") == "Sian O'Brien"
    assert one_name("", "Sian", "") == "Sian"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("O'BRIEN, Siân", "Sian O’Brien"),
        ("Mary-Ann Smith Jones", "mary ann smith-jones"),
        ("Dr. Amina Khan", "Amina Khan"),
        ("Miss AMINA KHAN", "Khan, Amina"),
    ],
)
def test_names_that_are_one_for_comparing(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_names_that_are_two() -> None:
    assert folded("Ann Lee") != folded("Anne Lee")
    assert folded("Ann Lee") != folded("Lee Ann")
    assert folded("Miss") == "miss"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Sian.OBrien@School.example\u00a0", "sian.obrien@school.example"),
        ("mailto:a@b.cd", "a@b.cd"),
        ("MAILTO:a@b.cd?subject=Hello", "a@b.cd"),
        ("Sian O'Brien <sian@b.cd>", "sian@b.cd"),
        ('"Lee, Ann" <a@b.cd>;', "a@b.cd"),
        ("Ann <mailto:a@b.cd>", "a@b.cd"),
        ("'a@b.cd'", "a@b.cd"),
        ("a@b.cd.", "a@b.cd"),
        ("a@b.cd,", "a@b.cd"),
        ("(a@b.cd)", "a@b.cd"),
        ("a @ b.cd", "a@b.cd"),
        ("a\u200b@b.cd", "a@b.cd"),
        ("o'brien@b.cd", "o'brien@b.cd"),
        ("a@b.cd; c@d.ef", "a@b.cd; c@d.ef"),
        ("none", "none"),
        ("", ""),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert clean_address(text) == address
    assert clean_address(address) == address
