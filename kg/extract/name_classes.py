"""Which class of actor a name is of: a person, a public body, an outlet, a company …

Its class comes from what the gazetteer knows, from its first word ("Servicio …"), from the common noun before it ("la asociación X") or
in an apposition behind it ("X, una fundación"), and from the preposition or the verb that governs it.
"""

from __future__ import annotations

import re

from kg.extract.gazetteer import Name
from kg.extract.reading import ARTICLES, JOINERS, Line

_APPOSING = frozenset({"un", "una", "el", "la"})
_SAINTS = frozenset({"san", "santa", "santo", "são", "sant"})
# first words of names that are an outlet's only with a name of its own behind them: "Agencia Meridia", but "Agencia Tributaria"
_AGENCIES = frozenset({"agencia", "red"})
_NEWS = frozenset({"noticias", "prensa", "informativa", "informativo", "radio", "tv", "televisión"})
_WAVES = frozenset({"FM", "AM", "TV"})
_OUTLET = re.compile(r"(?:Tele|Radio|Noti)[a-záéíóúñ]{3,}|[A-Z]\w+(?:visión|TV)|TV\w+")
_BROADCAST = frozenset({"micrófonos", "cámaras", "pantallas", "páginas", "web"})
_FEMININE = frozenset({"la", "una"})  # companies are feminine: "la petrolera", "la compañía"
_WRITING = ("escrib", "publi", "firm")
_ADDRESSING = frozenset({"decir", "declarar", "contar", "explicar", "comentar", "asegurar", "confirmar", "relatar", "adelantar"})
_WHERE = frozenset({"en", "desde", "hacia", "hasta"})
_NAMED_AFTER = frozenset({"de", "del", "a", "al", "por", "entre", "y"})  # what stands behind these may be anything
_CITING = frozenset({"citar", "consultar", "recoger", "difundir", "publicar", "citado", "publicado"})
_REPORTING = frozenset({"publicar", "difundir", "revelar"})
_PARLIAMENT = frozenset({"diputados", "senadores", "representantes", "comunes", "lores", "baja", "alta", "legislativa"})
_ORDINALS = frozenset(
    {"primer", "primera", "segundo", "segunda", "tercer", "tercera", "cuarto", "cuarta", "quinto", "quinta"}
) | {
    *("sexto", "sexta", "séptimo", "séptima", "octavo", "octava", "noveno", "novena", "décimo", "décima", "alto", "alta"),
}
# adjectives in names of organisations of two words; a surname is none of them
_ADJECTIVES = frozenset(
    {"nacional", "austral", "federal", "popular", "liberal", "libre", "unida", "unido", "ciudadana", "ciudadano", "obrera"}
    | {"democrática", "democrático", "abierta", "abiertos", "social", "civil", "central", "binacional", "universal", "global"}
)
# adjectives by which a body is of several states
_SUPRANATIONAL = frozenset(
    {"intergubernamental", "internacional", "interamericana", "interamericano", "centroamericana", "centroamericano", "andina"}
    | {"andino", "iberoamericana", "iberoamericano", "latinoamericana", "latinoamericano", "sudamericana", "sudamericano"}
    | {"suramericana", "suramericano", "panamericana", "panamericano", "hemisférica", "hemisférico", "interparlamentaria"}
    | {"interparlamentario", "multilateral", "mundial", "euromediterránea", "africana", "africano"}
)
_OF_SEVERAL = _SUPRANATIONAL | {"europeo", "europea", "comunitario", "comunitaria"}


