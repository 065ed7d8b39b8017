"""Whom a speaker's words mean within the article. What is said stands behind |, and behind it who said it."""

import pytest

from indexer.article import Article
from indexer.attribution import attribute
from indexer.mentions import find_people
from indexer.paragraphs import split
from indexer.quotations import find_quotations


def credited(text: str) -> dict[str, str]:
    """Each quote of a text with the full name of whoever is credited; a slash is a new paragraph."""
    document = split(Article("a", text.replace(" / ", "\n\n")))
    quotations = find_quotations(document)
    people = find_people(document, quotations)
    quotes = attribute(document, quotations, people)
    return {
        document.text[q.quotation.start : q.quotation.end].strip(" .,?"): people.name_of(q.attribution.entity)
        if q.attribution.entity
        else ""
        for q in quotes
    }


def check(scene: str) -> None:
    text, said, name = (part.strip() for part in scene.split("|"))
    assert credited(text).get(said) == name


@pytest.mark.parametrize(
    "scene",
    [
        "Det. Sgt. Marla Quong told the court she found the bag. / The detective said the bag was empty. | the bag was empty | Marla Quong",
        "Justice Corin Mabee sentenced him to four years. The judge said the crime was cruel. | the crime was cruel | Corin Mabee",
        "Coun. Tess Ivany voted against it. The councillor said the town could not pay. | the town could not pay | Tess Ivany",
        "Const. Obed Larkin was on patrol. “It was dark,” the constable testified. | It was dark | Obed Larkin",
        "Dr. Pia Sandoval runs the clinic. The physician said patients wait eight hours. | patients wait eight hours | Pia Sandoval",
        "Prof. Hugh Denby teaches law at Quill College. The professor said the bill was flawed. | the bill was flawed | Hugh Denby",
        "Orla Finn, CEO of Brightwater Mines, flew in. The chief executive said the mine will close. | the mine will close | Orla Finn",
        "Chief financial officer Orla Finn flew in. The executive said the mine will close. | the mine will close | Orla Finn",
        "Ines Varga, a geologist at Dale University, came. The scientist said the slope was moving. | the slope was moving | Ines Varga",
        "Sgt. Lena Moss arrived first. The officer said the door was open. | the door was open | Lena Moss",
    ],
)  # fmt: skip
def test_a_role_noun_goes_back_to_whoever_has_a_role_of_its_kind(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "The firm's vice-president of rail, Dirk Ansel, told the town it was safe. “We hear you,” the vice-president said."
        " | We hear you | Dirk Ansel",
        "The province's chief medical officer, Dr. Wei Tan, came. “Wear a mask,” the medical officer said. | Wear a mask | Wei Tan",
        "Its president, Nadia Frame, met reporters on Monday. “We are sorry,” the executive said. | We are sorry | Nadia Frame",
    ],
)
def test_a_role_that_a_comma_parts_from_its_bearer_is_read(scene: str) -> None:
    check(scene)


@pytest.mark.parametrize(
    "scene",
    [
        "Det. Marla Quong came. A second detective knocked. The detective said it was dark. | it was dark | detective",
        "Dr. Pia Sandoval came. The nurse said it was dark. | it was dark | nurse",
    ],
)
def test_a_role_noun_is_nobody_else(scene: str) -> None:
    check(scene)
