"""Names in an answer → actors, by what the rules' own resolution made of the article, the gazetteer, and the article's words.

In this order: what the article's mentions of that name stand for; the actors of the article by their names, persons also by surname;
actors whom the ontology knows and whom the article's words name; last a new actor whose name stands in the article letter by letter.
Whoever is none of these was invented.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extract.analysis import Analysis
from kg.identity import actor_id, content_words, fold, telling
from kg.llm.anchoring import Anchors
from kg.llm.schema import actor_classes
from kg.model import Actor, Fact, Span

_ARTICLES = frozenset({"el", "la", "los", "las", "un", "una", "unos", "unas", "the"})
_LONGEST_NAME = 10  # words
_ACTOR_SLOTS = ("proposer", "addressee", "agent", "patient", "participant", "speaker", "claimant", "via")


@dataclass(frozen=True, slots=True)
class Named:
    """What an answer says of an actor."""

    name: str
    kind: str | None
    country: str | None


@dataclass
class Names:
    """The actors of one article by name; ``made`` grows with the actors that only the model named."""

    analysis: Analysis
    anchors: Anchors
    made: dict[str, Actor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        resolution = self.analysis.resolution
        self._mentioned: dict[str, list[tuple[Span, tuple[str, ...]]]] = defaultdict(list)
        for mention, ids in zip(resolution.mentions, resolution.ids, strict=True):
            if ids:
                whole = self.analysis.text[mention.span.start : mention.span.end]
                for name in {bare(mention.name), bare(whole)}:
                    self._mentioned[name].append((mention.span, ids))
        self._known: dict[str, set[str]] = defaultdict(set)
        for actor in resolution.actors.values():
            for name in (actor.label, *actor.alt_labels, *(label for _, label in actor.labels)):
                self._known[bare(name)].add(actor.id)

    def actor(self, id: str) -> Actor:
        """An actor by id: of the article, made from an answer, or known to the ontology."""
        return self.made.get(id) or self.analysis.resolution.actors.get(id) or self.analysis.gazetteer.actors[id]

    def knows(self, id: str) -> bool:
        """Whether this is the id of an actor, and not of a fact or concept."""
        return id in self.made or id in self.analysis.resolution.actors or id in self.analysis.gazetteer.actors

    def on_one_side(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether two lists of actors share one, or one holds the country, government or body of somebody in the other."""
        first, second = set(one), set(other)
        return bool(first & second or first & self._above(second) or second & self._above(first))

    def _above(self, ids: Iterable[str]) -> set[str]:
        return {x for actor in map(self.actor, ids) for x in (actor.country, actor.member_of) if x}

    def find(self, said: Named, near: Span) -> tuple[str, ...]:
        """The ids of whom a name stands for: one, or several for "ambos países"; none for somebody invented."""
        name = bare(said.name)
        if not name:
            return ()
        mentioned = self._mentioned.get(name)
        if mentioned:
            here = Counter(ids for span, ids in mentioned if near.covers(span)) or Counter(ids for _, ids in mentioned)
            return min(here, key=lambda ids: (-here[ids], ids))
        known = self._known.get(name, set()) | {id for id, made in self.made.items() if bare(made.label) == name}
        if len(known) == 1:
            return tuple(known)
        return self._person(name) or self._from_gazetteer(said.name) or self._new(said)

    def _person(self, name: str) -> tuple[str, ...]:
        """The only person of the article whose full name holds these words, or whose name these words hold."""
        found = {
            actor.id
            for actor in self.analysis.resolution.actors.values()
            if actor.kind == "Person" and actor.label[:1].isupper() and len(fold(actor.label).split()) > 1
            if _inside(name, fold(actor.label)) or _inside(fold(actor.label), name)
        }
        return tuple(found) if len(found) == 1 else ()

    def _from_gazetteer(self, name: str) -> tuple[str, ...]:
        """Somebody the ontology knows by this name, whom the article names by another (or a government, by its country)."""
        gazetteer, wanted = self.analysis.gazetteer, bare(name)
        first = (name.split() or [""])[0]
        found = sorted(
            {n.actor for n in gazetteer.names.get(first, ()) if bare(n.text) == wanted and n.kind in ("label", "hidden")}
        )
        found = found or sorted({a.id for a in gazetteer.actors.values() if any(bare(label) == wanted for _, label in a.labels)})
        return next(((id,) for id in found if self._is_told_of(gazetteer.actors[id])), ())

    def _is_told_of(self, actor: Actor) -> bool:
        """Whether the article names an actor of the ontology by one of its names, by its demonym, or as a country's government."""
        text, gazetteer = self.analysis.text, self.analysis.gazetteer
        if actor.id in self.analysis.resolution.actors or any(_stands(name, text) for name in (actor.label, *actor.alt_labels)):
            return True
        if actor.kind == "Country":
            return any(_stands(form, text) for form, country in gazetteer.demonyms.items() if country == actor.id)
        if actor.country and actor.id == gazetteer.governments.get(actor.country):
            return self._is_told_of(gazetteer.actors[actor.country])
        return False

    def _new(self, said: Named) -> tuple[str, ...]:
        """An actor of its own, where the name stands in the article and the answer gives it a class."""
        at = self.anchors.find(said.name)
        if at is None or said.kind not in actor_classes() or said.kind == "Country":
            return ()
        if self._is_clause(at):
            return ()
        label = " ".join(self.analysis.text[at.start : at.end].split())
        words = label.split()
        if len(words) > 1 and words[0].lower() in _ARTICLES:
            label = " ".join(words[1:])
        if (
            not 0 < len(label.split()) <= _LONGEST_NAME
            or not telling(content_words(label))
            or (said.kind == "Person" and not label[0].isupper())
        ):
            return ()
        code = (said.country or "").lower()
        known = self.analysis.gazetteer.actors.get(code)
        country = code if known is not None and known.kind == "Country" and self._is_told_of(known) else None
        id = actor_id(label, said.kind, country, self.analysis.document.article.id)
        if id not in self.analysis.resolution.actors and id not in self.analysis.gazetteer.actors:
            self.made.setdefault(id, Actor(id, said.kind, label, country=country))
        return (id,)

    def _is_clause(self, span: Span) -> bool:
        """Whether a stretch is no name but a clause: what holds it together is a finite verb ("rechazó la petición")."""
        for sentence in self.analysis.document.sentences:
            inside = {t.i for t in sentence.tokens if span.start <= t.start and t.end <= span.end}
            roots = [t for t in sentence.tokens if t.i in inside and (t.head not in inside or t.head == t.i)]
            if any(t.pos in ("VERB", "AUX") and "VerbForm=Fin" in t.morph for t in roots):
                return True
        return False

    def taking_part(self, facts: Iterable[Fact]) -> tuple[Actor, ...]:
        """Everybody whom the facts name, with their countries and those of them they belong to, by id."""
        wanted = {id for fact in facts for id in actors_of(fact)}
        queue, out = sorted(wanted), {}
        while queue:
            actor = self.actor(queue.pop())
            out[actor.id] = actor
            queue += [x for x in (actor.country, actor.member_of) if x and x not in out]
        return tuple(out[id] for id in sorted(out))


def actors_of(fact: Fact) -> tuple[str, ...]:
    """The ids of all actors that a fact refers to."""
    found = [x for p in fact.evidence for x in (*p.attributed_to, *p.via)]
    found += [x for slot in _ACTOR_SLOTS for x in getattr(fact, slot, ())]
    found += [x for slot in ("holder", "target_actor", "place") if (x := getattr(fact, slot, None))]
    return tuple(dict.fromkeys(found))


def bare(name: str) -> str:
    """A name as it is compared: folded, without the article before it."""
    words = fold(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def _inside(part: str, whole: str) -> bool:
    return f" {part} " in f" {whole} "


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
