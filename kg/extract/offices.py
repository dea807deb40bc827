"""Offices before and behind names, and offices alone: "el ministro de Defensa, el general Octavio Murcia", "la mandataria mexicana".

An office makes the name a person, and is the person's title. Offices are read by words and not by arcs: the head of "el ministro
español de Asuntos Exteriores, Álvaro Montenegro" is where parsers disagree most.
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.complements import complements
from kg.extract.names import exact, person_at, run_end
from kg.extract.reading import Line, Mention
from kg.model import Span

# determiners that make an office one among several
SINGLE = frozenset({"un", "una", "otro", "otra", "algún", "alguna", "cierto", "ningún"})
ORDINALS = frozenset({"segundo", "tercer", "cuarto", "quinto"})
_ALLEGED = frozenset({"presunto", "presunta", "supuesto", "supuesta"})
_DEFINITE = frozenset({"el", "la"})
_RETIRED = frozenset({"r", "r.", "ret", "retirado", "re", "e"})
_POSSESSIVE = frozenset({"su", "mi", "nuestro", "nuestra", "cuyo", "cuya"})
_PLURAL = frozenset({"los", "las", "sus"})
# the words that an office may begin with, whatever the tagger takes them for
OPENINGS = _DEFINITE | _POSSESSIVE | _PLURAL | SINGLE | {"primer", "primera"}
_BEFORE_OFFICE = frozenset(
    {"tercer", "segundo", "primer", "alto", "alta", "nuevo", "nueva", "actual", "propio", "propia", "máximo", "entonces", "otro"}
)


def office(line: Line, i: int) -> Mention | None:
    """[the] office [adjectives] [de …] [, ] [Name], from token ``i``.

    With a name it is a person; with "un" a group of one ("un funcionario"); else a role, which must be definite or tell its country
    or its organisation.
    """
    tokens = line.tokens
    j = i
    word = tokens[i].lower
    definite, possessive, single = word in _DEFINITE, word in _POSSESSIVE, word in SINGLE
    if word in _PLURAL:
        return _several(line, i)
    if tokens[i].pos == "DET" or definite or possessive or word in ("un", "una"):
        if not (definite or possessive or single):
            return None
        j += 1
    else:
        possessive = single = False
    start = j  # "un tercer funcionario" is another one than "un funcionario"
    if j < len(tokens) and tokens[j].pos == "ADJ" and tokens[j].lower in _BEFORE_OFFICE and _is_office(line, j + 1):
        j += not (tokens[j].lower == "primer" and tokens[j + 1].lower == "ministro")
    noun, role = _office_noun(line, j)
    if role is None or (line.place(j) or (0,))[0] > j + 1:
        return None  # "Presidente Franco" is a town
    if tokens[noun].text[:1].isupper() and tokens[noun].lower in line.words.governments and not line.capital(noun + 1):
        return None  # "el Ejecutivo"
    if definite and i and tokens[i].text[0].isupper() and tokens[i - 1].text.isalpha() and tokens[noun].text[0].isupper():
        return None  # "el diario digital El Observador del Plata"
    if tokens[noun].text[:1].isupper() and (noun > i or line.before(i) in _DEFINITE) and line.organization(noun):
        return None  # "la Coordinadora de Comunidades", "el Coordinador Eléctrico"
    end, country, org, local = complements(line, noun + 1)
    title = line.slice(j, end)
    feminine = "Gender=Fem" in tokens[noun].morph or role.endswith("a")
    if word in ("el", "la", "un", "una"):
        feminine = word in ("la", "una")  # "el jerarca"
    if i and not (definite or possessive or single) and line.tokens[i - 1].text[:1].islower() and line.organization(i - 1):
        return None  # "la plataforma ecologista Tejo Vivo"
    named = _name_behind(line, end)
    if named is None and definite:
        second = _second_office(line, end)
        named = _name_behind(line, second) if second else None
        title = line.slice(j, second) if named is not None and second else title
    if named is not None and line.organization(noun) and named[0] == end and not line.given(end):
        return None  # "la consultora Prospecta"
    if named is not None:
        person = replace(
            line.mention("person", i, named[1], line.slice(*named)), cls="Person", known=exact(line, *named), title=title
        )
        return replace(person, role=role, country=country, org=org, local=local, feminine=feminine, possessive=possessive)
    if single:
        label = line.slice(start if tokens[start].lower in ORDINALS else j, end)
        return replace(
            line.mention("group", i, end, label), cls="Group", role=role, country=country, org=org, local=local, feminine=feminine
        )
    if not (definite or possessive) and (tokens[noun].pos == "ADJ" or not (country or org)):
        return None  # "la tarifa industrial ecuatoriana" has no industrialist
    alone = replace(line.mention("role", i, end, title), cls="Person", title=title, definite=definite, possessive=possessive)
    return replace(alone, role=role, country=country, org=org, local=local, feminine=feminine)


def by_demonym(line: Line, i: int) -> Mention | None:
    """A person of whom only the country is told: "la colombiana, Catalina Uribe,"."""
    if line.tokens[i].lower not in _DEFINITE or i + 3 >= len(line):
        return None
    country = line.demonym(i + 1)
    if country is None:
        return None
    if line.given(i + 2):
        named = person_at(line, i + 2)  # "el guyanés Winston Braithwaite"
    else:
        named = person_at(line, i + 3) if line.tokens[i + 2].text == "," else None
    if named is None or not (line.given(i + 2) or _closes(line, named[1])):
        return None
    feminine = line.tokens[i].lower == "la"
    found = replace(line.mention("person", i, named[1], line.slice(*named)), cls="Person", known=exact(line, *named))
    return replace(found, country=country, feminine=feminine)


def national(line: Line, i: int) -> Mention | None:
    """A person taken up by nationality alone, as the subject of a clause: "la portuguesa dio por buena la fórmula"."""
    country = line.demonym(i + 1) if line.tokens[i].lower in _DEFINITE else None
    if country is None or line.tokens[i + 1].dep not in ("nsubj", "nsubj:pass"):
        return None
    if i + 2 < len(line) and line.tokens[i + 2].pos in ("NOUN", "PROPN", "ADJ", "ADP"):
        return None
    feminine = line.tokens[i].lower == "la"
    found = line.mention("role", i, i + 2, line.slice(i + 1, i + 2))
    return replace(found, cls="Person", country=country, feminine=feminine, definite=True)


def _office_noun(line: Line, j: int) -> tuple[int, str | None]:
    """The office noun at ``j`` and the office; no office where there is none."""
    if j >= len(line.tokens):
        return j, None
    word = line.tokens[j].lower
    if word in ("primer", "primera") and j + 1 < len(line) and line.tokens[j + 1].lower in ("ministro", "ministra"):
        return j + 1, f"{word} {line.tokens[j + 1].lower}"
    two = f"{word} {line.tokens[j + 1].lower}" if j + 1 < len(line) else word
    if two != word and two in line.words.roles:
        return j + 1, word if _is_office(line, j) else two  # "el consejero delegado de Petrosur", "un alto cargo"
    return j, word if _is_office(line, j) else None


def _is_office(line: Line, i: int) -> bool:
    """Whether token ``i`` is the noun of one person's office: "canciller", "exministra"."""
    if i >= len(line.tokens):
        return False
    token = line.tokens[i]
    if token.pos not in ("NOUN", "PROPN", "ADJ"):
        return False
    current = token.lower.removeprefix("ex").removeprefix("-")
    listed = token.lower in line.words.roles or (len(current) > 5 and current in line.words.roles)
    return listed and "Number=Plur" not in token.morph


