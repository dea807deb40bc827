"""Trees: extents, clauses, negation, tense, cases, on parses written by hand as "word/TAG/label>head" (head: index; a root is its own)."""

from __future__ import annotations

import pytest

from kg.extract.syntax import (
    Tree,
    case,
    clause_head,
    clause_span,
    conjuncts,
    finite_morph,
    has_se,
    negated,
    predicate_above,
    tense,
    tree,
    trim,
)
from kg.model import Sentence, Token

FINITE = {
    "pres": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "past": "Mood=Ind|Tense=Past|VerbForm=Fin",
    "imp": "Mood=Ind|Tense=Imp|VerbForm=Fin",
    "fut": "Mood=Ind|Tense=Fut|VerbForm=Fin",
    "cnd": "Mood=Cnd|VerbForm=Fin",
    "sub": "Mood=Sub|Tense=Pres|VerbForm=Fin",
    "bid": "Mood=Imp|VerbForm=Fin",
    "inf": "VerbForm=Inf",
    "ger": "VerbForm=Ger",
    "part": "Tense=Past|VerbForm=Part",
}


def parsed(text: str) -> Tree:
    """A tree from "no/ADV/advmod>1 firmó:past=firmar/VERB/ROOT>1 …": form, optional ":form of verb", optional "=lemma"."""
    tokens, at = [], 0
    for i, item in enumerate(text.split()):
        word, pos, arc = item.rsplit("/", 2)
        dep, _, head = arc.partition(">")
        word, _, lemma = word.partition("=")
        word, _, form = word.partition(":") if len(word) > 1 else (word, "", "")
        tokens.append(
            Token(i, at, at + len(word), word, word.lower(), lemma or word.lower(), pos, FINITE.get(form, ""), dep, int(head))
        )
        at += len(word) + 1
    return tree(Sentence(0, 0, tuple(tokens)))


SIGNED = parsed(
    "Perú/PROPN/nsubj>2 no/ADV/advmod>2 firmó:past=firmar/VERB/ROOT>2 el/DET/det>4 pacto/NOUN/obj>2"
    " y/CCONJ/cc>6 protestó:past/VERB/conj>2 ./PUNCT/punct>2"
)


def words(t: Tree, span: tuple[int, int]) -> str:
    return " ".join(x.text for x in t.tokens[span[0] : span[1]])


def test_children_and_extents() -> None:
    assert SIGNED.kids[2] == (0, 1, 4, 6, 7)
    assert (SIGNED.left[2], SIGNED.right[2]) == (0, 8)
    assert (SIGNED.left[4], SIGNED.right[4]) == (3, 5)
    assert SIGNED.children(2, "nsubj", "obj") == [0, 4]
    assert SIGNED.ancestors(3) == [4, 2]
    assert SIGNED.subtree(4) == (14, 22)


def test_an_arc_that_goes_round_in_circles_ends() -> None:
    t = parsed("a/NOUN/nmod>1 b/NOUN/nmod>0 c/VERB/ROOT>2")
    assert t.ancestors(0) == [1, 0] or t.ancestors(0) == [1]
    assert t.right[2] == 3


def test_a_clause_ends_where_a_coordinated_one_begins() -> None:
    assert words(SIGNED, clause_span(SIGNED, 2)) == "Perú no firmó el pacto"
    assert words(SIGNED, clause_span(SIGNED, 6)) == "protestó"
    assert words(SIGNED, clause_span(SIGNED, 6, with_subject=0)) == "Perú no firmó el pacto y protestó"


def test_edges_are_trimmed_of_conjunctions_and_marks() -> None:
    assert words(SIGNED, trim(SIGNED, 5, 8)) == "protestó"


def test_an_edge_keeps_the_condition_and_loses_the_rest_of_a_preposition() -> None:
    unpaid = parsed("mientras/SCONJ/mark>3 no/ADV/advmod>3 se/PRON/obj>3 pague:sub/VERB/advcl>4 callará:fut/VERB/ROOT>4")
    assert words(unpaid, trim(unpaid, 0, 5)) == "mientras no se pague callará"
    contrast = parsed("mientras/SCONJ/mark>2 Chile/PROPN/nsubj>2 calla:pres/VERB/ROOT>2")
    assert words(contrast, trim(contrast, 0, 3)) == "Chile calla"
    around = parsed("en/ADP/case>4 torno/NOUN/fixed>0 a/ADP/fixed>0 la/DET/det>4 paz/NOUN/ROOT>4")
    assert words(around, trim(around, 1, 5)) == "la paz"


