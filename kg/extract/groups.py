"""Actors by common nouns: unnamed groups, governments and bodies, by their noun and a demonym or "de" + name; "ambos países"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.complements import Complements, complements
from kg.extract.names import run_end
from kg.extract.offices import ORDINALS, SINGLE
from kg.extract.reading import ARTICLES, PAIR_NOUNS, Line, Mention

# endings of nouns for people, of whatever trade: "arrieros", "recolectoras"
_PEOPLE = ("ero", "era", "or", "ora", "ista", "ante", "ente", "ario", "aria", "ano", "ino")
# nouns in "-ista" for things
_NO_PEOPLE = frozenset(
    {"revista", "lista", "pista", "vista", "entrevista", "conquista", "autopista", "arista", "amatista", "reconquista"}
)
# nouns that mean several even in the singular
_COLLECTIVE = frozenset(
    {"delegación", "flota", "personal", "tropa", "comitiva", "equipo", "gremio", "sindicato", "autoridad", "fuente"}
    | {
        "oposición",
        "oficialismo",
        "patrullera",
        "buque",
        "pesquero",
        "embarcación",
        "hidroeléctrica",
        "tripulación",
        "dirigencia",
    }
)
# nouns for people of whom nothing is told: somebody only where they are counted, definite or described
_COURTS = frozenset({"tribunal", "juzgado", "corte", "sala"})
# nouns for somebody's kin, who are told by whose they are
_KIN = frozenset({"madre", "padre", "viuda", "viudo", "hermano", "hermana", "hijo", "hija", "esposa", "esposo", "familia"})
_COUNSEL = frozenset({"defensa", "acusación"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ"})  # within a sentence a group's noun is tagged so
_CAMPS = frozenset({"oposición", "oficialismo"})
_ANYBODY = frozenset({"persona", "hombre", "mujer", "familia", "gente"})
_QUANTIFIERS = frozenset(
    {"unos", "unas", "otros", "otras", "varios", "varias", "algunos", "algunas", "muchos", "muchas"}
) | frozenset({"numerosos", "numerosas", "decenas", "cientos", "miles", "centenares"})
_ALLEGED = frozenset({"presuntos", "presuntas", "supuestos", "supuestas"})  # not to be left out of a label
_PAIRING = frozenset({"ambos", "ambas", "los", "las"})  # the words that "both countries" begins with
# the words that a mention of this module may begin with, whatever the tagger takes them for
OPENINGS = _PAIRING | {"parte", "bando", "país"}
_THAT_COUNTRY = frozenset((that, "país") for that in ("ese", "dicho", "aquel"))
_OTHER_COUNTRY = (
    *(("país", "vecino"), ("vecino", "país"), ("vecino",), ("otro", "país"), ("otro", "gobierno")),
    *(("otra", "orilla"), ("otra", "capital"), ("contraparte",)),
)
_OPENS_SIDE = frozenset({"el", "la"} | {words[0] for words in (*_THAT_COUNTRY, *_OTHER_COUNTRY)})
_TAKEN_UP = frozenset(
    {"la", "el", "misma", "mismo", "citada", "citado", "dicha", "dicho", "al", "del", "esa", "ese", "esta", "este"}
)
_DESCRIBING = frozenset({"CivilOrganization", "Company", "Party", "MediaOutlet", "CriminalOrganization"})
_WITH_NAME_ONLY = frozenset({"CivilOrganization", "Company", "Party"})


def group(line: Line, i: int) -> Mention | None:
    """An unnamed group whose noun is token ``i``: "los pescadores bolivianos", "un tercer funcionario", "las autoridades chilenas"."""
    token = line.tokens[i]
    if i and token.pos not in _NOMINAL:
        return None
    if token.pos == "PROPN" and token.text[:1].isupper() and i and line.tokens[i - 1].text not in '“«"¿¡:':
        return None
    if token.text.isupper() or (token.text[:1].isupper() and line.known(i) is not None):
        return None  # "DEPORTADOS", "Carabineros"
    noun = _group_noun(line, i)
    before = line.before(i)
    plural = "Number=Plur" in token.morph or (token.lower.endswith("s") and not token.lower.endswith("és"))
    plural = plural or (before in ("los", "las") and noun in line.words.groups)  # "los wayuu"
    if plural and noun not in line.words.groups and _nationals(line, i):
        end, _, org, local = complements(line, i + 1)
        found = replace(line.mention("group", i, end), cls="Group", role=noun, country=line.demonym(i), org=org, local=local)
        return replace(found, plural=True, definite=before in ARTICLES)
    if (
        (noun in _CAMPS or noun in line.words.camps)
        and i + 1 < len(line)
        and line.tokens[i + 1].pos in ("ADP", "ADJ")
        and not line.demonym(i + 1)
    ):
        return None  # "la oposición cerrada de los gremios"
    foreigner = before in SINGLE and line.demonym(i + 1) is not None  # "una mujer colombiana"
    if noun in _ANYBODY and noun not in _KIN and not (plural and _told(line, i)) and not foreigner:
        return None
    if noun in _COUNSEL and not plural:
        return _counsel(line, i)
    if noun not in line.words.groups:
        if plural and token.pos == "NOUN" and noun.endswith(_PEOPLE) and line.demonym(i + 1):
            end, country, org, local = complements(
                line, i + 1
            )  # "los arrieros chilenos": people by their ending and their country
            return replace(
                line.mention("group", i, end), cls="Group", role=noun, country=country, org=org, local=local, plural=True
            )
        if plural and _practitioners(line, i, noun):
            end, country, org, local = complements(line, i + 1)
            found = replace(line.mention("group", i, end), cls="Group", role=noun, country=country, org=org, local=local)
            return replace(found, plural=True, definite=True)
        return _organisations(line, i) if plural else None
    if not plural and line.words.organizations.get(noun) in _DESCRIBING and before not in SINGLE:
        return None  # "el sindicato de prácticos"
    if not (_is_noun(line, i) or " " in noun) or (not plural and line.capital(i + 1)):
        return None
    collective = noun in _COLLECTIVE or noun in line.words.camps
    single = before in SINGLE
    kin = noun in _KIN and before in ("la", "el")
    if (
        not plural
        and not single
        and before != "tercer"
        and not ((collective or kin) and before in ("la", "el", "una", "un", "su"))
    ):
        return None
    two = noun.count(" ") == 1  # "altos cargos | de Interior"
    end, country, org, local = complements(line, i + 1 + two)
    country, local = country or line.demonym(i), local or line.local_demonym(i)  # "1.284 haitianos", "los sinaloenses"
    if kin and not plural and (org is None or country):
        return None  # "la madre de Colque", but "la madre patria"
    if not plural and not (collective or country or org or single):
        return None
    if not plural and noun in line.words.vessels and line.capital(end):
        return None  # "la patrullera salvadoreña Izalco"
    if before in ORDINALS:
        return replace(
            line.mention("group", i - 1, end), cls="Group", role=noun, country=country, org=org, local=local, plural=plural
        )
    if noun == "autoridad" and country:
        return replace(line.mention("government", i, end), cls="Government", country=country, plural=True)
    first = i - 1 if before in _ALLEGED | {"altos", "altas"} else i
    found = replace(line.mention("group", first, end), cls="Group", role=noun, country=country, org=org, local=local)
    return replace(found, plural=plural, definite=before in ARTICLES)


def _counsel(line: Line, i: int) -> Mention | None:
    """Somebody's lawyers, who act: "la defensa de Meireles recurrió", not "la defensa de la frontera"."""
    if line.tokens[i].dep != "nsubj" or line.before(i) not in ("la", "su"):
        return None
    end, country, org, local = complements(line, i + 1)
    whose = line.before(i) == "su" or (org is not None and not (country or local or line.organization(i + 2)))
    accused = end > i + 2 and line.words.people(line.tokens[end - 1].lower)
    if not (whose or accused):
        return None
    return replace(line.mention("group", i, end), cls="Group", role="defensa", country=country, org=org, local=local)


