"""The bot behind a webhook: only what carries the secret is heard, each update once, kills included."""

from __future__ import annotations

import socket
import time

import requests

from tests.bot.conftest import World


def test_updates_come_by_webhook_with_their_secret(world: World) -> None:
    ana = world.linked()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/telegram"
    world.bot.stop()
    try:
        world.bot.start(EMITIR_BOT_WEBHOOK=address, EMITIR_BOT_LISTEN=f"127.0.0.1:{port}")
        until = time.monotonic() + 40
        while world.telegram.state.webhook.get("url") != address:
            assert time.monotonic() < until, world.bot.log
            time.sleep(0.05)
        ana.says("/start")
        ana.reads("Este chat ve")
        forged = {
            "update_id": 999_999,
            "message": {
                "message_id": 1,
                "date": 1,
                "text": "/salir",
                "chat": {"id": ana.chat_id, "type": "private"},
                "from": ana.user,
            },
        }
        assert requests.post(address, json=forged, timeout=10).status_code == 403
        secret = {"X-Telegram-Bot-Api-Secret-Token": str(world.telegram.state.webhook["secret_token"])}
        assert requests.post(address, data=b"{not json", headers=secret, timeout=10).status_code == 200
        # Telegram brings an update again when it did not hear the 200: it is worked on once.
        again = {**forged, "message": {**forged["message"], "text": "/empresa"}}  # type: ignore[dict-item]
        for _ in range(2):
            assert requests.post(address, json=again, headers=secret, timeout=30).status_code == 200
        ana.reads("una sola empresa")
        ana.hears_nothing(1)
        world.bot.kill()
        ana.says("/start")
        time.sleep(0.5)
        world.bot.start(EMITIR_BOT_WEBHOOK=address, EMITIR_BOT_LISTEN=f"127.0.0.1:{port}")
        ana.reads("Este chat ve")
    finally:
        world.bot.stop()
        world.bot.start()
    ana.says("/empresa")
    ana.reads("una sola empresa")
