"""A call that SUNAT does not take: an exception of 0100 to 1999, or any code given as a SOAP fault."""

from __future__ import annotations

from emitir.sandbox.sunat.messages import described


class Refusal(Exception):  # noqa: N818 -- SUNAT's answer, not a failure of ours
    """Ends a call with a SOAP fault. ``code``: SUNAT's; ``node`` and ``value``: what it was found in."""

    def __init__(self, code: str, node: str = "", value: str = "", where: str = "INFO") -> None:
        """A ``code`` without a text of ours (a fault on demand) says what 0100 says."""
        self.code = code
        self.node = node
        self.value = value
        self.where = where
        super().__init__(self.detail)

    @property
    def text(self) -> str:
        """SUNAT's sentence."""
        return described(self.code)

    @property
    def detail(self) -> str:
        """``errorCode 0151 (nodo: "fileName" valor: "x.zip")``."""
        return f'errorCode {self.code} (nodo: "{self.node}" valor: "{self.value}")'