def _practitioners(line: Line, i: int, noun: str) -> bool:
    """Whether the plural at ``i`` is one of people by its ending alone, who act: "los motoristas votarán", "las juristas pidieron"."""
    token = line.tokens[i]
    acting = token.dep == "nsubj" and token.pos == "NOUN" and line.before(i) in ("los", "las")
    return acting and noun.endswith("ista") and noun not in _NO_PEOPLE


def _organisations(line: Line, i: int) -> Mention | None:
    """Several organisations without names: "las patronales de ambos países", "los sindicatos chilenos"."""
    token = line.tokens[i]
    cls = line.words.organizations.get(token.lemma)
    if cls not in ("CivilOrganization", "Company") or token.pos != "NOUN" or line.before(i) not in ("los", "las"):
        return None
    end, country, org, local = complements(line, i + 1)
    if not (country or org or line.tokens[end - 1].lower in PAIR_NOUNS):
        return None
    found = replace(line.mention("group", i, end), cls="Group", role=token.lemma, country=country, org=org, local=local)
    return replace(found, plural=True, definite=True)


def _group_noun(line: Line, i: int) -> str:
    """The singular of token ``i``: its lemma where the lexicon knows it, else what cutting the plural's ending leaves."""
    token = line.tokens[i]
    bare = token.lower.rstrip("s")
    if token.lemma in line.words.groups:
        return token.lemma
    if bare in line.words.group_firsts:
        behind = [x.lower for x in line.tokens[i + 1 : i + 3]]
        pairs = (f"{bare} {cut}" for x in behind[:1] for cut in (x, x.rstrip("s"), x[:-2]))
        for several in (" ".join([bare, *behind]), *pairs):
            if several in line.words.groups:
                return several  # "amas de casa", "altos cargos"
    former = bare.removeprefix("ex")
    if bare not in line.words.groups and former in line.words.groups:
        return former  # "exdirectivos"
    cut = token.lower[:-2] if token.lower.endswith("es") else bare
    return bare if cut not in line.words.groups and bare in line.words.groups else cut


