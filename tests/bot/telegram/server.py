"""The Bot API server itself: HTTP on a free port of loopback, in a thread."""

from __future__ import annotations

import asyncio
import email.parser
import email.policy
import json
import threading
import time
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot.telegram.methods import METHODS, Files, decoded
from tests.bot.telegram.people import Person
from tests.bot.telegram.state import ApiError, State

TOKEN = "4242:TEST-token-of-the-bot-AAAAAAAAAAAAAAA"


class TelegramServer:
    """A context manager. ``url`` is what the bot is given as the address of the Bot API."""

    def __init__(self, token: str = TOKEN, username: str = "emitir_bot") -> None:
        self.state = State(token, username)
        routes = [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/f/{file_id}", self._file, methods=["GET"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            host="127.0.0.1",
            port=0,
            log_config=None,
            access_log=False,
            lifespan="off",
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="telegram", daemon=True)
        self._polling: set[int] = set()

    def __enter__(self) -> TelegramServer:
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the Bot API server did not start")
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"
        threading.Thread(target=self._push, name="telegram-webhook", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = self._server.force_exit = True
        with self.state.changed:
            self.state.changed.notify_all()
        self._thread.join(10)

    def person(self, chat_id: int, name: str = "Ana", language: str = "es") -> Person:
        """Somebody with a private chat with the bot."""
        return Person(self.state, chat_id, name, language)

    # -- what the bot calls

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != self.state.token:
            return _failure(ApiError(401, "Unauthorized"))
        method = request.path_params["method"].lower()
        params, files = await _parameters(request)
        self.state.calls.append((method, time.monotonic()))
        try:
            if method == "getupdates":
                return await self._updates(params)
            if method not in METHODS:
                raise ApiError(404, f"Not Found: method {method} not found")
            return JSONResponse({"ok": True, "result": METHODS[method](self.state, params, files)})
        except ApiError as error:
            return _failure(error)
        except (KeyError, ValueError, TypeError) as error:
            return _failure(ApiError(400, f"Bad Request: {error!r}"))

    async def _updates(self, params: dict[str, Any]) -> Response:
        """Long polling. A second poller ends the first one with 409, as on Telegram."""
        if self.state.webhook.get("url"):
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        mine = time.monotonic_ns()
        self._polling = {mine}
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        until = time.monotonic() + min(float(params.get("timeout", 0)), 50)
        while True:
            found = self.state.take_updates(offset, limit)
            if found or time.monotonic() >= until or self._server.should_exit:
                return JSONResponse({"ok": True, "result": found})
            await asyncio.sleep(0.005)
            if mine not in self._polling:
                raise ApiError(409, "Conflict: terminated by other getUpdates request")

    async def _file(self, request: Request) -> Response:
        content = self.state.files.get(request.path_params["file_id"])
        if content is None or request.path_params["token"] != self.state.token:
            return _failure(ApiError(404, "Not Found"))
        return Response(content, media_type="application/octet-stream")

    # -- webhooks

    def _push(self) -> None:
        """Bring updates to the webhook, in order, each until it is taken."""
        with httpx.Client(timeout=30) as client:
            while not self._server.should_exit:
                with self.state.changed:
                    if not (self.state.webhook.get("url") and self.state.updates):
                        self.state.changed.wait(0.2)
                        continue
                    update, hook = self.state.updates[0], self.state.webhook
                secret = {"X-Telegram-Bot-Api-Secret-Token": str(hook.get("secret_token", ""))}
                try:
                    taken = client.post(hook["url"], json=update, headers=secret).status_code == 200
                except httpx.HTTPError:
                    taken = False
                if taken:
                    self.state.confirm([update["update_id"]])
                else:
                    time.sleep(0.2)


def _failure(error: ApiError) -> Response:
    answer: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    if error.retry_after is not None:
        answer["parameters"] = {"retry_after": error.retry_after}
    return JSONResponse(answer, error.status)


async def _parameters(request: Request) -> tuple[dict[str, Any], Files]:
    """Parameters and files of a call, in any of the forms that the Bot API takes."""
    body = await request.body()
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return _multipart(kind, body)
    if kind.startswith("application/json"):
        return json.loads(body or b"{}"), {}
    pairs = parse_qsl(body.decode(), keep_blank_values=True) + list(request.query_params.items())
    return {name: decoded(value) for name, value in pairs}, {}


def _multipart(kind: str, body: bytes) -> tuple[dict[str, Any], Files]:
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    whole: Any = parser.parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    params: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in whole.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content: bytes = part.get_payload(decode=True)
        if part.get_filename() is not None:
            files[name] = (str(part.get_filename()), content)
        else:
            params[name] = decoded(content.decode())
    return params, files