def _name_behind(line: Line, end: int) -> tuple[int, int] | None:
    """The person's name behind an office that ends at ``end``, directly or between commas, behind a second office too
    ("el ministro de Defensa colombiano, el general retirado Octavio Murcia")."""
    if end + 1 < len(line) and line.tokens[end].lower == "en" and line.capital(end + 1):
        place = run_end(line, end + 1)  # "el delegado en Chiapas, Ramiro Velasco,"
        end = place if place < len(line) and line.tokens[place].text == "," else end
    elif end + 3 < len(line) and line.tokens[end].text == "(" and line.tokens[end + 1].lower in _RETIRED:
        end += 3  # "el general (r) Hugo Arce"
    elif end + 3 < len(line) and line.tokens[end].lower == "en" and line.tokens[end + 1].pos == "DET":
        end += 3 * (line.tokens[end + 3].text == ",")  # "el comandante boliviano en la zona, Freddy Mamani,"
    named = person_at(line, end)
    if named is not None or end >= len(line) or line.tokens[end].text != ",":
        return named
    inner = end + 1
    if inner + 1 < len(line) and line.tokens[inner].lower == "alias" and line.capital(inner + 1):
        return inner + 1, run_end(line, inner + 1)  # "el jefe de la banda, alias Ti Kouto"
    if inner < len(line) and line.tokens[inner].lower in _DEFINITE and _is_office(line, inner + 1):
        return person_at(line, complements(line, inner + 2).end)
    if inner + 2 < len(line) and line.tokens[inner].text in line.words.roles:
        ranked = person_at(line, inner + 1)  # "el portavoz de la GCF, comodoro Ramil Evangelista"
        if ranked is not None:
            return ranked
    named = person_at(line, inner)
    return named if named is not None and _closes(line, named[1]) else None