def _is_noun(line: Line, i: int) -> bool:
    """Whether token ``i`` stands as a noun: "los militares", not "los gastos militares"."""
    token = line.tokens[i]
    if token.pos in ("NOUN", "PROPN") or not i:
        return token.pos in ("NOUN", "PROPN", "PRON", "ADJ", "VERB")
    return token.pos in ("ADJ", "PRON") and (line.before(i) in ARTICLES or _counted(line, i))


def _counted(line: Line, i: int) -> bool:
    """Whether a number or a quantifier stands before token ``i``: "unos 2.500 comerciantes", "varias familias"."""
    return i > 0 and (line.tokens[i - 1].pos == "NUM" or line.before(i) in _QUANTIFIERS or line.before(i)[:1].isdigit())


def _told(line: Line, i: int) -> bool:
    """Whether something is told of the people at ``i``: how many or which ones, or what they are like ("mujeres embarazadas")."""
    described = i + 1 < len(line) and line.tokens[i + 1].pos == "ADJ"
    return line.before(i) in ARTICLES or _counted(line, i) or described


def _nationals(line: Line, i: int) -> bool:
    """Whether the demonym at ``i`` is a noun for people: "dos colombianos", "los venezolanos que cruzaron"."""
    if line.demonym(i) is None or i == 0 or line.tokens[i].pos not in ("NOUN", "ADJ", "PROPN"):
        return False
    if i + 1 < len(line) and line.tokens[i + 1].pos == "NOUN" and line.tokens[i + 1].text[:1].islower():
        return False  # "los argentinos compradores"
    return line.before(i) in ARTICLES or _counted(line, i)


