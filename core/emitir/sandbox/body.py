"""The bytes of a request as a parameter of a plain endpoint."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request


async def _body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body)]
