"""Lists of comprobantes, a page at a time: a button for each, and one for those that follow.

A list's buttons carry what was asked and where its next page begins, so that nothing has to be remembered; where that
does not fit in a button (64 bytes) there is no next page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from emitir_bot.cards import choices
from emitir_bot.texts import documents as texts
from emitir_bot.turn import Keyboard, Turn

#: A phone's screen holds no more.
SHOWN = 6
#: Bytes of the data of a button.
_DATA = 64
#: Letters of what may be asked, as buttons carry them.
_ASKED = {"p": "estado_comprobante", "t": "texto", "c": "cliente", "k": "tipo"}


@dataclass(frozen=True, slots=True)
class Page:
    """``asked``: properties of ``listar``. ``following``: where the next page begins; empty on the last."""

    asked: dict[str, str]
    documents: list[dict[str, Any]]
    following: str

    def keyboard(self, turn: Turn) -> Keyboard:
        """A button for each comprobante, and for the next page."""
        rows = list(choices(turn, self.documents))
        data = self._data()
        if self.following and len(data.encode()) <= _DATA:
            rows.append([(texts.MORE, data)])
        return rows

    def _data(self) -> str:
        letters = {name: letter for letter, name in _ASKED.items()}
        facts = "|".join(f"{letters[name]}{value}" for name, value in self.asked.items())
        return f"lista:mas:{self.following}:{facts}"


async def page(turn: Turn, asked: dict[str, str], following: str = "", shown: int = SHOWN) -> Page:
    """What the service lists, newest first."""
    after = {"despues_de": following} if following else {}
    answer = await turn.ask("listar", **asked, **after, limite=shown)
    return Page(asked, answer.get("comprobantes", []), str(answer.get("siguiente", "")))


def asked_of(facts: str) -> dict[str, str]:
    """What the data of a button asks for."""
    return {_ASKED[part[0]]: part[1:] for part in facts.split("|") if part and part[0] in _ASKED}