def government(line: Line, i: int) -> Mention | None:
    """A government whose noun is token ``i``: "el Gobierno chileno", "la administración Trump", "la parte boliviana", "su gobierno"."""
    token = line.tokens[i]
    if token.lower in ("parte", "bando") and line.demonym(i + 1) and line.before(i) in ("la", "el"):
        side = line.mention("government", i, i + 2)
        return replace(side, cls="Government", country=line.demonym(i + 1), definite=True)
    if token.lower != "país" and token.lower not in line.words.governments:
        return None
    if " " in line.organization_noun(i):
        return None  # "Administración Nacional de Puertos"
    if token.lower == "país" and line.before(i) == "su":
        return replace(line.mention("government", i, i + 1), cls="Government", possessive=True, definite=True)
    if token.lower not in line.words.governments or token.pos not in ("NOUN", "PROPN", "ADJ"):
        return None
    end, country, org, local = _whose(line, i + 1)
    if token.lower == "administración" and end == i + 1 and not _of(line, end):
        return None
    before = line.before(i)
    named = token.text[:1].isupper() and before in ("el", "del", "al")
    if not (country or org or named or before == "su"):
        return None
    found = replace(line.mention("government", i, end), cls="Government", country=country, org=org, local=local)
    return replace(found, possessive=before == "su", definite=True)


def _of(line: Line, j: int) -> bool:
    return j < len(line) and line.tokens[j].lower in ("de", "del")


def _whose(line: Line, j: int) -> Complements:
    """Whose government: from token ``j`` behind its noun, the end, the country, the name of a place or a person that is none."""
    country = line.demonym(j)
    if country:
        return Complements(j + 1, country)
    local = line.local_demonym(j)
    if local:
        return Complements(j + 1, None, line.slice(j, j + 1), local)
    k = j
    if _of(line, j) and j + 1 < len(line):
        k = j + 1
        if line.tokens[k].lower in ARTICLES and k + 1 < len(line):
            k += 1
    if not line.capital(k):
        return Complements(j)
    known = line.known(k) if k > j else None
    if known is not None:
        actor = line.gazetteer.actors[known[1][0].actor]
        return Complements(known[0], actor.id if actor.kind == "Country" else actor.country)
    city = line.place(k) if k > j else None
    if city is not None:
        return Complements(city[0], None, line.slice(k, city[0]), city[1])
    stop = run_end(line, k)  # "la administración Trump"
    return Complements(stop, None, line.slice(k, stop))


def body(line: Line, i: int) -> Mention | None:
    """A body by a common noun at token ``i``: "el Senado", "el ejército haitiano", "la policía de Chile", "la citada agencia"."""
    token = line.tokens[i]
    if token.pos not in ("NOUN", "PROPN"):
        return None
    before = line.before(i)
    noun = line.organization_noun(i) or token.lemma
    cls = line.words.organizations.get(noun)
    if cls is None and noun not in line.words.general:
        return None
    several = noun.count(" ")
    end, country, org, local = complements(line, i + 1 + several)
    if cls in _DESCRIBING and end > i + 1 and line.capital(end) and not line.given(end):
        return None  # "la petroquímica venezolana Orinoquia Química": the noun belongs to the name
    named = line.capital(i + 1)
    if _takes_up(line, i, noun, end, cls):
        found = replace(line.mention("body", i, i + 1), cls=cls, role=noun, definite=True)
        return replace(found, plural="Number=Plur" in token.morph)
    people = line.words.people(line.tokens[i + 2].lower) if end > i + 2 else False
    if noun == "corte" and "Gender=Masc" in token.morph and not token.text[:1].isupper() and before in ("un", "el", "al", "del"):
        return None  # "un corte del gas"
    court = noun in _COURTS and before in ("un", "una") and not several
    titled = cls == "PublicBody" and before in ARTICLES and noun not in line.words.places and _is_of_one(line, org)
    trade = cls == "CivilOrganization" and before in ARTICLES and people
    housed = noun in line.words.housed and before in ARTICLES and (local or org is not None)  # "la diócesis de San Cristóbal"
    named_only = cls in _WITH_NAME_ONLY and token.text[:1].islower() and not line.demonym(i + 1) and not named
    if cls is None or (named_only and not (trade or housed)):
        return None  # "un movimiento unilateral de Washington" is no organisation
    if cls == "Company" and noun in ("grupo", "estatal", "banco", "firma", "encuesta", "sondeo") and not named:
        return None  # "un grupo del Gabinete": a measure, not a company
    seated = local and noun not in line.words.places  # "la alcaldía de Ipiales", but "la aduana de Melilla"
    joint = several and line.tokens[i].text[1:].islower() and before in ARTICLES | {"una", "del", "al"}  # "la comisión mixta"
    gang = cls == "CriminalOrganization" and before in ARTICLES and not line.capital(end)
    owned = country or joint or trade or gang or court or titled or housed or (org and (seated or token.text[:1].isupper()))
    if cls == "MediaOutlet" or not owned:
        return None
    found = replace(line.mention("body", i, end), cls=cls, role=noun, country=country, org=org, local=local)
    return replace(found, plural="Number=Plur" in token.morph, definite=before in ARTICLES)


def _is_of_one(line: Line, org: str | None) -> bool:
    """Whether a body's complement is a field or a body of one state: "la comisión de Transporte", not "la asamblea de la OEA"."""
    if org is None:
        return False
    known = (n for n in line.gazetteer.names.get(org.split()[0], ()) if n.text == org)
    return all(line.gazetteer.actors[n.actor].country for n in known)


def _takes_up(line: Line, i: int, noun: str, end: int, cls: str | None) -> bool:
    """Whether the noun at ``i`` stands alone and takes up a body told before: "la agencia", "el gremio", "la banda", "esa cartera"."""
    before = line.before(i)
    if cls == "CriminalOrganization":
        return before in ARTICLES and end == i + 1 and not line.capital(end)  # "la banda Baz Mapou" bears its name
    if (
        before not in _TAKEN_UP
        or line.tokens[i].text.isupper()
        or line.capital(i + 1)
        or line.tokens[i].pos != "NOUN"
        or "Number=Plur" in line.tokens[i].morph
    ):
        return False
    if cls == "MediaOutlet":
        return noun not in line.words.places  # "el canal" may hold water
    return end == i + 1 and (cls is not None or noun in line.words.general)


def side(line: Line, i: int) -> Mention | None:
    """The other of the two countries, or the one told last (``definite`` is false): "el país vecino", "la otra orilla", "ese país"."""
    if line.tokens[i].lower not in _OPENS_SIDE:
        return None
    words = tuple(t.lower for t in line.tokens[i : i + 3])
    if words[:2] in _THAT_COUNTRY:
        return replace(line.mention("side", i, i + 2), cls="Country")
    first = i + (words[:1] in (("el",), ("la",)))
    other = next((w for w in _OTHER_COUNTRY if words[first - i : first - i + len(w)] == w), None)
    if other is None or not (first > i or line.before(i) in ("al", "del")):
        return None
    end = first + len(other)
    behind = line.tokens[end] if end < len(line) else None
    alone = behind is None or not (behind.pos in ("NOUN", "PROPN", "ADJ") or behind.lower in ("de", "del"))
    return replace(line.mention("side", i, end), cls="Country", definite=True) if alone else None


def pair(line: Line, i: int) -> Mention | None:
    """The two countries together, from token ``i``: "ambos países", "los dos gobiernos", "las partes", "ambos"."""
    if line.tokens[i].lower not in _PAIRING:
        return None
    words = [t.lower for t in line.tokens[i : i + 3]]
    if words[0] in ("ambos", "ambas") and len(words) > 1:
        follows = line.tokens[i + 1]
        counted = words[1] in PAIR_NOUNS or follows.lemma in line.words.groups
        if not counted and follows.pos in ("NOUN", "ADJ"):
            return None
        return replace(line.mention("pair", i, i + 2 if counted else i + 1), plural=True)
    if words[0] in ("los", "las") and words[1:2] == ["dos"] and set(words[2:]) & PAIR_NOUNS:
        return replace(line.mention("pair", i, i + 3), plural=True)
    if words[:2] == ["las", "partes"]:
        return replace(line.mention("pair", i, i + 2), plural=True)
    return None
