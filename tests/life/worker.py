"""A process that lives through the life of documents, to be killed: ``python -m tests.life.worker CONFIG.json``.

It issues facturas and boletas (by resumen), annuls some of them, sends resúmenes, in any order, again and again;
what was done before does nothing. With ``{"until": "settled"}`` it goes on until nothing is left to do.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from emitir.engine import Company, Engine, Settings
from emitir.engine.work import rounds as rounds_module
from emitir.errors import EmitirError
from emitir.peru.examples import boleta, factura


def main(config: dict[str, Any]) -> int:
    rounds_module.PAUSES = (0.3, 0.5, 1)  # type: ignore[assignment]
    rounds_module.ASK_AFTER = 0.1
    rounds_module.TICKET_LAG = 1.5
    settings = Settings(
        data_dir=Path(config["data_dir"]),
        database_url=config.get("database_url", ""),
        workers=6,
        watch_seconds=1.0,
        drain_seconds=5.0,
    )
    engine = Engine(settings)
    engine.start()
    company = engine.companies.get(config["uuid"])
    print("ready", flush=True)
    numbers = list(range(1, config["documents"] + 1))
    finish = config.get("until") == "settled"
    if not finish:
        random.Random(config["seed"]).shuffle(numbers)
    work = iter(numbers)
    lock = threading.Lock()

    def live() -> None:
        while True:
            with lock:
                number = next(work, None)
            if number is None:
                return
            one(engine, company, number, config["fecha"])

    threads = [threading.Thread(target=live) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while finish and unfinished(engine, company):
        engine.resumen(company)
        time.sleep(0.3)
    print("done", flush=True)
    engine.close()
    return 0


def one(engine: Engine, company: Company, number: int, fecha: str) -> None:
    """Issue a factura and a boleta of that number; of every second one ask the baja."""
    now = datetime.now(UTC)
    for sale in (factura(now), boleta(now)):
        issued = engine.emitir(company, {**sale, "numero": number, "fecha": fecha}, wait=0.5).comprobante
        if number % 5 == 0:
            engine.resumen(company)
        if number % 2:
            continue
        named = {"codigo_documento": issued.codigo_documento, "motivo": "ERROR EN EL PEDIDO"}
        try:
            engine.baja(company, named, wait=0.2)
        except EmitirError as error:
            print("baja", issued.codigo_documento, error, flush=True)


def unfinished(engine: Engine, company: Company) -> bool:
    """Whether a document or an envio has no verdict, or a baja has not had its effect."""
    return any(
        not document.settled or document.baja_estado in ("pedida", "en_proceso")
        for document in engine.latest(company, 10_000)
    )


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text())))
