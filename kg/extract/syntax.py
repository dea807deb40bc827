"""The dependency tree of a sentence as questions one can ask: children, extents, clauses, subject, negation, tense.

Labels are those of Universal Dependencies as the shipped pipeline gives them (see its model card). The parser errs on about one arc in
seven, so every question has an answer that does not depend on a single label: an object may be marked ``obl``, a subject that
follows its verb ``obj``, an agent ``obl``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.model import Sentence, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
CLAUSES = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "csubj", "parataxis", "xcomp"})
NEGATIONS = frozenset({"no", "nunca", "jamás", "tampoco", "ni", "sin", "ningún", "ninguna", "ninguno", "nadie", "nada"})
_NOT_NEGATING = {("no", "obstante"), ("no", "solo"), ("no", "sólo"), ("sin", "embargo"), ("sin", "duda"), ("nada", "más")}
_DEPTH = 20  # no sentence of a newspaper nests deeper; a parse that goes round in circles ends here
Tense = Literal["past", "present", "future", "conditional", "subjunctive", "infinitive", "gerund", "participle", "imperative"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence with its children and the extents of its subtrees; ``left``/``right`` are token indices, ``right`` exclusive."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    kids: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]

    def span(self, first: int, last: int) -> Span:
        """The characters from token ``first`` to token ``last`` (exclusive)."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def subtree(self, i: int) -> Span:
        return self.span(self.left[i], self.right[i])

    def children(self, i: int, *labels: str) -> list[int]:
        kids = self.kids[i]
        if not kids:
            return []
        tokens = self.tokens
        return [k for k in kids if tokens[k].dep in labels]

    def ancestors(self, i: int) -> list[int]:
        """The governors of ``i``, nearest first."""
        out, tokens = [], self.sentence.tokens
        while tokens[i].head != i:
            i = tokens[i].head
            if i in out:
                break
            out.append(i)
        return out


def tree(sentence: Sentence) -> Tree:
    """Build the tree of a sentence once; linear in its tokens."""
    tokens = sentence.tokens
    n = len(tokens)
    heads = [token.head for token in tokens]
    kids: list[list[int]] = [[] for _ in range(n)]
    for i, head in enumerate(heads):
        if head != i and 0 <= head < n:
            kids[head].append(i)
    left, right = list(range(n)), list(range(1, n + 1))
    # extents by walking every token up to the root: depth is small, and no recursion limit is met
    for i in range(n):
        j, seen = heads[i], 0
        above = i
        while j != above and 0 <= j < n and seen < n:
            if i < left[j]:
                left[j] = i
            elif i >= right[j]:
                right[j] = i + 1
            above, j = j, heads[j]
            seen += 1
    return Tree(sentence, tokens, tuple(tuple(k) for k in kids), tuple(left), tuple(right))


def is_verb(token: Token) -> bool:
    """Finite or not, main or copular: anything that can head a clause by its tag (participles tagged ADJ are asked separately)."""
    return token.pos in ("VERB", "AUX")


def is_finite(token: Token) -> bool:
    """Whether the token by itself is a finite verb form."""
    return "VerbForm=Fin" in token.morph


def finite_morph(t: Tree, i: int) -> str:
    """The features of what is finite in the verb ``i``: its first finite auxiliary's, else its own, finite or not."""
    return next((t.tokens[k].morph for k in t.children(i, "aux") if is_finite(t.tokens[k])), t.tokens[i].morph)


@lru_cache(maxsize=4096)
def _forms(infinitive: str) -> dict[str, Tense]:
    """The regular future and conditional of a verb, which no tagger need be asked about: "cerraremos", "firmarían"."""
    if infinitive[-2:] not in ("ar", "er", "ir"):
        return {}
    forms: dict[str, Tense] = {infinitive + end: "future" for end in ("é", "ás", "á", "emos", "éis", "án")}
    return forms | {infinitive + end: "conditional" for end in ("ía", "ías", "íamos", "íais", "ían")}


