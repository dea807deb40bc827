"""Dates, figures and sentences in words; the page's strings; its script made small."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from decimal import Decimal

import pytest
from map_samples import sample, stored

from conftest import ROOT
from kg.errors import InputError
from kg.graph import triples
from kg.map.content import read
from kg.map.dates import When
from kg.map.page import SCRIPTS
from kg.map.shrink import rename, shrink
from kg.map.telling import amount, best_quote, own_words, period, plural, sentence
from kg.map.wording import strings, wording
from kg.model import Article, Extraction, Indicator, Passage


@pytest.mark.parametrize(
    ("start", "end", "spanish", "english"),
    [
        ("2026-01-12", "2026-01-12", "12 ene 2026", "12 Jan 2026"),
        ("2026-07-01", "2026-07-31", "jul 2026", "Jul 2026"),
        ("2024-02-01", "2024-02-29", "feb 2024", "Feb 2024"),
        ("2025-01-01", "2025-04-30", "ene–abr 2025", "Jan–Apr 2025"),
        ("2025-01-01", "2025-12-31", "2025", "2025"),
        ("1801-01-01", "1900-12-31", "1801–1900", "1801–1900"),
        ("2026-01-05", "2026-01-11", "5–11 ene 2026", "5–11 Jan 2026"),
        ("2026-01-26", "2026-02-01", "26 ene – 1 feb 2026", "26 Jan – 1 Feb 2026"),
        ("2025-12-29", "2026-01-04", "29 dic 2025 – 4 ene 2026", "29 Dec 2025 – 4 Jan 2026"),
        ("2024-09-01", None, "desde 1 sep 2024", "since 1 Sep 2024"),
        (None, "2026-05-01", "hasta 1 may 2026", "until 1 May 2026"),
        (None, None, "", ""),
        ("pronto", None, "pronto", "pronto"),
    ],
)
def test_periods_keep_their_precision(start: str | None, end: str | None, spanish: str, english: str) -> None:
    when = When(start, end, False)
    assert (period(when, "es"), period(when, "en")) == (spanish, english)


def test_figures_stand_as_they_are_quoted() -> None:
    content = read(sample("seed"))
    told = {node.label: (amount(content, node, "es"), amount(content, node, "en")) for node in content.of_kind("indicator")}
    assert told["muertes por sobredosis cada año en Estados Unidos"] == (
        "más de 100,000\u00a0muertes",
        "more than 100,000\u00a0deaths",
    )
    assert told["cruces de fentanilo de México a Estados Unidos"] == ("baja 50\u00a0%", "down 50\u00a0%")
    assert told["ritmo de destrucción de laboratorios"] == ("sube casi 4\u00a0veces", "up almost 4\u00a0times")
    assert told["homicidios en México"] == ("baja", "down")


@pytest.mark.parametrize(
    ("said", "value", "unit", "spanish", "english"),
    [
        ("un intercambio de 612 millones de dólares", "612000000", "dollars", "612 millones de dólares", "612 million dollars"),
        ("más de 3,2 billones de pesos", "3200000000000", "peso", "3,2 billones de pesos", "3,2 trillion pesos"),
        ("debe 1.080 millones de metros cúbicos", "1080000000", "metro cúbico", "1.080 millones de metros cúbicos", None),
        ("unos 8 mil soldados", "8000", "soldado", "8 mil soldados", None),
        ("casi 2 mil millones de euros", "2000000000", "euro", "2 mil millones de euros", "2 billion euros"),
        ("una deuda enorme", "1234567", "euro", "1\u202f234\u202f567 euros", None),
        ("40 policías y 7 millones de euros", "40", "policía", "40 policías", None),
    ],
)
def test_large_figures_keep_their_millions(said: str, value: str, unit: str, spanish: str, english: str | None) -> None:
    fact = Indicator(id="i", label="x", evidence=(Passage(0, len(said), said),), measure="x", value=Decimal(value), unit=unit)
    content = read(stored(triples(Extraction(Article(id="nota", text=said, title="Nota"), (), (fact,)))))
    (node,) = content.of_kind("indicator")
    assert amount(content, node, "es").replace("\u00a0", " ") == spanish
    assert english is None or amount(content, node, "en").replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("captura", "capturas"),
        ("detención", "detenciones"),
        ("pez", "peces"),
        ("buque", "buques"),
        ("rehén", "rehenes"),
        ("km", "km"),
        ("buque tanque", "buque tanque"),
        ("metro cúbico", "metros cúbicos"),
        ("soldado estadounidense", "soldados estadounidenses"),
        ("peso colombiano", "pesos colombianos"),
        ("barril de petróleo", "barriles de petróleo"),
        ("dólar por tonelada", "dólares por tonelada"),
        ("meses", "meses"),
    ],
)
def test_plurals_of_counted_nouns(one: str, many: str) -> None:
    assert plural(one) == many


def test_a_position_is_told_in_its_holders_own_words() -> None:
    content = read(sample("seed"))
    spoken = own_words(content)
    main = next(node.index for node in content.of_kind("proposal") if node.label.startswith("operación de tropas"))
    said = {
        content.nodes[content.out(node.index, "holder")[0]].label: best_quote(content, node, spoken)
        for node in content.of_kind("position")
        if main in content.out(node.index, "target") and node.value("stance") == "opposes"
    }
    assert said["Claudia Sheinbaum"] in ("Siempre decimos que no es necesario", "Coordinación sí, intervención no")
    assert said["Omar García Harfuch"].startswith("Nosotros tenemos unidades del ejército")


def test_sentences_in_both_languages() -> None:
    content = read(sample("disputa"))
    node = next(n for n in content.of_kind("position") if n.value("stance") == "denies")
    spoken = own_words(content)
    assert (
        sentence(content, wording(content, "es"), node, spoken)
        == "España — niega — España incumplió el convenio en 2025: «Madrid lo niega»"
    )
    assert sentence(content, wording(content, "en"), node, spoken).startswith("España — denies — ")


# ------------------------------------------------------------------------------------------------------------------ the strings


def test_every_string_has_both_languages_and_the_same_places_to_fill() -> None:
    for key, (spanish, english) in strings().items():
        assert bool(spanish) == bool(english), key
        assert set(re.findall(r"\{\d\}", spanish)) == set(re.findall(r"\{\d\}", english)), key


def test_every_string_that_is_asked_for_exists_and_every_string_is_asked_for() -> None:
    folder = ROOT / "kg" / "map"
    text = "".join(path.read_text("utf-8") for pattern in ("*.js", "*.j2", "*.py") for path in sorted(folder.glob(pattern)))
    asked = set(re.findall(r"""(?<![\w$])(?:t|w|label|both|words\.text|section)\("([\w.]+)"[,)]""", text))
    assert {key for key in asked if not key.endswith(".")} <= set(strings())
    built = re.compile(r"(page\.)?(kind|one|rel|inv|unit|cmp|chg|scale|stance|sign|preset|step|view|table|board|group)\.")
    assert not [key for key in strings() if f'"{key}"' not in text and not built.match(key)]


def test_another_language_is_refused_in_one_line() -> None:
    with pytest.raises(InputError, match=r"language 'fr': the map does not speak it; expected one of: es, en"):
        wording(read(sample("empty")), "fr")


# ------------------------------------------------------------------------------------------------------------------- the script


@pytest.mark.parametrize(
    ("script", "small"),
    [
        ("const a = 1;\n  const b = a + 2;\n", "const a=1,b=a+2;"),
        ("// nothing\nf(x); // done\n", "f(x);"),
        ("f(\"a  //  b\", 'c  d');", "f(\"a  //  b\",'c  d');"),
        ('`a ${ b + "}" } // c`;', '`a ${ b + "}" } // c`;'),
        ("x.replace(/[/\" ]+ /g, '');", "x.replace(/[/\" ]+ /g,'');"),
        ("const half = (n) => n / 2 / 2;", "const half=n=>n/2/2;"),
        ("f((a, b) => a - -b);", "f((a,b)=>a- -b);"),
        ("if (a) { b(); }\nelse { c(); }", "if(a){b()}\nelse{c()}"),
        ("for (const k of l) { const m = k; const n = m; }", "for(const k of l){const m=k,n=m}"),
        ("let a = 1;\nconst b = 2;", "let a=1;const b=2;"),
        ("return typeof x in y;", "return typeof x in y;"),
    ],
)
def test_shrinking_changes_nothing_but_the_size(script: str, small: str) -> None:
    assert shrink(script) == small


@pytest.mark.parametrize(
    ("script", "same"),
    [
        ("const count=1;f(count)", "const A=1;f(A)"),
        ("const count=1;f(x.count)", ""),  # a property
        ("const count=1;f({count})", ""),  # a key and its value
        ("const count=1;f({a,count})", ""),
        ("const count=1;f({count:1})", ""),
        ("const count=1;f(`${count}`)", ""),
        ('const count=1;f("count")', ""),
        ("let count=1,total=2;f(count+total+total)", "let B=1,A=2;f(B+A+A)"),
        ("function total(count){return count}total(1)", "function A(count){return count}A(1)"),
        ("const ab=1;f(ab)", ""),
        ("const count=1;f(count,A,B)", "const C=1;f(C,A,B)"),
        ("const counts=count=>count;f(counts)", "const B=A=>A;f(B)"),
        ("f((total,index)=>total+index)", "f((B,A)=>B+A)"),
    ],
)
def test_own_names_become_short_where_nothing_else_can_mean_them(script: str, same: str) -> None:
    assert rename(script) == (same or script)


def test_the_parts_of_the_script_are_still_scripts() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node to parse the script with")
    script = rename(shrink("".join((ROOT / "kg" / "map" / name).read_text("utf-8") for name in SCRIPTS)))
    done = subprocess.run([node, "-e", f"new Function({json.dumps(script)})"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
