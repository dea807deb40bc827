"""A graph of one article scored against an annotation written by a reader.

A predicted fact can pair with an annotated one of its class when their words touch: one of its passages covers, or lies in, at least
half of one of the annotated quotes, or the other way round. A pair is worth the mean of its slots, 0 to 1; a slot that both leave
empty does not count. Pairs are taken greedily, the best first. Precision is the worth of all pairs over the predicted facts, recall
the same over the annotated ones. A second node for a fact that is already paired counts as predicted, but what refers to it is right.
A Statement is counted among the events too where it has an event type of PLOVER. The format of annotations, and what is to be
annotated, stands in ``tests/gold/FORMAT.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.comparison import (
    CLASSES,
    Answer,
    Known,
    Prediction,
    bare_name,
    characters,
    f1,
    last,
    local,
    places,
    refs,
    same_number,
    touch,
    words_overlap,
)
from kg.gold import Row
from kg.identity import fold
from kg.model import Article
from kg.vocabulary import RDF, RDFS, SKOS

_GOOD = 0.75  # what a pair must be worth to be no weak one, and for a second node to stand for the same fact


# ------------------------------------------------------------------------------------------------------------------ results


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: ``fault`` is missed, weak or spurious; ``name`` an id of the annotation or the end of an IRI."""

    fault: str
    name: str
    worth: float
    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One class in one article, or in several: how many were annotated and predicted, and what the pairs are worth together."""

    gold: int
    predicted: int
    worth: float
    findings: tuple[Finding, ...] = ()

    @property
    def precision(self) -> float:
        return self.worth / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.worth / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return f1(self.precision, self.recall)

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.predicted + other.predicted, self.worth + other.worth)


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one article: ``actors``, the five classes, ``facts`` (the five together) and ``quotes`` (annotated direct
    quotes; the worth is how many were found with the right words and the right speaker)."""

    name: str
    scores: Mapping[str, Score]

    def as_json(self) -> dict[str, Any]:
        return {
            "article": self.name,
            **{
                kind: {
                    "gold": s.gold,
                    "predicted": s.predicted,
                    "worth": s.worth,
                    "precision": s.precision,
                    "recall": s.recall,
                    "f1": s.f1,
                    "findings": [
                        {"fault": f.fault, "name": f.name, "worth": f.worth, "text": f.text, "start": f.start} for f in s.findings
                    ],
                }
                for kind, s in self.scores.items()
            },
        }


# ------------------------------------------------------------------------------------------------------------------- scoring


def score(article: Article, gold: Mapping[str, list[Row]], graph: Iterable[ox.Triple]) -> Report:
    """Score one article's graph against its annotation."""
    answer = Answer(graph)
    known, actors = _score_actors(answer, gold)
    scores = {"actors": actors}
    quotes = Score(0, 0, 0.0)
    for kind in CLASSES:
        pairing = _Pairing(kind, answer, gold.get(kind, []), article.text, known)
        scores[kind] = pairing.score()
        if kind == "statements":
            quotes = pairing.direct_quotes()
    scores["facts"] = sum((scores[kind] for kind in CLASSES), Score(0, 0, 0.0))
    return Report(article.id, {**scores, "quotes": quotes})


# -------------------------------------------------------------------------------------------------------------------- actors


def _score_actors(answer: Answer, gold: Mapping[str, list[Row]]) -> tuple[Known, Score]:
    """Pair actors by name, then by alias. A pair is worth 0.6 for being there, 0.2 for its class, 0.2 for its country."""
    candidates = sorted(c for node in answer.actors() for row in gold["actors"] if (c := _actor_pair(answer, node, row)))
    known: Known = {}
    worths: dict[str, float] = {}
    names: dict[str, str] = {}
    for _, worth, _, node, name in candidates:
        if node not in known and name not in worths:
            known[node], worths[name], names[name] = {name}, -worth, node
    spare = [node for node in answer.actors() if node not in known]
    for _, _, _, node, name in candidates:  # a second node for an actor: what refers to it is right
        known.setdefault(node, {name})
    excused = _excused_actors(gold, set(worths))
    due = [row for row in gold["actors"] if row["id"] not in excused]
    findings = [Finding("missed", row["id"], 0.0, row["name"]) for row in due if row["id"] not in worths]
    findings += [Finding("weak", name, worth, names[name]) for name, worth in worths.items() if worth < _GOOD]
    findings += [Finding("spurious", last(node), 0.0, min(answer.texts(node, RDFS + "label"), default=node)) for node in spare]
    return known, Score(len(due), len(worths) + len(spare), sum(worths.values()), tuple(findings))


