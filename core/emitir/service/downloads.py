"""``GET /descarga/CODIGO/{xml|cdr|pdf}``: the files of a comprobante for whoever holds its code.

The code is 160 random bits and the only key: it stands in no log, and pages of ours send no referrer.
"""

from __future__ import annotations

import re

from fastapi import FastAPI, Request
from starlette.responses import Response

from emitir.error_codes import ARCHIVO_NO_DISPONIBLE, COMPROBANTE_NO_EXISTE, VALOR_NO_PERMITIDO
from emitir.errors import EmitirError
from emitir.i18n import N_
from emitir.service.negotiation import language_of
from emitir.service.pages import not_found_page
from emitir.service.ports import Engine

_CODE = re.compile(r"[0-9a-f]{40}", re.ASCII)
_UNKNOWN = N_("No hay ningún comprobante con ese código de descarga.")
#: Errors of a download that are "not found" to a browser, each with what it reads then.
_PAGES = {
    COMPROBANTE_NO_EXISTE: _UNKNOWN,
    VALOR_NO_PERMITIDO: N_(
        "De un comprobante se descargan xml, cdr y pdf (formatos a4, 80mm y 58mm; a5 en Perú, resumen en Paraguay)."
    ),
    ARCHIVO_NO_DISPONIBLE: N_("Ese archivo todavía no está listo. Vuelva a intentarlo en unos minutos."),
}


def download_routes(app: FastAPI, engine: Engine) -> None:
    """Add the downloads to ``app``."""

    def download(request: Request, code: str, kind: str, formato: str = "a4") -> Response:
        request.state.route = "/descarga"
        language = language_of(request.headers)
        if not _CODE.fullmatch(code):
            return not_found_page(_UNKNOWN, language)
        try:
            file = engine.download(code, kind, formato)
        except EmitirError as error:
            if error.code not in _PAGES:
                raise
            return not_found_page(_PAGES[error.code], language)
        headers = {
            "Content-Length": str(len(file.content)),
            "Content-Disposition": f'{"inline" if kind == "pdf" else "attachment"}; filename="{file.filename}"',
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
            "Cache-Control": "private, no-cache",
        }
        if kind != "pdf":  # browsers show a PDF with a viewer of their own, which a sandbox would stop
            headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        content = b"" if request.method == "HEAD" else file.content
        return Response(content, headers=headers, media_type=file.content_type)

    app.add_api_route("/descarga/{code}/{kind}", download, methods=["GET", "HEAD"], include_in_schema=False)
