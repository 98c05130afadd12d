"""Databases ready to copy: Odoo for Peru, made once per version of Odoo and of the modules' dependencies.

The cluster with the template and the template's files lie in the cache folder as two archives; a test run
unpacks them in about a second instead of installing for a minute.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.odoo.cluster import Cluster, binaries
from scripts.odoo.fetch import cache_folder, odoo_command, version
from scripts.odoo.place import Odoo

#: Database with the Peruvian chart of accounts, without the modules of this repository.
TEMPLATE = "plantilla"
MODULES = "l10n_pe"
#: What ``db init`` does from Odoo 19 on, for the versions before. The country precedes the chart of accounts.
_SETUP = """
env.company.country_id = env.ref('base.pe')
env.ref('base.user_admin').write({'password': 'admin', 'lang': 'es_PE'})
env.cr.commit()
"""
_ASSETS = "env['ir.qweb']._pregenerate_assets_bundles()\nenv.cr.commit()\n"


@contextmanager
def running(data: Path) -> Iterator[Odoo]:
    """Odoo with a private cluster that holds the template. Raises UnavailableError where it cannot be had."""
    command = odoo_command()
    archive = _archive()
    if not archive.exists():
        _build(command, archive)
    with Cluster(archive) as cluster:
        odoo = Odoo(command, cluster, data)
        subprocess.run(["tar", "-x", "-C", data, "-f", _files(archive)], check=True, timeout=120)
        yield odoo


def _archive() -> Path:
    parts = (version(), MODULES, _SETUP, str(binaries()))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    return cache_folder() / f"template-{digest}.tar"


def _files(archive: Path) -> Path:
    return archive.with_name(archive.stem + "-files.tar")


def _build(command: list[str], archive: Path) -> None:
    data = cache_folder() / "building"
    shutil.rmtree(data, ignore_errors=True)
    with Cluster() as cluster:
        odoo = Odoo(command, cluster, data)
        if "ODOO_BIN" in os.environ:
            odoo.server_run(TEMPLATE, "-i", "base", "--load-language", "es_PE", "--without-demo", "all")
            odoo.shell(TEMPLATE, _SETUP)
        else:
            start = ["--country", "PE", "--language", "es_PE", "--username", "admin", "--password", "admin"]
            odoo.run("db", "-c", str(odoo.conf), "init", TEMPLATE, *start)
        odoo.server_run(TEMPLATE, "-i", MODULES, "--skip-auto-install")
        odoo.shell(TEMPLATE, _ASSETS)
        cluster.save(archive)
    packed = _files(archive)
    subprocess.run(["tar", "-c", "-C", data, "-f", packed, "filestore"], check=True, timeout=120)
    shutil.rmtree(data)