def _actor_pair(answer: Answer, node: str, row: Row) -> tuple[int, float, int, str, str] | None:
    """How well a node and an annotated actor go together, smaller is better; ``None`` where they share no name."""
    labels = {bare_name(text) for text in answer.texts(node, RDFS + "label", SKOS + "prefLabel")}
    names = labels | {bare_name(text) for text in answer.texts(node, SKOS + "altLabel")}
    name = bare_name(row["name"])
    known_as = {name, *(bare_name(alias) for alias in row.get("aliases", ()))}
    if not names & known_as:
        return None
    kinds = {last(text) for text in answer.texts(node, RDF + "type")}
    countries = [node, *(v.value for v in answer.all(node, "country"))]
    codes = {local(code).upper() for c in countries for code in (ox.NamedNode(c), *answer.all(c, "iso"))}
    rank = (name in labels) + (name in names) + bool(labels & known_as)
    worth = 0.6 + 0.2 * (row["type"] in kinds) + 0.2 * (row.get("country") is None or row["country"] in codes)
    return -rank, -worth, -len(names & known_as), node, row["id"]


def _excused_actors(gold: Mapping[str, list[Row]], found: set[str]) -> set[str]:
    """Missed actors that the annotation names in no fact, or only as one of ``a|b`` where another of them was found."""
    named = [
        set(reference.split("|"))
        for kind in CLASSES
        for row in gold.get(kind, [])
        for slot, value in row.items()
        if isinstance(value, list) and slot != "evidence"
        for reference in value
    ]
    missed = {row["id"] for row in gold["actors"]} - found
    return {actor for actor in missed if all(names & found for names in named if actor in names)}


# --------------------------------------------------------------------------------------------------------------------- facts


class _Pairing:
    """The predicted and the annotated facts of one class, paired. ``known`` learns what each paired node stands for."""

    def __init__(self, kind: str, answer: Answer, gold: Sequence[Row], text: str, known: Known) -> None:
        self.gold, self.text, self.known = gold, text, known
        self.predicted = answer.predicted(kind)
        self.at = [[place for quote in row["evidence"] for place in places(text, quote)] for row in gold]
        slots = _SLOTS[kind]
        candidates = []
        for i, prediction in enumerate(self.predicted):
            for j, row in enumerate(gold):
                if any(touch(a, b) for a in prediction.spans for b in self.at[j]):
                    mine, theirs = characters(prediction.spans), characters(self.at[j])
                    filled = [v for v in slots(prediction, row, known) if v is not None]
                    filled.append(min(1.0, 2 * len(mine & theirs) / len(mine)) if mine else 0.0)
                    worth = sum(filled) / len(filled)
                    agreement = len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0
                    candidates.append((-worth, -agreement, i, j))
        candidates = sorted(c for c in candidates if -c[0] > 0.2)
        self.worths: dict[int, float] = {}
        self.partner: dict[int, int] = {}
        for worth, _, i, j in candidates:
            if i not in self.partner.values() and j not in self.partner:
                self.partner[j], self.worths[j] = i, -worth
                known.setdefault(self.predicted[i].node, set()).add(gold[j]["id"])
        for worth, _, i, j in candidates:
            if -worth >= _GOOD:  # a second node for the same fact
                known.setdefault(self.predicted[i].node, {gold[j]["id"]})

    def score(self) -> Score:
        findings = [
            Finding("missed", row["id"], 0.0, " … ".join(row["evidence"]), min((span.start for span in self.at[j]), default=None))
            for j, row in enumerate(self.gold)
            if j not in self.partner
        ]
        weak = [(j, worth) for j, worth in sorted(self.worths.items()) if worth < _GOOD]
        findings += [self._predicted("weak", self.partner[j], worth, self.gold[j]["id"]) for j, worth in weak]
        paired = set(self.partner.values())
        spare = [i for i in range(len(self.predicted)) if i not in paired]
        findings += [self._predicted("spurious", i, 0.0, last(self.predicted[i].node)) for i in spare]
        return Score(len(self.gold), len(self.predicted), sum(self.worths.values()), tuple(findings))

    def direct_quotes(self) -> Score:
        """Of the annotated direct quotes, those found with the right words (nine in ten) and exactly the right speakers."""
        due = [j for j, row in enumerate(self.gold) if row.get("direct")]
        claimed = [p for p in self.predicted if p.word("direct") == "true"]
        right = 0
        for j in due:
            if j in self.partner:
                mine, row = self.predicted[self.partner[j]], self.gold[j]
                words = words_overlap(mine.word("quote") or "", row["quote"])
                right += words >= 0.9 and refs(mine.all("speaker"), row["speaker"], self.known) == 1.0
        return Score(len(due), len(claimed), float(right))

    def _predicted(self, fault: str, i: int, worth: float, name: str) -> Finding:
        prediction = self.predicted[i]
        start = min((span.start for span in prediction.spans), default=None)
        return Finding(fault, name, worth, prediction.text(self.text), start)


