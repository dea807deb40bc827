"""Whom the text is talking about where a clause does not say it: the memory behind dropped subjects and pronouns.

Spanish drops the subject that goes on. What is remembered is the subject of the last main clauses, singular and plural apart, and who
had the word, because after a quotation the speaker goes on speaking.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.extract.analysis import Analysis
from kg.extract.syntax import SUBJECTS, Tree, case, is_verb

#: How many subjects back "le" and "les" may reach.
_RECENT: Final = 4


def whose(a: Analysis, t: Tree, noun: int) -> tuple[str, ...]:
    """The several whose act a subject is: "la negativa de los regantes a que se abran …, cuando ocuparon la presa"."""
    if not any(a.lexicon.nouns.get(t.tokens[noun].lemma, ())):
        return ()
    for k in t.children(noun, "nmod"):
        found = a.actors(t, k) if case(t, k) == "de" and "Number=Plur" in t.tokens[k].morph else ()
        if found and a.resolution.actors[found[0]].kind == "Group":
            return found
    return ()


class Topics:
    """The subjects and speakers of a document up to a sentence. Sentences must be entered and left in order."""

    def __init__(self, a: Analysis):
        self.a = a
        self.block = self.sentence = -1
        self.turned_to: tuple[str, ...] = ()  # whom "le" meant last
        self.turned_in = -1
        self.singular: tuple[str, ...] = ()
        self.plural: tuple[str, ...] = ()
        self.recent: list[tuple[str, ...]] = []
        self.speaker: tuple[str, ...] = ()
        self.spoke_in = -1
        self.spoke_last = False  # nobody else has been the subject of a sentence since the last speaker
        self.voices: dict[tuple[str, ...], int] = {}
        self.subject_in = -1
        self.plural_in = -1
        self.within: tuple[str, ...] = ()  # several that a clause below a main one was about
        self.within_in = -1
        self.addressing: dict[tuple[str, ...], tuple[str, ...]] = {}

    def enter(self, t: Tree) -> None:
        """Begin a sentence: from now on its block is the one spoken in."""
        self.block, self.sentence = t.sentence.block, t.sentence.index

    def say(self, speaker: tuple[str, ...]) -> None:
        """Remember who spoke last, and in which block."""
        self.speaker, self.spoke_in, self.spoke_last = speaker, self.block, True
        self.voices[speaker] = self.voices.get(speaker, 0) + 1

    def leave(self, t: Tree, named: Callable[[int], tuple[str, ...]]) -> None:
        """Remember the subjects of the sentence's main clauses, or the one actor that a line names for the items below it.

        ``named`` gives the subject of a verb where the parser marked none: "La última la rechazó el Ejecutivo".
        """
        if t.tokens[-1].text == ":" and not any("VerbForm=Fin" in x.morph for x in t.tokens):
            first = next((found for k in range(len(t.tokens)) if (found := self.a.resolution.of(t.sentence.index, k))), ())
            if first:  # "El Ministerio de Exteriores: 1. Celebra … 2. Pide …"
                self.see(first)
                self.say(first)
        for i, token in enumerate(t.tokens):
            if token.dep not in ("ROOT", "ccomp", "conj", "parataxis"):
                continue
            if token.dep == "ccomp" and is_verb(t.tokens[token.head]):
                several = [k for k in t.kids[i] if t.tokens[k].dep in SUBJECTS and "Number=Plur" in t.tokens[k].morph]
                if several and self.a.actors(t, several[0]):
                    self.within, self.within_in = self.a.actors(t, several[0]), self.block
            if token.dep != "ROOT" and not (token.dep in ("conj", "parataxis") and is_verb(token) and _is_main(t, i)):
                continue
            subjects = [k for k in t.kids[i] if t.tokens[k].dep in SUBJECTS]
            for k in subjects:
                self.see(self.a.actors(t, k) or whose(self.a, t, k))
            if is_verb(token) and not any(self.a.actors(t, k) for k in subjects):
                self.see(named(i))

    def see(self, actors: tuple[str, ...]) -> None:
        """Remember a subject. Outlets are not remembered: they carry the news and are seldom what it is about."""
        if not actors or self.a.resolution.actors[actors[0]].kind == "MediaOutlet":
            return
        if len(actors) > 1:
            self.plural, self.plural_in = actors, self.block
        else:
            if self.a.resolution.actors[actors[0]].kind == "Group":
                self.plural, self.plural_in = actors, self.block
            else:
                self.singular = actors
            self.spoke_last = self.spoke_last and actors == self.speaker
            self.subject_in = self.block
        self.recent.append(actors)

    def address(self, agent: tuple[str, ...], patient: tuple[str, ...]) -> None:
        """Remember whom somebody turned to: in "la popular le pidió …; Sumar le reclamó …" both turned to the same."""
        if agent and patient:
            self.addressing[agent] = patient
        if patient:
            self.turned_to, self.turned_in = patient, self.sentence

    def other(self, agent: tuple[str, ...], plural: bool) -> tuple[str, ...]:
        """Whom "le" (or, ``plural``, "les") means: the last one spoken of who is not the subject ``agent``."""
        for seen in reversed(self.recent[-_RECENT:]):
            if not set(seen) & set(agent):
                meant = self.addressing.get(seen, seen)
                meant = seen if set(meant) & set(agent) else meant
                if self.many(meant) == plural:
                    return meant
        return ()

    def subject(self, morph: str, saying: bool = False) -> tuple[str, ...]:
        """Whom a verb with the features ``morph`` and no subject speaks of; of verbs of ``saying`` the last speaker, rather.

        Nobody for the first person: that is whoever is quoted.
        """
        if "Person=1" in morph:
            return ()
        plural = "Number=Plur" in morph
        if saying and self.speaker:
            if self.spoke_in == self.block and self.many(self.speaker) == plural:
                return self.speaker
            if not (self.singular and self.subject_in == self.block):
                # a new paragraph: who has had the word most often has it again
                voices = [s for s in self.voices if self.many(s) == plural and self._speaks(s)]
                if voices:
                    return max(voices, key=lambda s: (self.voices[s], s == self.speaker))
        if plural and self.plural_in != self.block and self.within_in == self.block:
            return self.within  # "confirma que los presidentes no se verán. Tampoco lo pidieron"
        return self.plural if plural else self.singular

    def many(self, actors: tuple[str, ...]) -> bool:
        """Whether a verb about these actors stands in the plural."""
        actor = self.a.resolution.actors[actors[0]]
        return len(actors) > 1 or (actor.kind == "Group" and actor.label.split()[0].endswith("s"))

    def _speaks(self, actors: tuple[str, ...]) -> bool:
        return self.a.resolution.actors[actors[0]].kind in ("Person", "Group")


def _is_main(t: Tree, i: int) -> bool:
    """Whether the clause of a coordinated verb is a main one, and not one of two that another verb governs."""
    while t.tokens[i].dep in ("conj", "parataxis") and t.tokens[i].head != i:
        i = t.tokens[i].head
    return t.tokens[i].head == i
