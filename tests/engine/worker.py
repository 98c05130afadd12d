"""A process that posts documents, to be killed: ``python -m tests.engine.worker CONFIG.json``.

Prints one JSON line per answer. With ``{"until": "settled"}`` it goes on until every document is settled.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

from emitir.engine import Engine, Settings
from emitir.errors import EmitirError
from tests.engine.loopback import LoopbackCountry


def main(config: dict[str, Any]) -> int:
    """Exit code 0 when everything was posted, 3 when the engine would not start."""
    settings = Settings(
        data_dir=Path(config["data_dir"]),
        database_url=config.get("database_url", ""),
        workers=config.get("workers", 8),
        watch_seconds=1.0,
        drain_seconds=5.0,
    )
    from emitir.engine.work import rounds

    rounds.PAUSES = (0.3, 0.5, 1)  # type: ignore[assignment]
    engine = Engine(settings, country_map=None if config.get("peru") else {"xx": LoopbackCountry()})
    try:
        engine.start()
    except EmitirError as error:
        _say({"error": error.code, "text": str(error)})
        return 3
    company = engine.companies.get(config["uuid"])
    _say({"ready": True})
    numbers = iter(config["numbers"])
    lock = threading.Lock()

    def post() -> None:
        while True:
            with lock:
                numero = next(numbers, None)
            if numero is None:
                return
            content = {**config["properties"], "numero": numero}
            if config.get("unnumbered"):
                del content["numero"]
            try:
                result = engine.emitir(company, content, wait=config.get("wait", 5.0))
            except EmitirError as error:
                _say({"numero": numero, "error": error.code})
                continue
            issued = result.comprobante
            _say({"numero": issued.numero, "estado": result.estado, "codigo": issued.codigo_descarga})

    threads = [threading.Thread(target=post) for _ in range(config.get("threads", 4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while config.get("until") == "settled" and engine.stuck(minutes=0):
        time.sleep(0.1)
    if config.get("stay"):
        time.sleep(config["stay"])
    engine.close()
    _say({"done": True})
    return 0


def _say(line: dict[str, Any]) -> None:
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    sys.exit(main(json.loads(Path(sys.argv[1]).read_text())))