def _subjunctive_by_form(token: Token) -> bool:
    """Whether the ending is one of the present subjunctive, which taggers take for an indicative: "que publique", "que retiren"."""
    form, lemma = token.lower, token.lemma
    if lemma.endswith("ar"):
        return form.endswith(("e", "es", "emos", "éis", "en")) and not form.endswith(("ie", "ase", "asen"))
    imperfect = form.endswith(("ía", "ías", "íamos", "ían")) or lemma in ("ser", "ir", "ver")
    return (
        lemma.endswith(("er", "ir")) and not imperfect and form.endswith(("ga", "gan", "zca", "zcan", "ya", "yan", "da", "dan"))
    )


def tense(t: Tree, i: int) -> Tense:
    """Tense or mood of the clause headed by ``i``: of its finite auxiliary if it has one, else its own."""
    tokens = t.tokens
    finite = [k for k in t.kids[i] if tokens[k].dep in ("aux", "aux:pass", "cop") and "VerbForm=Fin" in tokens[k].morph]
    morph = tokens[finite[0]].morph if finite else tokens[i].morph
    form = tokens[finite[0] if finite else i]
    if "VerbForm=Fin" in morph and form.lower in _forms(form.lemma):
        return _forms(form.lemma)[form.lower]
    if "Mood=Cnd" in morph:
        return "conditional"
    if "Mood=Sub" in morph or ("VerbForm=Fin" in morph and _subjunctive_by_form(form)):
        return "subjunctive"
    if "Mood=Imp" in morph and "VerbForm=Fin" in morph:
        return "imperative"
    if "Tense=Fut" in morph:
        return "future"
    if "VerbForm=Inf" in morph:
        return "infinitive"
    if "VerbForm=Ger" in morph:
        return "gerund"
    if "VerbForm=Part" in morph and not finite:
        return "infinitive" if any("VerbForm=Inf" in tokens[k].morph for k in t.children(i, "aux")) else "participle"
    if "Tense=Past" in morph or "Tense=Imp" in morph:
        return "past"
    if finite and tokens[finite[0]].lemma == "haber" and "VerbForm=Part" in tokens[i].morph:
        return "past"
    if finite and tokens[finite[0]].lemma in ("ir",):
        return "future"
    return "present"


def negated(t: Tree, i: int) -> bool:
    """Whether the clause headed by ``i`` is negated by its own particle ("no", "nunca", "sin", "ni", a negative subject)."""
    tokens = t.tokens
    for k in t.kids[i]:
        token = tokens[k]
        if token.lower in NEGATIONS and k < i and token.dep in ("advmod", "case", "mark", "cc", "det", "nsubj", "fixed"):
            if k + 1 < len(tokens) and (token.lower, tokens[k + 1].lower) in _NOT_NEGATING:
                continue
            if token.lower == "sin" and token.dep == "advmod":
                continue  # "sin acuerdo, Chile cerrará el paso"
            if token.lower == "no" and k + 1 < i and tokens[k + 1].lower in (",", "y", "e", "pero"):
                continue  # "dijeron que no, confió una funcionaria", "dijo que no y planteó otra cosa"
            return True
        if (
            token.dep in SUBJECTS
            and k < i
            and any(tokens[d].lower in ("ningún", "ninguna", "ninguno", "ni") for d in (k, *t.kids[k]))
        ):
            return True
    # the particle may hang on an auxiliary or on a copula
    return any(
        tokens[g].lower in ("no", "nunca", "jamás") for k in t.kids[i] if tokens[k].dep in ("aux", "cop") for g in t.kids[k]
    )


def case(t: Tree, i: int) -> str:
    """The preposition that introduces ``i`` ("a", "de", "según", "de acuerdo con"…), contractions undone; "" when there is none."""
    tokens = t.tokens
    for k in t.kids[i]:
        if tokens[k].lower == "no":
            continue  # "dijo no a la auditoría"
        if k < i and tokens[k].dep in ("case", "mark", "advmod", "nmod") and tokens[k].pos in ("ADP", "SCONJ", "ADV"):
            words = [tokens[k].lower, *(tokens[f].lower for f in t.kids[k] if tokens[f].dep == "fixed")]
            joined = " ".join(words)
            return {"al": "a", "del": "de"}.get(joined, joined)
    return ""


def conjuncts(t: Tree, i: int) -> list[int]:
    """``i`` and the tokens coordinated with it, in order."""
    out = [i]
    for k in t.kids[i]:
        if t.tokens[k].dep == "conj":
            out.extend(conjuncts(t, k))
    return out


