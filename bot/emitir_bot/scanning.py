"""Reading the QR codes of what people send, in a process of its own.

Pictures and PDFs come from outside, and what opens them is written in C: one that makes it crash, hang or fill the
memory must cost an answer, not the bot. The process gets neither the bot's tokens nor more than some seconds.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys

from emitir_bot.scan import UNREADABLE, UnreadableError

logger = logging.getLogger("emitir_bot")
#: Processes at the same time, and seconds that one may take.
_WIDTH, _SECONDS = 2, 25.0
#: What a process of ours needs of the environment; the rest holds secrets.
_PASSED = ("PATH", "PYTHONPATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")

_width = asyncio.Semaphore(_WIDTH)


async def qr_texts(content: bytes, seconds: float = _SECONDS) -> list[str]:
    """The texts of the QR codes in a picture or a PDF. Raises UnreadableError for what cannot be opened in time."""
    environment = {name: os.environ[name] for name in _PASSED if name in os.environ}
    async with _width:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "emitir_bot.scan"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
        )
        try:
            answer, _ = await asyncio.wait_for(process.communicate(content), seconds)
        except TimeoutError as error:
            logger.warning("a file took too long to be opened")
            raise UnreadableError from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode != 0:
        if process.returncode != UNREADABLE:
            logger.warning("a file could not be opened: status %s", process.returncode)
        raise UnreadableError
    found: list[str] = json.loads(answer)
    return found