Slots = list[float | None]


def _proposal(p: Prediction, g: Row, known: Known) -> Slots:
    addressee = refs(p.all("addressee"), g.get("addressee", []), known)
    return [
        refs(p.all("proposer"), g["proposer"], known),
        addressee,
        float(p.word("status") == g.get("status")),
        _source(p, g, known),
    ]


def _position(p: Prediction, g: Row, known: Known) -> Slots:
    targets = [name for name in g["target"] if "text:" not in name]  # a matter with no node of its own: any target will do
    target = refs(p.all("target"), targets, known) if targets else float(bool(p.all("target")))
    return [refs(p.all("holder"), g["holder"], known), float(p.word("stance") == g["stance"]), target, _source(p, g, known)]


def _event(p: Prediction, g: Row, known: Known) -> Slots:
    agents, patients = g.get("agent", []), g.get("patient", [])
    who = [refs(p.all("agent") or p.all("participant"), agents, known), refs(p.all("patient"), patients, known)]
    if g["type"] == "consult" or (g["type"] in {"agree", "cooperate"} and not patients):  # joint: agent or patient, no matter
        who = 2 * [refs(p.all("agent", "patient", "participant"), agents + patients, known)]
    kind = float(p.answer.event_type(p.node) == g["type"])
    factuality = float((p.word("factuality") or "actual") == g["factuality"])
    return [kind, *who, factuality, _dates(p, g), _source(p, g, known)]


def _statement(p: Prediction, g: Row, known: Known) -> Slots:
    words = words_overlap(p.word("quote") or "", g["quote"]) if g.get("quote") and g.get("direct") else None
    speaker = refs(p.all("speaker") or p.all("agent"), g["speaker"], known)
    return [speaker, refs(p.all("via"), g.get("via", []), known), words]


def _indicator(p: Prediction, g: Row, known: Known) -> Slots:
    value, mine = g.get("value"), p.word("value")
    if value is None:
        number: Slots = [None if mine is None else 0.0]
    else:
        same = same_number(mine, value)
        unit = fold(p.word("unit") or "") in {fold(u) for u in (g.get("unit") or "").split("|")}
        comparator = (p.word("comparator") or "exact") == (g.get("comparator") or "exact")
        number = [float(same), float(same and unit), float(comparator)]
    change = float((p.word("change") or "level") == (g["change"] or "level"))
    claimant = refs(p.all("claimant"), g.get("claimant", []), known)
    return [*number, change, claimant, words_overlap(p.word("measure") or "", g["measure"]), _dates(p, g)]


_SLOTS: dict[str, Callable[[Prediction, Row, Known], Slots]] = {
    "proposals": _proposal,
    "positions": _position,
    "events": _event,
    "statements": _statement,
    "indicators": _indicator,
}


def _source(p: Prediction, g: Row, known: Known) -> float | None:
    attributed = sorted(set(p.attributed()), key=lambda v: v.value)
    return refs(attributed, g.get("attributedTo", []), known)


def _dates(p: Prediction, g: Row) -> float | None:
    """1 for the same interval, 0.5 for one that overlaps; where the text gives none, 0 for an invented one, else it doesn't count."""
    first, last_day = g.get("startDate") or g.get("endDate") or "", g.get("endDate") or g.get("startDate") or ""
    if not first:
        return 0.0 if p.all("startDate", "endDate") else None
    begin, end = p.word("startDate") or p.word("endDate") or "", p.word("endDate") or p.word("startDate") or ""
    if (begin, end) == (first, last_day):
        return 1.0
    return 0.5 if begin and begin <= last_day and first <= end else 0.0
