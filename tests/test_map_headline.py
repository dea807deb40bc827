"""Short names: what a label loses, what it never loses, where it ends; and the packing of the library."""

from __future__ import annotations

import pytest
from map_samples import sample, stored

from kg.errors import InputError
from kg.graph import triples
from kg.headline import capital, headline
from kg.map.content import read
from kg.map.pack import FIRST, pack, pieces
from kg.map.telling import shown_name
from kg.model import Actor, Article, Extraction, Passage, Position, Proposal


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("un sistema de pagos en monedas locales", "Sistema de pagos en monedas locales"),
        ("la reapertura de la aduana", "La reapertura de la aduana"),
        ("sobre el derrocamiento de Maduro", "El derrocamiento de Maduro"),
        ("en torno a la soberanía", "La soberanía"),
        ("la opción de enviar tropas para combatir a los cárteles", "Enviar tropas para combatir a los cárteles"),
        ("la idea de país que defiende el ministro", "La idea de país que defiende el ministro"),
        ("a los pescadores de Barbate", "Los pescadores de Barbate"),
        ("a cambio de más inspectores", "A cambio de más inspectores"),
        ("«zona de paz»", "«Zona de paz»"),
        ("¿quién paga el muro?", "¿Quién paga el muro?"),
        ("12 meses de prórroga", "12 meses de prórroga"),
        ("unión aduanera", "Unión aduanera"),
        ("sobremesa", "Sobremesa"),
        ("una", "Una"),
        ("", ""),
        # one that the extraction has cut
        ("logrando detenciones de alto nivel y el…", "Logrando detenciones de alto nivel…"),
        # too long: before a clause that begins late enough
        (
            "las negociaciones del Tratado entre México, Estados Unidos y Canadá, cuya revisión está prevista para julio",
            "Las negociaciones del Tratado entre México, Estados Unidos y Canadá…",
        ),
        # too long without such a clause: between words, and never after one that leads on
        (
            "cooperar, compartir información, permitir asesores extranjeros en los centros de comando y de planeación conjunta",
            "Cooperar, compartir información, permitir asesores extranjeros en los centros…",
        ),
        ("x" * 100, "X" + "x" * 83 + "…"),
    ],
)
def test_headlines(label: str, shown: str) -> None:
    assert headline(label) == shown


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("cuando se rompieron las relaciones", "Se rompieron las relaciones"),
        ("que Bogotá intervino en 2021", "Bogotá intervino en 2021"),
        ("desde que Trump asumió el cargo", "Trump asumió el cargo"),
        (
            "después de que fuerzas estadounidenses capturaran a Maduro",
            "Después de que fuerzas estadounidenses capturaran a Maduro",
        ),
        ("sobre el derrocamiento de Maduro", "El derrocamiento de Maduro"),
        ("quema de buques", "Quema de buques"),
    ],
)
def test_events_stand_by_themselves(label: str, shown: str) -> None:
    assert headline(label, event=True) == shown


def test_a_headline_is_words_of_the_label_in_their_order() -> None:
    for node in read(sample("five")).of_kind("proposal", "topic", "event"):
        shown = headline(node.label).removesuffix("…")
        assert len(shown) <= 84
        assert shown[1:] in " ".join(node.label.split())
        assert headline(headline(node.label)) == headline(node.label)


def test_capitals() -> None:
    assert capital("el arancel") == "El arancel"
    assert capital("«el arancel»") == "«El arancel»"
    assert capital("…") == "…"


def test_a_clause_too_long_for_its_label_gets_its_que_back() -> None:
    clause = "sus barcos entren en el puerto, " + "y que se les dé agua, " * 8 + "y combustible"
    text = f"México exige que {clause}."
    evidence = (Passage(0, len(text), text),)
    facts = (Proposal(id="a", label=clause, evidence=evidence, proposer=("mx",)),)
    actors = (Actor(id="mx", kind="Country", label="México", iso="MX"),)
    content = read(stored(triples(Extraction(Article(id="nota", text=text, title="Nota"), actors, facts))))
    (proposal,) = content.of_kind("proposal")
    assert shown_name(content, proposal, "es").startswith("Que sus barcos entren en el puerto")


def test_what_is_asked_for_in_a_clause_gets_its_que_back() -> None:
    text = "México exige que Washington respete su soberanía. Niega que haya ofrecido tropas. Dice que todo marcha. Pide un plan."

    def words(quote: str) -> tuple[Passage, ...]:
        return (Passage(text.index(quote), text.index(quote) + len(quote), quote),)

    facts = (
        Proposal(
            id="a",
            label="Washington respete su soberanía",
            evidence=words("exige que Washington respete su soberanía"),
            proposer=("mx",),
        ),
        Proposal(id="b", label="un plan", evidence=words("Pide un plan"), proposer=("mx",)),
        Position(
            id="c",
            label="c",
            evidence=words("Niega que haya ofrecido tropas"),
            holder="mx",
            stance="denies",
            matter="haya ofrecido tropas",
        ),
        Position(id="d", label="d", evidence=words("Dice que todo marcha"), holder="mx", stance="affirms", matter="todo marcha"),
    )
    actors = (Actor(id="mx", kind="Country", label="México", iso="MX"),)
    content = read(stored(triples(Extraction(Article(id="nota", text=text, title="Nota"), actors, facts))))
    names = {node.label: shown_name(content, node, "es") for node in content.of_kind("actor", "proposal", "topic")}
    assert names == {
        "México": "México",
        "Washington respete su soberanía": "Que Washington respete su soberanía",
        "plan": "Plan",
        "haya ofrecido tropas": "Que haya ofrecido tropas",
        "todo marcha": "Todo marcha",
    }


# --------------------------------------------------------------------------------------------------------------------- packing


def test_packing_can_be_undone_and_is_the_same_every_time() -> None:
    script = "".join(pieces()) * 3 + 'this.body="ñ 🌊";'
    packed = pack(script)
    assert packed.unpacked() == script
    assert packed == pack(script)
    assert len(packed.text) < len(script) / 4
    assert pack("").unpacked() == ""


def test_a_text_with_the_letters_of_the_packing_is_refused() -> None:
    with pytest.raises(InputError, match="holds the letter"):
        pack(f"a{chr(FIRST)}b")
