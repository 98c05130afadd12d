"""Signer and connection of each company, loaded once (a PKCS#12 costs tens of ms) and kept by version."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from emitir.country import Authority, Country, Prepared, Signed, SignsWithSecrets
from emitir.engine.empresas.companies import Companies
from emitir.engine.empresas.company import Company
from emitir.signing.keys import load
from emitir.signing.signer import Signer

#: Companies kept loaded; the one not used for longest goes first.
CAPACITY = 256


@dataclass(frozen=True, slots=True)
class Runtime:
    """What it takes to sign and send for one company."""

    country: Country
    signer: Signer
    authority: Authority
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    def sign(self, prepared: Prepared) -> Signed:
        """Write a document and sign it, with the company's secrets where its file needs one."""
        if isinstance(prepared, SignsWithSecrets):
            return prepared.sign_with(self.signer, self.secrets)
        return prepared.sign(self.signer)


class Runtimes:
    """Thread-safe. A company changed by any process comes with a new version and is loaded anew."""

    def __init__(self, companies: Companies) -> None:
        self._companies = companies
        self._loaded: OrderedDict[int, tuple[int, Runtime]] = OrderedDict()
        self._lock = threading.Lock()
        self._loading: dict[int, threading.Lock] = {}

    def get(self, company: Company) -> Runtime:
        """Raises EmitirError when certificate or secrets are missing or cannot be opened."""
        found = self._find(company)
        if found is not None:
            return found
        with self._lock:
            loading = self._loading.setdefault(company.id, threading.Lock())
        with loading:  # one thread loads, the others of the same company wait for it
            return self._find(company) or self._load(company)

    def _find(self, company: Company) -> Runtime | None:
        with self._lock:
            found = self._loaded.get(company.id)
            if found is None or found[0] != company.version:
                return None
            self._loaded.move_to_end(company.id)
            return found[1]

    def _load(self, company: Company) -> Runtime:
        country = self._companies.country(company.pais)
        opened = self._companies.open_secrets(company)
        signer = load(opened.certificate, opened.password)
        authority = country.authority(company.settings, opened.secrets, signer)
        runtime = Runtime(country, signer, authority, opened.secrets)
        with self._lock:
            self._loaded[company.id] = (company.version, runtime)
            self._loaded.move_to_end(company.id)
            while len(self._loaded) > CAPACITY:
                self._loaded.popitem(last=False)
        return runtime