def class_of(line: Line, i: int, last: int, names: tuple[Name, ...], described: str | None) -> str | None:
    """The class of the name from ``i`` to ``last``, None where nothing tells it; ``described`` is what :func:`descriptor` gives it.

    In this order: what the gazetteer knows; a given name; the name's first word; the noun before it; the preposition or the verb of
    reporting that governs it; two capitalised words without an article are a person.
    """
    if names:
        return line.gazetteer.actors[names[0].actor].kind
    tokens, first = line.tokens, line.tokens[i].lower
    if last - i > 1 and tokens[last - 1].text in _WAVES:
        return "MediaOutlet"  # "Altiplano FM"
    city = line.place(i)
    if city is not None and city[0] == last and (last - i > 1 or not line.given(i)):
        named_for = i and line.organization(i - 1) in ("MediaOutlet", "Company") and tokens[i - 1].lower not in line.words.places
        return described if named_for else "Place"  # "Pedro Juan Caballero", but "la agencia Cuenca"
    force = last - i == 1 and line.organization(i) and i > 0 and tokens[i - 1].pos == "DET"  # "la Marina"
    if line.before(i) == "alias" or (line.given(i) and not force and not _is_named_after_person(line, i, last, described)):
        return "Person"
    if first == "cámara" and line.organization(i) == "PublicBody":
        return "PublicBody" if _PARLIAMENT & {t.lower for t in tokens[i:last]} else "CivilOrganization"
    if _is_partisan(line, i):
        return "Party"
    if described in ("PublicBody", "CivilOrganization") and i > 1 and tokens[i - 1].lower in _OF_SEVERAL:
        return "InternationalOrganization"  # "el servicio europeo Copernicus"
    if any(line.before(k) in ("de", "del", "la") and _is_of_states(line, k, last) for k in range(i + 2, last)):
        return "InternationalOrganization"  # "la Misión de Verificación de la ONU"
    told = line.organization(i) or (line.organization(i + 1) if first in _ORDINALS and i + 1 < last else None)
    if told or described:
        return _by_the_rest(line, i, last, told) if told else described
    if (behind := _told_behind(line, last)) is not None:
        return behind
    before = line.before(i)
    if last - i == 1 and tokens[i].text in line.words.fields and before not in _NAMED_AFTER and not _stands_on_map(line, i):
        return "PublicBody"  # "según Interior", "la Hacienda brasileña"
    if first in line.words.places or (first in _SAINTS and last - i > 1):
        return "Place"
    if {t.lower for t in tokens[i:last]} & line.words.outlet_names and last - i > 1:
        return "MediaOutlet"  # "Le Courrier de Garonne"
    if line.demonym(i - 1) and i > 1 and tokens[i - 2].lower in _FEMININE and not line.given(i):
        return "Company"  # "la hongkonesa Jade Delta"
    whole = line.organization(tokens[i].head) if tokens[i].dep == "appos" else None
    if before == "," and i > 1 and line.closes(last):
        noun = i - 2
        told_before = line.organization(noun) if tokens[noun].text[:1].islower() and line.before(noun) in ARTICLES else None
        if whole or told_before:
            return whole or told_before  # "la asociación que los agrupa, Bidassoa Commerce,", "la yerbatera, Erva Serrana,"
    if _OUTLET.fullmatch(tokens[i].text) or (before in ("de", "del") and i > 1 and tokens[i - 2].lower in _BROADCAST):
        return "MediaOutlet"  # "Telesabana", "los micrófonos de Onda Bahía"
    if first in ARTICLES and i and tokens[i - 1].lemma in _REPORTING:
        return "MediaOutlet"  # "según publicó El Observador"
    if before == "por" and i > 1 and tokens[i - 2].lemma in _CITING:
        return "MediaOutlet"
    determiner = i > 0 and tokens[i - 1].pos == "DET"
    if before == "en" and first in ARTICLES and any(t.lower.startswith(_WRITING) for t in tokens[max(0, i - 4) : i - 1]):
        return "MediaOutlet"  # "escribe en El Trópico"
    if before in _WHERE or (determiner and line.before(i - 1) in _WHERE):
        return "Place"
    published = last < len(line) and tokens[last].lemma in ("publicar", "difundir", "revelar")
    if city is not None and last - i > 1 and published:
        return "MediaOutlet"  # "Chiapas Paralelo publicó"
    if first in ARTICLES and i:
        verbs = {t.lemma for t in tokens[max(0, i - 4) : i - 1]}
        spoken_to = before == "a" and last - i > 2 and verbs & _ADDRESSING
        if first in ("los", "las"):
            gang = {t.lower for t in tokens[max(0, i - 5) : i]} & line.words.gangs
            return "CriminalOrganization" if gang else None  # "presunto cabecilla de Los Cuajes"
        return "MediaOutlet" if spoken_to else "Place"  # "dijo a La Bolsa Federal"; "La Boquilla", "El Paso"
    if determiner and any(t.lemma in ("publicar", "difundir") for t in tokens[max(0, i - 5) : i - 1]):
        return "MediaOutlet"  # "como publicó el jueves la Gazeta Paulista"
    if before in _NAMED_AFTER and not determiner:
        return None  # "de Vaca Muerta a San Pablo": nothing says that it is a person
    run = tokens[i:last]
    if len(run) == 2 and tokens[last - 1].lower in _ADJECTIVES and not determiner:
        return "CivilOrganization"  # "Voz Nacional"
    proper = all(t.text[:1].isupper() and not t.text.isupper() and t.lower not in JOINERS for t in run)
    return "Person" if len(run) >= 2 and not determiner and proper else None


def _is_of_states(line: Line, k: int, last: int) -> bool:
    """Whether the name at ``k``, at the end of another one, is that of an organisation of states."""
    hit = line.known(k)
    return hit is not None and hit[0] == last and line.gazetteer.actors[hit[1][0].actor].kind == "InternationalOrganization"


def _told_behind(line: Line, last: int) -> str | None:
    """The class that an apposition gives the name before it: "Puente Cívico, una fundación de Miami", "Horizonte, empresa de Lima"."""
    if last + 2 >= len(line) or line.tokens[last].text not in (",", "("):
        return None
    k = last + 1 + (line.tokens[last + 1].lower in _APPOSING)
    return line.organization(k) if line.tokens[k].text.islower() and line.tokens[k].pos == "NOUN" else None


def _stands_on_map(line: Line, i: int) -> bool:
    """Whether a place's noun at ``i`` is that of a place: "en la Hacienda", "la Gobernación, junto al río"."""
    return line.tokens[i].lower in line.words.places and (line.before(i) in _WHERE or line.before(i - 1) in _WHERE)


