"""The texts that are timed: the bundled corpus, and news that has nothing to do with dissent."""

from __future__ import annotations

from dataclasses import replace
from importlib import resources
from pathlib import Path
from random import Random

from producers.files import as_published, read
from vigil.article import Article, article_id, revision_of

_SEED = 20220224

# Characters of a news article: the mean of 48 real ones that were annotated for docs/accuracy.md.
USUAL_LENGTH = 4_000

# One sentence each of ordinary news; an article is a shuffled handful of them. They hold figures,
# places, weekdays, police and courts, so that the gate has something to think about.
_ORDINARY = (
    "The central bank left its rate at 7.5 per cent on Thursday, as most economists had expected.",
    "Shares in the carmaker fell 4 per cent after it recalled 120,000 vehicles in Europe.",
    "Heavy rain is forecast for the coast from Tuesday, with up to 80 millimetres in places.",
    "The striker scored twice in the second half and was named player of the match in Lyon.",
    "A new tram line will link the university with the harbour from the spring of next year.",
    "Researchers in Basel have grown a material that mends its own scratches within an hour.",
    "The museum in Antwerp said 310,000 people had seen the exhibition since it opened in May.",
    "Ticket prices will rise by 2.40 on average, the operator said, because of dearer energy.",
    "The minister opened the congress in Vienna and praised forty years of joint research.",
    "Farmers expect a good harvest of apples after a mild winter and a wet month of June.",
    "Her third novel follows two sisters who inherit a lighthouse and quarrel over its lamp.",
    "The company employs 2,700 people in three countries and plans to hire 150 more engineers.",
    "Police closed the ring road on Sunday after a lorry had lost its load of tiles.",
    "The council voted 31 to 18 for the plan, which will cost the city 12 million over six years.",
    "A court in Hamburg ruled that the lender must repay the fees it had charged since 2019.",
    "The airline cancelled 46 flights on Friday because of fog at its home airport.",
    "Volunteers planted 900 oaks along the canal, twice as many as a year before.",
    "The chess final went to a tie-break, which the younger player won with the black pieces.",
    "Doctors advise drinking two litres a day while the heat lasts, more for the elderly.",
    "The choir sang for hundreds of listeners in the old brewery on Saturday night.",
    "Exports to Asia grew by a tenth in the quarter, the statistics office in Madrid reported.",
    "The telescope has found a planet that circles its star in nine days, at great heat.",
    "Bakers complain that flour has become a third more expensive than two winters ago.",
    "A fire in a warehouse near the station was put out after four hours; nobody was hurt.",
    "The school won a prize of 5,000 for a garden that its pupils water with collected rain.",
)


def corpus() -> list[Article]:
    """Return the articles of the bundled corpus."""
    folder = Path(str(resources.files("producers").joinpath("corpus")))
    return [item for item in read([folder], seen_at=as_published) if isinstance(item, Article)]


def of_usual_length(article: Article) -> Article:
    """Return an article with ordinary news behind it, as long as news articles are.

    The articles of the corpus are short and all of it matters; of a real one most does not.
    """
    missing = max(0, USUAL_LENGTH - len(article.text))
    random = Random(article.id)  # noqa: S311  # the same texts in every run
    rest: list[str] = []
    while missing > 0:
        rest.append(" ".join(random.sample(_ORDINARY, 3)))
        missing -= len(rest[-1]) + 2
    return replace(article, text="\n\n".join([article.text, *rest]))


def ordinary(count: int) -> list[Article]:
    """Return articles of ordinary news of the usual length."""
    made = []
    for number in range(count):
        seeded = Article(id=f"{_SEED}-{number}", revision="", seen_at=as_published(None), text="")
        text = of_usual_length(seeded).text.strip()
        made.append(
            Article(
                id=article_id(url=None, text=text),
                revision=revision_of(text=text, published=None, outlet=None),
                seen_at=as_published(None),
                text=text,
            )
        )
    return made


def stream(relevant: list[Article], *, one_in: int) -> list[Article]:
    """Return a stream in which one article of ``one_in`` comes from ``relevant``."""
    rest = iter(ordinary(len(relevant) * (one_in - 1)))
    mixed = []
    for article in relevant:
        mixed.append(article)
        mixed.extend(next(rest) for _ in range(one_in - 1))
    return mixed
