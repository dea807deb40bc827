"""Apache Jena from Debian's ``libapache-jena-java``, for tests that want another engine's answer."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path

import pytest

JARS = Path("/usr/share/java")
# Copies under a versioned name, and all but one of the logging libraries, which would quarrel.
_UNWANTED = re.compile(r"-\d+(\.\d+)+.*\.jar$|slf4j-(simple|log4j12|jdk14|jcl)|log4j-over|jul-to|logback|maven|wagon|plexus")


@lru_cache(maxsize=1)
def _jars() -> tuple[str, ...]:
    return tuple(str(jar) for jar in sorted(JARS.glob("*.jar")) if not _UNWANTED.search(jar.name))


def classpath(folder: Path) -> str:
    """Jena's class path; skips the test where Java or Jena is missing.

    Debian moved the classes of Jena's Xerces to another package but not their messages, without which no datatype can be set up:
    the messages are copied to where they are looked for, into ``folder``.
    """
    core = JARS / "jena-core.jar"
    if not core.is_file() or shutil.which("java") is None:
        pytest.skip("no Apache Jena: install Debian's 'libapache-jena-java' and a Java runtime")
    with zipfile.ZipFile(core) as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = folder / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    return ":".join([str(folder), *_jars()])


def run(path: str, command: str, *arguments: str) -> str:
    """Run one of Jena's commands (``riotcmd.riot``, ``arq.sparql``) on a class path; its standard output."""
    done = subprocess.run(["java", "-cp", path, command, *arguments], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout
