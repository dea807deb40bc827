"""Events that a frame tells beside its own: what is threatened, the second half of a gapped designation, acts on a known proposal."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.analysis import Analysis
from kg.extract.context import passage
from kg.extract.dating import date_of
from kg.extract.frames import Frame
from kg.extract.offered import PROPOSAL_NOUNS, Offered
from kg.extract.retelling import Told
from kg.extract.said import Attribution
from kg.extract.syntax import Tree, clause_span, has_se, is_verb, trim
from kg.model import Event
from kg.vocabulary import plover_type


def theme_words(t: Tree, f: Frame) -> frozenset[str]:
    head = f.content if f.content is not None else f.theme
    if head is None:
        return frozenset()
    left, right = t.left[head], t.right[head]
    return frozenset(x.lemma[:6] for x in t.tokens[left:right] if x.pos in ("NOUN", "VERB", "PROPN") and len(x.lemma) > 3)


def event_label(a: Analysis, t: Tree, f: Frame) -> str:
    first, end = trim(t, f.first, f.end)
    words = a.text[t.tokens[first].start : t.tokens[end - 1].end].strip(" ,;:")
    return words if len(words) <= 120 else words[:117].rsplit(" ", 1)[0] + "…"


_PUT_FORWARD = {"plantear", "presentar", "renovar", "reiterar", "reactivar", "formular", "resucitar", "retomar", "repetir"}

_TAKEN_BACK = {"abandonar", "retirar", "archivar", "aparcar"}


def of_proposals(
    a: Analysis, frames: tuple[Frame, ...], offered: tuple[Offered, ...], attributions: tuple[Attribution, ...]
) -> list[Told]:
    """ "La propuesta se planteó en 2025 y luego fue abandonada": acts on a proposal that is known are its proposer's."""
    out: list[Told] = []
    for t in a.trees:
        for i, token in enumerate(t.tokens):
            if (
                token.lemma not in _PUT_FORWARD | _TAKEN_BACK
                or not is_verb(token)
                or a.document.article.blocks[t.sentence.block].kind == "heading"
            ):
                continue
            noun = next(
                (k for k in t.kids[i] if t.tokens[k].dep in ("nsubj", "nsubj:pass") and t.tokens[k].lemma in PROPOSAL_NOUNS), None
            )
            if noun is None and token.dep == "conj":
                noun = next(
                    (
                        k
                        for k in t.kids[token.head]
                        if t.tokens[k].dep in ("nsubj", "nsubj:pass") and t.tokens[k].lemma in PROPOSAL_NOUNS
                    ),
                    None,
                )
            passive = has_se(t, i) or any(t.tokens[k].lemma == "ser" for k in t.kids[i])
            known = next(
                (o for o in reversed(offered) if o.sentence < t.sentence.index and o.fact.proposer and o.fact.part_of is None),
                None,
            )
            if noun is None or not passive or known is None:
                continue
            kind = "request" if token.lemma in _PUT_FORWARD else "withdrawal"
            first, end = clause_span(t, i)
            f = next((x for x in frames if x.sentence == t.sentence.index and x.trigger == i), None)
            if f is None:
                continue
            when = date_of(a, replace(f, first=first, end=end), "actual")
            patient = known.fact.addressee if kind == "request" else ()
            words = passage(a, t.span(first, end), attributions)
            fact = Event(
                id=f"e0{len(out) + 1}",
                label=words.quote[:120],
                evidence=(words,),
                event_type=kind,
                agent=known.fact.proposer,
                patient=patient,
                start_date=when.begin,
                end_date=when.end,
                date_text=when.text,
                rule=f"event-of-proposal-{kind}",
                triggers=(token.text,),
            )
            out.append(Told(fact, t.sentence.index, plover_type(kind), frozenset({f"{kind}{i}{t.sentence.index}"}), "verb", f))
    return out


def gapped(a: Analysis, f: Frame, first: Told, attributions: tuple[Attribution, ...], count: int) -> list[Told]:
    """ "designó X como A y a Y como B": the second object takes the verb of the first (H1 of the pattern catalogue)."""
    t = a.trees[f.sentence]
    tokens = t.tokens
    for i in range(f.trigger + 1, len(tokens) - 3):
        if (
            tokens[i].lower != "y"
            or tokens[i + 1].lower not in ("a", "al")
            or not any(x.lower == "como" for x in tokens[i + 2 : i + 10])
        ):
            continue
        like = next(j for j in range(i + 2, i + 10) if tokens[j].lower == "como")
        end = next((j for j in range(like, len(tokens)) if tokens[j].text in ",.;"), len(tokens))
        words = passage(a, t.span(i + 1, end), attributions)
        patient = tuple(dict.fromkeys(x for j in range(i + 2, like) for x in a.resolution.of(f.sentence, j)))
        fact = replace(
            first.fact,
            id=f"e{count + 1}",
            label=words.quote[:120],
            evidence=(words,),
            patient=patient,
            rule="event-designation-gapped",
        )
        return [Told(fact, f.sentence, first.plover, frozenset(x.lemma[:6] for x in tokens[i:end] if x.pos == "NOUN"), "verb", f)]
    return []
