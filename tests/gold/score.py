#!/usr/bin/env python3
"""Score a graph built from one article against its gold annotation.

    score.py GRAPH.ttl ARTICLE.md GOLD.json [--ontology DIR] [--json] [--misses]

A predicted fact can pair with a gold fact of the same class when one of its passages covers, or lies in, at least half of
one of the gold quotes (or the other way round). A pair is worth the mean of its slots (0 to 1; a slot that both leave empty
does not count); pairs are taken greedily, best first, then best agreeing passages first. Per class, precision is the worth of
all pairs over the predicted facts, recall the same over the gold facts. A second node for a fact or actor already paired
counts as predicted, but what refers to it is right. A Statement counts as an Event too if it has a PLOVER event type.
The last line is the micro-averaged F1 over all facts and, beside it, the actors'.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import unicodedata
from pathlib import Path

from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF, RDFS, SKOS

BR = Namespace("https://w3id.org/bilateral/ontology#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
PLOVER = {
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
}
ACTOR_TYPES = [
    "Person",
    "Country",
    "Government",
    "PublicBody",
    "MediaOutlet",
    "CriminalOrganization",
    "InternationalOrganization",
    "Company",
    "Party",
    "CivilOrganization",
    "Group",
]
ACTOR_LINKS = [
    "proposer",
    "addressee",
    "holder",
    "target",
    "agent",
    "patient",
    "participant",
    "place",
    "speaker",
    "claimant",
    "attributedTo",
    "via",
    "memberOf",
]
LEADING = {"el", "la", "los", "las", "un", "una", "unos", "unas", "the", "a", "an"}


def body(article: str) -> str:
    """The article's text without its front matter."""
    match = re.match(r"---\n.*?\n---\n", article, re.S)
    return article[match.end() :] if match else article


def fold(name: str) -> str:
    """A name as it is compared: lower case, no accents, punctuation or leading article."""
    name = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[^\w\s]", "", name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in LEADING else words)


def spans(text: str, quote: str) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(re.escape(quote), text)]


def touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and shared >= 0.5 * min(a[1] - a[0], b[1] - b[0])