def has_se(t: Tree, i: int) -> bool:
    """Whether the verb carries a reflexive "se" (also "me", "nos" and the enclitic)."""
    tokens = t.tokens
    if any(
        tokens[k].lower in ("se", "me", "nos", "te") and tokens[k].dep.startswith(("expl", "obj", "obl", "iobj"))
        for k in t.kids[i]
    ):
        return True
    if i and tokens[i - 1].lower == "se":
        return True
    if i > 1 and tokens[i - 2].lower == "se" and tokens[i - 1].pos == "AUX":
        return True
    return (
        "VerbForm" in tokens[i].morph
        and tokens[i].lower.endswith("se")
        and ("VerbForm=Inf" in tokens[i].morph or "VerbForm=Ger" in tokens[i].morph)
    )


def clause_head(t: Tree, i: int) -> int:
    """The verb (or nominal predicate) whose clause ``i`` belongs to."""
    tokens = t.tokens
    j, steps = i, 0
    while tokens[j].head != j and steps < len(tokens):
        if is_verb(tokens[j]) or tokens[j].dep in CLAUSES:
            return j
        j = tokens[j].head
        steps += 1
    return j


def predicate_above(t: Tree, i: int) -> int:
    """The nearest verb or copular predicate from ``i`` upwards, ``i`` included (a copula's own); the root where there is none."""
    tokens = t.tokens
    j = tokens[i].head if tokens[i].dep == "cop" else i
    for _ in range(_DEPTH):
        if tokens[j].head == j or is_verb(tokens[j]) or t.children(j, "cop"):
            break
        j = tokens[j].head
    return j


def clause_span(t: Tree, i: int, *, with_subject: int | None = None) -> tuple[int, int]:
    """The tokens of the clause headed by ``i``: its subtree without coordinated clauses, parataxes and trailing punctuation.

    Returns (first, last) token indices, ``last`` exclusive. ``with_subject`` stretches it to a subject that hangs elsewhere.
    """
    tokens = t.tokens
    first, last = t.left[i], t.right[i]
    for k in t.kids[i]:
        if tokens[k].dep in ("conj", "parataxis") and (is_verb(tokens[k]) or _clausal(t, k)):
            if k > i:
                last = min(last, t.left[k])
            else:
                first = max(first, t.right[k])
    if with_subject is not None and with_subject < first:
        first = t.left[with_subject]
    return trim(t, first, last)


def first_conjunct(t: Tree, i: int) -> int:
    """The first of the coordinated words that token ``i`` is one of."""
    while t.tokens[i].dep == "conj" and t.tokens[i].head < i:
        i = t.tokens[i].head
    return i


def _clausal(t: Tree, k: int) -> bool:
    return any(t.tokens[g].dep in ("cop", "nsubj", "aux") for g in t.kids[k])


def trim(t: Tree, first: int, last: int) -> tuple[int, int]:
    """Cut punctuation, conjunctions and subordinators from the edges of a stretch of tokens.

    "mientras" stays where it sets a condition ("mientras no se pague", with a subjunctive): without it the words say the reverse.
    """
    tokens = t.tokens
    while first < last - 1 and (
        tokens[first].pos in ("PUNCT", "SPACE")
        or (tokens[first].dep == "fixed" and tokens[first].head < first)  # the rest of a preposition: "en | torno a"
        or tokens[first].lower in ("y", "e", "pero", "o", "u", "ni", "aunque", "mientras", "sino")
    ):
        if tokens[first].lower == "ni" or tokens[first].text in "¿¡":
            break
        if tokens[first].lower == "mientras" and _subjunctive(tokens[first:last]):
            break
        first += 1
    while last - 1 > first and (
        tokens[last - 1].pos in ("PUNCT", "SPACE", "CCONJ") or tokens[last - 1].lower in ("y", "e", "pero", "o")
    ):
        last -= 1
    return first, last


def _subjunctive(tokens: Sequence[Token]) -> bool:
    """Whether the first finite verb of a stretch is a subjunctive."""
    return "Mood=Sub" in next((x.morph for x in tokens if "VerbForm=Fin" in x.morph), "")
