"""Who counted is told from who detained, and from who printed it."""

from __future__ import annotations

import pytest

from consumers.extractor.authorities import find_authority


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("Police held 30 people, OVD-Info said.", "OVD-Info", "monitor"),
        ("According to Viasna, 30 people were held.", "Viasna", "monitor"),
        ("HRANA has documented 30 arrests.", "HRANA", "monitor"),
        ("30 people were held, rights groups said.", "rights groups", "monitor"),
        ("Police said 30 people were held.", "police", "official"),
        ("The interior ministry reported 30 arrests.", "Interior Ministry", "official"),
        ("30 people were held, according to the authorities.", "authorities", "official"),
        ("Organisers put the number of arrests at 30.", "organisers", "organiser"),
        ("OVD-Info, which follows arrests, said 30 were held by police.", "OVD-Info", "monitor"),
        ("Police detained 30 people.", None, "unattributed"),
        ("30 people were detained by police.", None, "unattributed"),
    ],
)
def test_authority_is_who_says_so(sentence: str, name: str | None, kind: str) -> None:
    found = find_authority(sentence, figure=sentence.index("30"))
    assert (found.name, found.kind) == (name, kind)


def test_source_may_stand_in_the_sentence_after() -> None:
    following = "This was reported by the monitoring group OVD-Info."
    found = find_authority("Police held 30 people.", figure=12, following=following)
    assert found.name == "OVD-Info"


def test_sentence_after_about_something_else_is_no_source() -> None:
    following = "OVD-Info was founded in 2011."
    assert find_authority("Police held 30 people.", figure=12, following=following).name is None


def test_nearest_of_two_sources_counts() -> None:
    sentence = "Police said 12 people were held, while the ministry of the interior reported 30."
    assert find_authority(sentence, figure=sentence.index("12")).name == "police"