def agreement(mine: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> float:
    """Characters in both over characters in either."""
    a, b = ({i for span in spans_ for i in range(*span)} for spans_ in (mine, theirs))
    return len(a & b) / len(a | b) if a and b else 0.0


def tightness(mine: list[tuple[int, int]], theirs: list[tuple[int, int]]) -> float:
    """1 where at least half of the predicted characters lie in the gold quotes; a whole paragraph as passage is worth less."""
    a, b = ({i for span in spans_ for i in range(*span)} for spans_ in (mine, theirs))
    return min(1.0, 2 * len(a & b) / len(a)) if a else 0.0


def local(node) -> str:
    """The last part of an IRI, the text of a literal."""
    return re.split(r"[#/]", node)[-1] if isinstance(node, URIRef) else str(node)


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


class Prediction:
    """One predicted fact: its node, the spans of its passages, and a look-up of its values."""

    def __init__(self, graph: Graph, node: URIRef):
        self.graph, self.node = graph, node
        self.spans = [
            (int(graph.value(p, NIF.beginIndex)), int(graph.value(p, NIF.endIndex)))
            for p in graph.objects(node, BR.evidence)
            if graph.value(p, NIF.beginIndex) is not None and graph.value(p, NIF.endIndex) is not None
        ]

    def all(self, *names: str) -> list:
        return sorted({o for name in names for o in self.graph.objects(self.node, BR[name])}, key=str)

    def word(self, *names: str) -> str | None:
        values = self.all(*names)
        return local(values[0]) if values else None

    def attributed(self) -> list:
        """Whose word the passages are, when not the newspaper's own."""
        return sorted(
            {a for p in self.graph.objects(self.node, BR.evidence) for a in self.graph.objects(p, BR.attributedTo)}, key=str
        )


def match_actors(graph: Graph, gold: list[dict]) -> tuple[dict[URIRef, set[str]], dict[str, float], list[URIRef]]:
    """Pair actors by name, then by alias; the worth of a pair: 0.6 for being there, 0.2 its type, 0.2 its country.

    Returns the gold ids of each predicted actor, the worth of each gold actor found, and the predicted actors left over.
    """
    used = {o for link in ACTOR_LINKS for o in graph.objects(None, BR[link])}
    actors = sorted({s for t in ["Actor", *ACTOR_TYPES] for s in graph.subjects(RDF.type, BR[t]) if s in used}, key=str)
    candidates = []
    for actor in actors:
        labels = {fold(str(o)) for p in (RDFS.label, SKOS.prefLabel) for o in graph.objects(actor, p)}
        names = labels | {fold(str(o)) for o in graph.objects(actor, SKOS.altLabel)}
        kinds = {local(o) for o in graph.objects(actor, RDF.type)}
        countries = [actor, *graph.objects(actor, BR.country)]
        codes = {local(o).upper() for c in countries for o in [c, *graph.objects(c, BR.iso)]}
        for g in gold:
            name, known_as = fold(g["name"]), {fold(n) for n in [g["name"], *g.get("aliases", [])]}
            if names & known_as:
                rank = (name in labels) + (name in names) + bool(labels & known_as)
                worth = 0.6 + 0.2 * (g["type"] in kinds) + 0.2 * (g.get("country") is None or g["country"] in codes)
                candidates.append((-rank, -worth, -len(names & known_as), str(actor), g["id"], actor))
    pairs, worths = {}, {}
    for _, worth, _, _, gid, actor in sorted(candidates):
        if actor not in pairs and gid not in worths:
            pairs[actor], worths[gid] = {gid}, -worth
    spare = [actor for actor in actors if actor not in pairs]
    for *_, gid, actor in sorted(candidates):
        pairs.setdefault(actor, {gid})
    return pairs, worths, spare


def excused(gold: dict, found: set[str]) -> set[str]:
    """Missed actors that the gold names in no fact, or only as one of a|b where another of them was found."""
    named = [
        set(ref.split("|"))
        for kind in CLASSES
        for fact in gold.get(kind, [])
        for slot, value in fact.items()
        if isinstance(value, list) and slot != "evidence"
        for ref in value
    ]
    missed = {g["id"] for g in gold["actors"]} - found
    return {a for a in missed if all(n & found for n in named if a in n)}


def refs(predicted: list, gold: list[str], known: dict[URIRef, set[str]]) -> float | None:
    """How well predicted nodes answer gold references: F1 over the two lists; any of a|b will do; None where both are empty."""
    if not gold or not predicted:
        return None if not gold and not predicted else 0.0
    wanted = [set(g.split("|")) for g in gold]
    found = [known.get(p, set()) for p in predicted]
    return f1(
        sum(any(f & w for w in wanted) for f in found) / len(found), sum(any(f & w for f in found) for w in wanted) / len(wanted)
    )


def dates(p: Prediction, g: dict) -> float | None:
    """1 for the same interval, 0.5 for one that overlaps; where the text gives none, 0 for an invented one and else None."""
    theirs = (g.get("startDate") or g.get("endDate"), g.get("endDate") or g.get("startDate"))
    if not theirs[0]:
        return 0.0 if p.all("startDate", "endDate") else None
    mine = (p.word("startDate") or p.word("endDate") or "", p.word("endDate") or p.word("startDate") or "")
    if mine == theirs:
        return 1.0
    return 0.5 if mine[0] and mine[0] <= theirs[1] and theirs[0] <= mine[1] else 0.0


def number_of(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def words_overlap(a: str, b: str) -> float:
    x, y = set(fold(a).split()), set(fold(b).split())
    return f1(len(x & y) / len(x), len(x & y) / len(y)) if x and y else 0.0


def event_type(p: Prediction, broader: Graph) -> str:
    for concept in p.all("eventType"):
        for c in [
            concept,
            *broader.transitive_objects(concept, SKOS.broader),
            *broader.transitive_objects(concept, SKOS.broadMatch),
        ]:
            if local(c).lower() in PLOVER:
                return local(c).lower()
    return "other"


def slots(kind: str, p: Prediction, g: dict, known: dict[URIRef, set[str]], broader: Graph) -> list[float | None]:
    """What each slot of a pair is worth, 0 to 1; None where it does not count."""
    source = refs(p.attributed(), g.get("attributedTo", []), known)
    if kind == "proposals":
        return [
            refs(p.all("proposer"), g["proposer"], known),
            refs(p.all("addressee"), g.get("addressee", []), known),
            float(p.word("status") == g.get("status")),
            source,
        ]
    if kind == "positions":
        target = [t for t in g["target"] if "text:" not in t]  # a matter with no node of its own: any target will do
        at = refs(p.all("target"), target, known) if target else float(bool(p.all("target")))
        return [refs(p.all("holder"), g["holder"], known), float(p.word("stance") == g["stance"]), at, source]
    if kind == "events":
        agents, patients = g.get("agent", []), g.get("patient", [])
        who = [refs(p.all("agent") or p.all("participant"), agents, known), refs(p.all("patient"), patients, known)]
        if g["type"] == "consult" or (
            g["type"] in {"agree", "cooperate"} and not patients
        ):  # joint: who is agent, who patient does not matter
            who = 2 * [refs(p.all("agent", "patient", "participant"), agents + patients, known)]
        return [
            float(event_type(p, broader) == g["type"]),
            *who,
            float((p.word("factuality") or "actual") == g["factuality"]),
            dates(p, g),
            source,
        ]
    if kind == "statements":
        words = words_overlap(p.word("quote") or "", g["quote"]) if g.get("quote") and g.get("direct") else None
        return [refs(p.all("speaker") or p.all("agent"), g["speaker"], known), refs(p.all("via"), g.get("via", []), known), words]
    value, mine = g.get("value"), p.word("value")
    if value is None:
        number = [None if mine is None else 0.0]
    else:
        same = number_of(mine) is not None and math.isclose(number_of(mine), value, rel_tol=0.002)  # a third: 33.3 or 33.33
        number = [
            float(same),
            float(same and fold(p.word("unit") or "") in {fold(u) for u in (g.get("unit") or "").split("|")}),
            float((p.word("comparator") or "exact") == (g.get("comparator") or "exact")),
        ]
    return [
        *number,
        float((p.word("change") or "level") == (g["change"] or "level")),
        refs(p.all("claimant"), g.get("claimant", []), known),
        words_overlap(p.word("measure") or "", g["measure"]),
        dates(p, g),
    ]


CLASSES = {
    "proposals": "Proposal",
    "events": "Event",
    "statements": "Statement",
    "indicators": "Indicator",
    "positions": "Position",
}


def score(graph: Graph, broader: Graph, text: str, gold: dict) -> dict:
    known, worths, spare = match_actors(graph, gold["actors"])
    due = [g for g in gold["actors"] if g["id"] not in excused(gold, set(worths))]
    result = {
        "actors": {
            "gold": len(due),
            "predicted": len(worths) + len(spare),
            "worth": sum(worths.values()),
            "missed": sorted(g["name"] for g in due if g["id"] not in worths),
            "weak": [f"{a} {w:.2f}" for a, w in worths.items() if w < 0.75],
            "spurious": [local(a) for a in spare],
        }
    }
    for kind, cls in CLASSES.items():
        nodes = set(graph.subjects(RDF.type, BR[cls]))
        if cls == "Event":  # a Statement is an Event to be counted only where it is itself a political move
            said = set(graph.subjects(RDF.type, BR.Statement))
            nodes = nodes - said | {n for n in said if event_type(Prediction(graph, n), broader) in PLOVER}
        predicted = [Prediction(graph, n) for n in sorted(nodes, key=str)]
        golds = gold.get(kind, [])
        at = [[s for q in g["evidence"] for s in spans(text, q)] for g in golds]
        pairs = []
        for i, p in enumerate(predicted):
            for j, g in enumerate(golds):
                if any(touch(a, b) for a in p.spans for b in at[j]):
                    filled = [v for v in slots(kind, p, g, known, broader) if v is not None] + [tightness(p.spans, at[j])]
                    pairs.append((sum(filled) / len(filled), agreement(p.spans, at[j]), i, j))
        pairs = sorted((t for t in pairs if t[0] > 0.2), key=lambda t: (-t[0], -t[1], *t[2:]))
        done_p, done_g = set(), {}
        for worth_of, _, i, j in pairs:
            if i not in done_p and j not in done_g:
                done_p.add(i)
                done_g[j] = worth_of
                known.setdefault(predicted[i].node, set()).add(golds[j]["id"])
        for worth_of, _, i, j in pairs:
            if worth_of >= 0.75:  # a second node for the same fact
                known.setdefault(predicted[i].node, {golds[j]["id"]})
        result[kind] = {
            "gold": len(golds),
            "predicted": len(predicted),
            "worth": sum(done_g.values()),
            "missed": [g["id"] + ": " + g["evidence"][0][:70] for j, g in enumerate(golds) if j not in done_g],
            "weak": [f"{golds[j]['id']} {w:.2f}" for j, w in sorted(done_g.items()) if w < 0.75],
            "spurious": [local(p.node) for i, p in enumerate(predicted) if i not in done_p],
        }
    for row in result.values():
        row["P"] = row["worth"] / row["predicted"] if row["predicted"] else 0.0
        row["R"] = row["worth"] / row["gold"] if row["gold"] else 0.0
        row["F1"] = f1(row["P"], row["R"])
    facts = [result[k] for k in CLASSES]
    worth_sum, n_pred, n_gold = (sum(r[k] for r in facts) for k in ("worth", "predicted", "gold"))
    p, r = (worth_sum / n_pred if n_pred else 0.0), (worth_sum / n_gold if n_gold else 0.0)
    result["facts"] = {"gold": n_gold, "predicted": n_pred, "worth": worth_sum, "P": p, "R": r, "F1": f1(p, r)}
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph"), parser.add_argument("article"), parser.add_argument("gold")
    parser.add_argument("--ontology", default="ontology", help="folder with the ontology's Turtle files (for skos:broader)")
    parser.add_argument("--json", action="store_true"), parser.add_argument("--misses", action="store_true")
    args = parser.parse_args()
    graph, broader = Graph().parse(args.graph), Graph()
    for file in sorted(Path(args.ontology).rglob("*.ttl")):
        broader.parse(file)
    broader += graph
    result = score(
        graph,
        broader,
        body(Path(args.article).read_text(encoding="utf-8")),
        json.loads(Path(args.gold).read_text(encoding="utf-8")),
    )
    if args.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return 0
    print(f"{'class':12}{'gold':>6}{'pred':>6}{'P':>7}{'R':>7}{'F1':>7}")
    for kind, row in result.items():
        print(f"{kind:12}{row['gold']:6}{row['predicted']:6}{row['P']:7.3f}{row['R']:7.3f}{row['F1']:7.3f}")
        if args.misses:
            for what in ("missed", "weak", "spurious"):
                for item in row.get(what, []):
                    print(f"    {what}: {item}")
    print(f"{Path(args.gold).name}: facts F1 {result['facts']['F1']:.3f}, actors F1 {result['actors']['F1']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
