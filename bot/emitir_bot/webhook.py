"""The webhook: Telegram brings each update here and gets its 200 when it has been worked off."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot

from emitir_bot.lanes import Lanes
from emitir_bot.polling import lane_of
from emitir_bot.router import Router
from emitir_bot.updates import read_update

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
#: Seconds that Telegram is kept waiting for an update; bytes of one.
_PATIENCE, _LARGEST = 20.0, 1024 * 1024


def application(bot: Bot, router: Router, lanes: Lanes, secret: str) -> Starlette:
    """One route that takes what carries the secret, whatever its path."""
    seen: dict[int, asyncio.Future[None]] = {}

    async def take(request: Request) -> Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        update = read_update(_content(await request.body()), bot)
        if update is None:
            return Response(status_code=200)  # what cannot be read now cannot be read later either
        work = seen.get(update.update_id)
        if work is None:
            work = lanes.add(lane_of(update), lambda: router.handle(update))
            seen[update.update_id] = work
            while len(seen) > 2000:
                del seen[next(iter(seen))]
        await asyncio.wait((work,), timeout=_PATIENCE)
        return Response(status_code=200)

    return Starlette(routes=[Route("/{path:path}", take, methods=["POST"])])


def _content(body: bytes) -> object:
    if len(body) > _LARGEST:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return None


async def serve(app: Starlette, host: str, port: int, stop: asyncio.Event, ready: Callable[[], None]) -> None:
    """Listen until ``stop`` is set; ``ready`` is called once it listens."""
    config = uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, server_header=False)
    server = uvicorn.Server(config)
    running = asyncio.ensure_future(server._serve())  # without its signal handlers: ours end the program
    while not server.started and not running.done():
        await asyncio.sleep(0.02)
    ready()
    await stop.wait()
    server.should_exit = True
    await running
