"""Counter-offers told as a reply: "Brasil contestó con otra cosa: un recorte …", "respondió con dos años", "terció con un tope"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.frame import Frame
from kg.extract.offered import Offered, content_lemmas, label, other_side
from kg.extract.proposal_parts import Stretch, items_behind_colon
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, trim
from kg.extract.words import word_list
from kg.model import Proposal

#: What a reply can be measured in: "respondió con dos años".
_UNITS: Final = frozenset(word_list("año mes día semana dólar euro peso millón tonelada litro metro kilómetro"))
#: Nouns that say nothing of what is put forward; what a colon spells out behind them does.
_EMPTY: Final = frozenset(word_list("cosa idea propuesta oferta contraoferta contrapropuesta fórmula alternativa versión"))
_STOPS: Final = frozenset({",", ";", ".", ":", "—", "–", "(", "?", "!"})


def from_replies(a: Analysis, frames: tuple[Frame, ...], attributions: tuple[Attribution, ...]) -> Iterator[Offered]:
    """What somebody puts forward by replying with it."""
    seen: set[tuple[int, int]] = set()
    for f in frames:
        t = a.trees[f.sentence]
        replies = f.form == "verb" and t.tokens[f.trigger].lemma in a.lexicon.classes["countering"]
        if not replies or not f.agent or f.negated or (f.sentence, f.trigger) in seen:
            continue
        seen.add((f.sentence, f.trigger))
        noun = _with_what(a, t, f.trigger)
        if noun is None:
            continue
        first, end = _stretch(t, f.trigger + 2, noun)
        items = items_behind_colon(t, end) if t.tokens[noun].lemma in _EMPTY else []
        content = items[0] if len(items) == 1 else (first, end)
        begin = min(f.first, f.trigger)
        fact = Proposal(
            id=f"p{f.sentence}.{first}.reply",
            label=label(a, t, *content),
            evidence=(passage(a, t.span(begin, max(end, content[1])), attributions, own=f.agent),),
            proposer=f.agent[:1],
            addressee=f.patient[:2] or other_side(a, f.agent),
            rule="proposal-reply",
            triggers=(t.tokens[f.trigger].text,),
        )
        yield Offered(fact, f.sentence, *content, content_lemmas(t, *content), f)


def _with_what(a: Analysis, t: Tree, verb: int) -> int | None:
    """The noun behind "con" that names something put forward, or counts something."""
    tokens = t.tokens
    if verb + 2 >= len(tokens) or tokens[verb + 1].lower != "con":
        return None
    noun = next((k for k in range(verb + 2, min(verb + 6, len(tokens))) if tokens[k].pos == "NOUN"), None)
    if noun is None or any(x.text in _STOPS for x in tokens[verb:noun]):
        return None
    counted = tokens[noun].lemma in _UNITS and any(x.pos == "NUM" for x in tokens[verb + 2 : noun])
    return noun if counted or tokens[noun].lemma in a.lexicon.classes["put-forward"] else None


def _stretch(t: Tree, first: int, noun: int) -> Stretch:
    """The noun phrase up to what is set off behind it."""
    end = next((k for k in range(noun + 1, len(t.tokens)) if t.tokens[k].text in _STOPS), len(t.tokens))
    return trim(t, first, end)
