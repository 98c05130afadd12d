"""Databases ready to copy: Odoo for a country, made once per version of Odoo and of the modules' dependencies.

The cluster with the template and the template's files lie in the cache folder as two archives; a test run
unpacks them in about a second instead of installing for a minute.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.odoo.cluster import Cluster, binaries
from scripts.odoo.fetch import cache_folder, odoo_command, paraguay_addons, version
from scripts.odoo.place import Odoo

#: Database with the country's chart of accounts, without the modules of this repository.
TEMPLATE = "plantilla"
#: What ``db init`` does from Odoo 19 on, for the versions before. The country precedes the chart of accounts.
_SETUP = """
env.company.country_id = env.ref('base.{country}')
env.ref('base.user_admin').write({{'password': 'admin', 'lang': '{language}'}})
env.cr.commit()
"""


@dataclass(frozen=True, slots=True)
class Country:
    """``modules``: the localization that a country's module builds on; ``addons``: where it lies beside Odoo's own."""

    code: str
    language: str
    modules: str
    addons: Callable[[], tuple[Path, ...]] = tuple


PERU = Country("PE", "es_PE", "l10n_pe")
PARAGUAY = Country("PY", "es_PY", "l10n_py_account", lambda: (paraguay_addons(),))
_ASSETS = "env['ir.qweb']._pregenerate_assets_bundles()\nenv.cr.commit()\n"


@contextmanager
def running(data: Path, country: Country = PERU) -> Iterator[Odoo]:
    """Odoo with a private cluster that holds the template. Raises UnavailableError where it cannot be had."""
    cache_folder().mkdir(parents=True, exist_ok=True)
    # Several test processes may want one: the first gets and builds what is missing, the others wait for it.
    with (cache_folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = odoo_command()
        addons = country.addons()
        archive = _archive(country, addons)
        if not archive.exists():
            _build(command, archive, country, addons)
    with Cluster(archive) as cluster:
        odoo = Odoo(command, cluster, data, *addons)
        subprocess.run(["tar", "-x", "-C", data, "-f", _files(archive)], check=True, timeout=120)
        yield odoo


def _archive(country: Country, addons: tuple[Path, ...]) -> Path:
    names = [folder.parents[1].name for folder in addons]
    parts = (version(), country.code, country.modules, *names, _SETUP, str(binaries()))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return cache_folder() / f"template-{digest}.tar"


def _files(archive: Path) -> Path:
    return archive.with_name(archive.stem + "-files.tar")


def _build(command: list[str], archive: Path, country: Country, addons: tuple[Path, ...]) -> None:
    data = cache_folder() / f"building-{country.code}"
    shutil.rmtree(data, ignore_errors=True)
    with Cluster() as cluster:
        odoo = Odoo(command, cluster, data, *addons)
        if "ODOO_BIN" in os.environ:
            odoo.server_run(
                TEMPLATE, "-i", "base", "--load-language", country.language, "--without-demo", "all"
            )
            odoo.shell(TEMPLATE, _SETUP.format(country=country.code.lower(), language=country.language))
        else:
            start = ["--country", country.code, "--language", country.language]
            start += ["--username", "admin", "--password", "admin"]
            odoo.run("db", "-c", str(odoo.conf), "init", TEMPLATE, *start)
        odoo.server_run(TEMPLATE, "-i", country.modules, "--skip-auto-install")
        odoo.shell(TEMPLATE, _ASSETS)
        cluster.save(archive)
    packed = _files(archive)
    subprocess.run(["tar", "-c", "-C", data, "-f", packed, "filestore"], check=True, timeout=120)
    shutil.rmtree(data)