def _is_partisan(line: Line, i: int) -> bool:
    """Whether the words before a name make it a party's: "la opositora Alianza Verde", "la bancada de Alianza Patriótica"."""
    j = i - 1
    while j >= 0 and line.tokens[j].text in ("“", "«", '"'):
        j -= 1
    if j < 0:
        return False
    if line.tokens[j].lower in line.words.partisan:
        return j > 0 and (line.tokens[j - 1].pos == "DET" or line.tokens[j - 1].lower == "del")
    if line.tokens[j].lower in ARTICLES and line.before(j) == "de":
        j -= 1
    return line.tokens[j].lower in ("de", "del") and j > 0 and line.tokens[j - 1].lemma in line.words.factions


def _by_the_rest(line: Line, i: int, last: int, told: str) -> str:
    """The class of a name whose first word may tell several, by what follows it."""
    tokens = line.tokens
    second = tokens[i + 1].lower if i + 1 < last else ""
    nouns = line.words.organizations
    rest = tokens[i + 2 : last]
    members = any(line.words.people(t.lower) or {t.lemma, t.lower.rstrip("s"), t.lower[:-2]} & nouns.keys() for t in rest)
    if told == "InternationalOrganization" and second in ("de", "del") and members:
        return "CivilOrganization"  # "Unión de Exportadores", "Unión de Gremios Sojeros"
    agency = told == "MediaOutlet" and tokens[i].lower == "agencia" and not _NEWS & {t.lower for t in tokens[i:last]}
    if (told in ("CivilOrganization", "PublicBody") or agency) and _SUPRANATIONAL & {t.lower for t in tokens[i + 1 : last]}:
        return "InternationalOrganization"  # "Comité Intergubernamental de la Hidrovía"
    if told == "MediaOutlet" and tokens[i].lower in _AGENCIES and not _NEWS & {t.lower for t in tokens[i:last]}:
        adjective = second in _ADJECTIVES or (second != "" and tokens[i + 1].pos == "ADJ")
        if adjective or second in ("de", "del") or second in line.gazetteer.demonyms:
            return "PublicBody" if tokens[i].lower == "agencia" else "CivilOrganization"
    return told


def _is_named_after_person(line: Line, i: int, last: int, described: str | None) -> bool:
    """Whether a name that begins with a given name is a thing's: "el puente Rodolfo Robles", "el albergue Belén del Sur"."""
    if described is None:
        return False
    if last - i == 1:
        return True
    noun = line.tokens[i - 1]
    return described != "Group" and noun.text.islower() and noun.pos == "NOUN" and noun.lower not in line.words.roles


def descriptor(line: Line, i: int) -> str | None:
    """The class a common noun before the name gives it: "el digital tangerino Le Détroit", "el río Bravo", "el gremio Fenalcomex"."""
    tokens, words = line.tokens, line.words
    j = i - 1
    if j >= 0 and tokens[j].lower in ("el", "la", "“", "«", '"'):
        j -= 1
    steps = 0
    while j >= 0 and steps < 3:
        token = tokens[j]
        nominal = token.pos in ("NOUN", "PROPN")
        cls = line.organization(j)
        determined = j > 0 and tokens[j - 1].pos == "DET" and token.text.islower()
        if cls and (nominal or determined or token.lower == "digital" or steps > 0):
            return cls
        if (token.lower in words.places and nominal) or (token.lemma in words.places and token.pos == "NOUN"):
            return "Place"
        whole = j > 0 and (" " in line.organization_noun(j - 1) or (token.lower in words.groups and line.organization(j - 1)))
        if whole and line.tokens[j - 1].text.islower():
            return line.organization(j - 1)  # "la central obrera CUT", "la plataforma ecologista Tejo Vivo"
        if token.lower in words.groups and token.pos in ("NOUN", "ADJ"):
            if tokens[i].text.isupper() and len(tokens[i].text) > 1 and token.lower not in words.vessels:
                return "Company"  # "el operador francés RTE"
            several = token.lower.endswith("s") or token.lower in words.vessels
            return "Group" if several else "Person"  # "el granelero Astra Pacífico", "la lanchera Flor Amador"
        if steps == 0 and token.pos == "NOUN" and token.text.islower() and j > 1 and tokens[j - 1].lower == "de":
            noun = j - 2  # "el yacimiento de gas Punta Brava", "la empresa de energía Andes Power"
            if tokens[noun].pos == "NOUN" and tokens[noun].lower in words.places:
                return "Place"
            if tokens[noun].text.islower() and line.organization(noun):
                return line.organization(noun)
        between = steps == 0 and j > 0 and token.pos in ("NOUN", "PROPN", "VERB") and tokens[j - 1].text.islower()
        if token.pos != "ADJ" and not (between and token.text.islower() and line.organization(j - 1)):
            return None  # "la asociación aymara Jacha Suma": a rare adjective may bear any tag
        j -= 1
        steps += 1
    return None
