"""A real Odoo for the tests: unpacked from Debian into a cache folder, nothing installed system-wide.

Debian's development release carries Odoo 19 as one architecture-independent package. A private apt state
(own lists, own cache, the mirror that the system itself uses) downloads it with the few packages of web
assets that it links to; apt verifies all of it with Debian's keys. ``ODOO_BIN`` points to another Odoo
(17, 18 or 19) instead; ``EMITIR_CACHE`` moves the cache folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
#: Paraguay's localization, which is not among Odoo's own modules: by the OCA, for tests and demonstration only.
LOCALIZATION = HERE / "paraguay.txt"
#: What is unpacked: Odoo and the packages that its files link to (without them every page is an error 500).
PACKAGES = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
#: Seconds for one program: the package is 122 MB.
TIMEOUT = 900
_STARTER = """import sys
sys.path.insert(0, {packages!r})
sys.argv[0] = "odoo-bin"
import odoo.cli
odoo.cli.main()
"""


class UnavailableError(Exception):
    """Odoo cannot be had here; the message says why."""


def cache_folder() -> Path:
    """Where the unpacked Odoo lives, once per machine."""
    base = os.environ.get("EMITIR_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "emitir"
    )
    return Path(base) / "odoo19"


def odoo_command() -> list[str]:
    """The command line of Odoo, got first where it is not here yet. Raises UnavailableError."""
    given = os.environ.get("ODOO_BIN")
    if given:
        if not os.access(given, os.X_OK):
            raise UnavailableError(f"ODOO_BIN={given} is not a program")
        return [given]
    if os.environ.get("CI"):
        raise UnavailableError("continuous integration does without Odoo: run make test-odoo")
    if sys.version_info[:2] not in {(3, 11), (3, 12), (3, 13)}:
        raise UnavailableError(f"Odoo 19 does not run on Python {sys.version_info[0]}.{sys.version_info[1]}")
    home = cache_folder()
    home.mkdir(parents=True, exist_ok=True)
    _unpacked(home)
    python = _environment(home)
    return [str(python), str(home / "odoo-bin.py")]


def paraguay_addons() -> Path:
    """Folder of the modules that emitir_py builds on, got first where it is not here yet. Raises UnavailableError."""
    digest = hashlib.sha256(LOCALIZATION.read_bytes()).hexdigest()[:12]
    folder = cache_folder() / f"paraguay-{digest}"
    addons = folder / "odoo" / "addons"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        target = ("--quiet", "--no-deps", "--target", str(folder))
        _run(
            sys.executable, "-m", "uv", "pip", "install", *target, "--require-hashes", "-r", str(LOCALIZATION)
        )
        (folder / "complete").touch()
    return addons


def version() -> str:
    """What the template databases depend on: the package version and the pinned libraries."""
    home = cache_folder()
    stamp = home / "version"
    return (
        os.environ.get("ODOO_BIN", "") + (stamp.read_text(encoding="utf-8") if stamp.exists() else "")
    ).strip()


def _run(*command: str, cwd: Path | None = None) -> str:
    """Standard output of a program. Raises UnavailableError with the end of what it wrote."""
    try:
        done = subprocess.run(
            command, cwd=cwd, capture_output=True, text=True, timeout=TIMEOUT, check=False, env=_plain()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{command[0]}: {error}") from error
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise UnavailableError(f"{' '.join(command[:2])}: {' / '.join(told)}")
    return done.stdout


def _plain() -> dict[str, str]:
    """The environment without what would lead other programs to this process's libraries."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"LC_ALL": "C.UTF-8"}


def _unpacked(home: Path) -> None:
    """Odoo's files under ``home``/root, unless they are there."""
    if (home / "version").exists():
        return
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise UnavailableError("Odoo 19 comes as a Debian package and this system has no apt")
    debs = home / "debs"
    debs.mkdir(exist_ok=True)
    _download(debs)
    root = home / "root"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for deb in sorted(debs.glob("*.deb")):
        _unpack(deb, root)
    addons = root / "usr/lib/python3/dist-packages/odoo/addons"
    # The build of the web assets names this file, which Debian leaves out.
    stub = addons / "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.touch()
    starter = _STARTER.format(packages=str(root / "usr/lib/python3/dist-packages"))
    (home / "odoo-bin.py").write_text(starter, encoding="utf-8")
    (deb,) = debs.glob("odoo-19_*.deb")
    (home / "version").write_text(deb.stem + "\n", encoding="utf-8")
    shutil.rmtree(debs)


def _download(debs: Path) -> None:
    """The packages, by a private apt that knows Debian's development release alone."""
    for line in _run("apt-get", "indextargets", "--format", "$(REPO_URI)").split():
        if line.rstrip("/").endswith("/debian"):
            mirror = line
            break
    else:
        raise UnavailableError("the apt of this system names no Debian mirror")
    with tempfile.TemporaryDirectory(prefix="emitir-apt-") as name:
        state = Path(name)
        state.chmod(0o755)  # apt fetches as a user of its own
        for folder in ("lists/partial", "cache/archives/partial"):
            (state / folder).mkdir(parents=True)
        keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
        sources = state / "sources.list"
        sources.write_text(f"deb [signed-by={keys}] {mirror} sid main\n", encoding="utf-8")
        options = [
            f"Dir::Etc::SourceList={sources}",
            "Dir::Etc::SourceParts=-",
            f"Dir::State::Lists={state / 'lists'}",
            f"Dir::Cache={state / 'cache'}",
            "Acquire::Languages=none",
            "APT::Sandbox::User=root",
        ]
        flags = [part for option in options for part in ("-o", option)]
        _run("apt-get", *flags, "-qq", "update")
        try:
            _run("apt-get", *flags, "-qq", "download", *PACKAGES, cwd=debs)
        except UnavailableError as error:
            raise UnavailableError(
                f"Debian's development release no longer offers these packages as they were: {error}. "
                "Set ODOO_BIN to an Odoo 17, 18 or 19 of yours."
            ) from error


def _unpack(deb: Path, root: Path) -> None:
    """One package into ``root``, without what the tests do not need."""
    unwanted = ("*/dist-packages/addons", "*/dist-packages/addons/*", "./usr/share/doc", "./usr/share/doc/*")
    packer = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", deb], stdout=subprocess.PIPE)
    done = subprocess.run(
        ["tar", "-x", "-C", root, "--no-same-owner", *(f"--exclude={pattern}" for pattern in unwanted)],
        stdin=packer.stdout,
        capture_output=True,
        text=True,
        check=False,
    )
    if packer.wait() or done.returncode:
        raise UnavailableError(f"{deb.name} cannot be unpacked: {done.stderr.strip()}")
    for catalog in root.glob("usr/lib/python3/dist-packages/odoo/addons/*/i18n/*.po"):
        if not catalog.name.startswith("es"):
            catalog.unlink()


def _environment(home: Path) -> Path:
    """Python of an environment that holds Odoo's libraries."""
    digest = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = home / f"venv-{digest}"
    python = folder / "bin" / "python"
    if (folder / "complete").exists():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "venv", "--without-pip", str(folder))
    _run(
        sys.executable,
        "-m",
        "uv",
        "pip",
        "install",
        "--quiet",
        "--python",
        str(python),
        "-r",
        str(REQUIREMENTS),
    )
    (folder / "complete").touch()
    return python


if __name__ == "__main__":
    try:
        print(*odoo_command())
    except UnavailableError as error:
        sys.exit(str(error))