def test_coordination() -> None:
    t = parsed("Perú/PROPN/nsubj>5 ,/PUNCT/punct>2 Chile/PROPN/conj>0 y/CCONJ/cc>4 Cuba/PROPN/conj>0 firmaron:past/VERB/ROOT>5")
    assert conjuncts(t, 0) == [0, 2, 4]


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("no/ADV/advmod>1 firmó:past/VERB/ROOT>1", 1, True),
        ("nunca/ADV/advmod>1 firmó:past/VERB/ROOT>1", 1, True),
        ("ningún/DET/det>1 país/NOUN/nsubj>2 firmó:past/VERB/ROOT>2", 2, True),
        ("nadie/PRON/nsubj>1 firmó:past/VERB/ROOT>1", 1, True),
        ("sin/ADP/mark>1 firmar:inf/VERB/ROOT>1", 1, True),
        ("firmó:past/VERB/ROOT>0 no/ADV/advmod>0", 0, False),
        ("no/ADV/advmod>2 obstante/ADV/fixed>0 firmó:past/VERB/ROOT>2", 2, False),
        ("sin/ADP/case>2 embargo/NOUN/fixed>0 firmó:past/VERB/ROOT>2", 2, False),
        ("no/ADV/advmod>1 ha:pres=haber/AUX/aux>2 firmado:part/VERB/ROOT>2", 2, True),
        ("firmó:past/VERB/ROOT>0", 0, False),
    ],
)
def test_negation(text: str, verb: int, expected: bool) -> None:
    assert negated(parsed(text), verb) is expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("firmó:past/VERB/ROOT>0", 0, "past"),
        ("firmaba:imp/VERB/ROOT>0", 0, "past"),
        ("firma:pres/VERB/ROOT>0", 0, "present"),
        ("firmará:fut/VERB/ROOT>0", 0, "future"),
        ("firmaría:cnd/VERB/ROOT>0", 0, "conditional"),
        ("firme:sub/VERB/ROOT>0", 0, "subjunctive"),
        ("firma:bid/VERB/ROOT>0", 0, "imperative"),
        ("firmar:inf/VERB/ROOT>0", 0, "infinitive"),
        ("firmando:ger/VERB/ROOT>0", 0, "gerund"),
        ("firmado:part/VERB/ROOT>0", 0, "participle"),
        ("ha:pres=haber/AUX/aux>1 firmado:part/VERB/ROOT>1", 1, "past"),
        ("haber:inf/AUX/aux>1 firmado:part/VERB/ROOT>1", 1, "infinitive"),
        ("podría:cnd=poder/AUX/aux>1 firmar:inf/VERB/ROOT>1", 1, "conditional"),
        ("será:fut=ser/AUX/aux:pass>1 firmado:part/VERB/ROOT>1", 1, "future"),
        ("es:pres=ser/AUX/cop>1 aliado/NOUN/ROOT>1", 1, "present"),
    ],
)
def test_tense_is_that_of_what_is_finite(text: str, verb: int, expected: str) -> None:
    assert tense(parsed(text), verb) == expected


def test_prepositions_without_their_articles() -> None:
    t = parsed(
        "al/ADP/case>1 pacto/NOUN/obl>1 de/ADP/case>5 acuerdo/NOUN/fixed>2 con/ADP/fixed>2 Perú/PROPN/obl>1 solo/ADJ/amod>5"
    )
    assert (case(t, 1), case(t, 5), case(t, 6)) == ("a", "de acuerdo con", "")


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("se/PRON/expl:pv>1 negó:past/VERB/ROOT>1", 1, True),
        ("nos/PRON/obj>1 negamos:pres/VERB/ROOT>1", 1, True),
        ("reunirse:inf/VERB/ROOT>0", 0, True),
        ("clase/NOUN/ROOT>0", 0, False),
        ("negó:past/VERB/ROOT>0", 0, False),
    ],
)
def test_reflexive_pronouns(text: str, verb: int, expected: bool) -> None:
    assert has_se(parsed(text), verb) is expected


def test_what_a_word_belongs_to() -> None:
    t = parsed(
        "Perú/PROPN/nsubj>1 dijo:past/VERB/ROOT>1 que/SCONJ/mark>5 el/DET/det>4 pacto/NOUN/nsubj>5 caducó:past/VERB/ccomp>1"
    )
    assert clause_head(t, 3) == 5
    assert predicate_above(t, 3) == 5
    assert predicate_above(t, 0) == 1


def test_the_finite_part_of_a_verb() -> None:
    t = parsed("ha:pres=haber/AUX/aux>1 firmado:part/VERB/ROOT>1")
    assert finite_morph(t, 1) == FINITE["pres"]
    assert finite_morph(t, 0) == FINITE["pres"]
