"""Everything that leaves for others than the authority: mail, webhooks, and the dispatcher that sends them."""

from __future__ import annotations

from collections.abc import Callable

from emitir.clock import Clock
from emitir.engine.empresas.companies import Companies
from emitir.engine.entregas.deliveries import CORREO, WEBHOOK
from emitir.engine.entregas.dispatcher import Dispatcher
from emitir.engine.entregas.mail import Mailer
from emitir.engine.entregas.store import DeliveryStore
from emitir.engine.entregas.webhooks import Webhooks
from emitir.engine.files import Files
from emitir.engine.storage.database import Database
from emitir.engine.storage.store import Store


class Outgoing:
    """One per engine. Commits deliveries as soon as it is made; sends them between ``start`` and ``close``."""

    def __init__(
        self, database: Database, store: Store, companies: Companies, files: Files, clock: Clock
    ) -> None:
        self.deliveries = DeliveryStore(database, clock)
        self.mailer = Mailer(database, store, self.deliveries, companies, files, self._wake)
        self.webhooks = Webhooks(database, self.deliveries, companies, clock)
        self._dispatcher: Dispatcher | None = None

    def start(self, executor: Callable[[], str]) -> None:
        """``executor``: the name under which this process works, which no other live process has."""
        senders = {CORREO: self.mailer.send, WEBHOOK: self.webhooks.send}
        self._dispatcher = Dispatcher(self.deliveries, senders, executor, self.webhooks.hand_out)
        self._dispatcher.start()

    def close(self) -> None:
        """Let sendings under way end; what is due stays for the next start."""
        if self._dispatcher is not None:
            self._dispatcher.close()
            self._dispatcher = None

    def _wake(self) -> None:
        if self._dispatcher is not None:
            self._dispatcher.wake()