def _second_office(line: Line, end: int) -> int | None:
    """Where a second office ends that "y" joins to the one that ends at ``end``: "la vicepresidenta tercera y titular de Energía"."""
    if end + 1 >= len(line) or line.tokens[end].lower not in ("y", "e"):
        return None
    second = end + 1 + (line.tokens[end + 1].lower in _BEFORE_OFFICE | {"hoy", "ahora", "también"})
    return complements(line, second + 1).end if _is_office(line, second) else None


def _closes(line: Line, j: int) -> bool:
    """Whether an apposition may end before token ``j``."""
    return j >= len(line) or line.tokens[j].text in ",.;:)—–" or line.tokens[j].pos in ("PUNCT", "VERB", "AUX", "CCONJ")


def _several(line: Line, i: int) -> Mention | None:
    """ "los cancilleres Lucía Santamaría y Rubén Alcántara": the first of the named people; the rest are found as names."""
    j = i + 1
    if j >= len(line):
        return None
    token = line.tokens[j]
    if token.lemma not in line.words.roles or "Number=Plur" not in token.morph:
        return None
    end, country, org, local = complements(line, j + 1)
    if end + 1 < len(line) and line.tokens[end].text == "," and (person_at(line, end + 1) or (0, 0))[1] > end + 2:
        end += 1  # "los cancilleres, Matías Echaurren y Ruth Aramayo,"
    named = person_at(line, end)
    if named is None:
        return None
    title = f"{token.lemma} {line.slice(j + 1, end)}" if end > j + 1 else token.lemma
    person = replace(
        line.mention("person", i, named[1], line.slice(*named)), cls="Person", known=exact(line, *named), title=title
    )
    return replace(person, role=token.lemma, country=country, org=org, local=local, plural=True)


def sharing(line: Line, before: Mention | None, m: Mention) -> Mention:
    """The person with the office of the one named just before, where a plural gives it to both ("los cancilleres A y B")."""
    if before is None or not (before.kind == m.kind == "person" and before.plural and before.role) or m.role:
        return m
    if [t.text for t in line.tokens[before.last : m.first]] not in ([","], ["y"], ["e"], [",", "y"]):
        return m
    return replace(m, role=before.role, title=before.title, country=m.country or before.country, org=before.org, plural=True)


def with_apposition(line: Line, m: Mention) -> Mention:
    """The mention with the office that stands behind it between commas: a name followed by ", office …," is a person of that title."""
    if m.kind not in ("person", "name") or m.role or m.last + 1 >= len(line) or line.tokens[m.last].text != ",":
        return m
    j = m.last + 1
    if line.tokens[j].lower in ("el", "la", "un", "una") and j + 1 < len(line):
        j += 1
    start = j
    if line.tokens[j].lower in _BEFORE_OFFICE | _ALLEGED and _is_office(line, j + 1):
        j += 1
    if m.kind == "name" and (m.cls not in (None, "Place") or m.known):
        return m
    if not _is_office(line, j):
        return m
    end, country, org, local = complements(line, j + 1)
    while end + 1 < len(line) and line.tokens[end].lower == "y":  # "exministro de Minería y hoy director de Cobre Andino"
        second = end + 1 + (line.tokens[end + 1].lower in _BEFORE_OFFICE | {"hoy", "ahora", "también"})
        if not _is_office(line, second):
            break
        end = complements(line, second + 1).end
    if person_at(line, end) is not None:
        return m  # ", el ministro Andrés Soto": the next person
    return replace(
        m,
        kind="person",
        cls="Person",
        role=line.tokens[j].lower,
        title=line.slice(start, end),
        country=country or m.country,
        org=org,
        local=local,
        place=False,
        last=end,
        span=Span(m.span.start, line.tokens[end - 1].end),
        feminine="Gender=Fem" in line.tokens[j].morph,
    )
