"""``/docs``: the documentation page, made from the OpenAPI document, with nothing fetched from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from emitir.error_codes import KINDS
from emitir.i18n import N_, translate
from emitir.service.negotiation import language_of
from emitir.service.openapi import openapi
from emitir.service.pages import PAGE_HEADERS

_ASSETS = Path(__file__).parent / "assets"


def documentation_routes(app: FastAPI) -> None:
    """Add ``/docs`` and ``/openapi.json`` to ``app``."""

    def document(request: Request) -> Response:
        request.state.route = "/openapi.json"
        return JSONResponse(openapi(language_of(request.headers)))

    def docs(request: Request) -> Response:
        request.state.route = "/docs"
        html, policy = _page(language_of(request.headers))
        return HTMLResponse(html, headers={**PAGE_HEADERS, "Content-Security-Policy": policy})

    app.add_api_route("/openapi.json", document, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/docs", docs, methods=["GET", "HEAD"], include_in_schema=False)


def _page(language: str) -> tuple[str, str]:
    """The page and its content security policy, which allows this page's own script and no other."""
    writer = _Writer(openapi(language), language)
    style = (_ASSETS / "docs.css").read_text("utf-8")
    script = (_ASSETS / "docs.js").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; connect-src 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Emitir: API</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<style>{style}</style></head><body><div class="frame">{"".join(writer.body())}</div>'
        f"<script>{script}</script></body></html>"
    ), policy


class _Writer:
    """Writes the parts of the page from the OpenAPI document."""

    def __init__(self, document: Mapping[str, Any], language: str) -> None:
        self.document = document
        self.language = language

    def text(self, text: str) -> str:
        return escape(translate(text, self.language))

    def body(self) -> Iterator[str]:
        """Navigation, introduction, one section per command, downloads, errors."""
        operations = [
            (path, *next(iter(methods.items())))
            for path, methods in self.document["paths"].items()
            if not path.startswith("/{uuid}")
        ]
        yield "<nav><strong>Emitir</strong>"
        yield f'<a href="#llamar">{self.text(N_("Cómo se llama"))}</a>'
        for _, _, operation in operations:
            yield f'<a href="#{operation["operationId"]}">{escape(operation["operationId"])}</a>'
        yield f'<a href="#errores">{self.text(N_("Errores"))}</a><a href="openapi.json">OpenAPI</a></nav><main>'
        yield from self.introduction()
        for path, method, operation in operations:
            yield from self.operation(path, method, operation)
        yield from self.errors()
        yield "</main>"

    def introduction(self) -> Iterator[str]:
        yield f'<section id="llamar"><h2>{self.text(N_("Cómo se llama"))}</h2>'
        yield f"<p>{escape(self.document['info']['description'])}</p><div class=scroll><table>"
        rows = (
            (
                N_("Clientes de hoy"),
                "POST BASE/v1/UUID/COMANDO",
                "Authorization: Bearer TOKEN",
                "Content-Type",
            ),
            (N_("Desde 2021"), "POST BASE/UUID/COMANDO", "Authorization: Bearer TOKEN", "Content-Type"),
            (N_("Hasta 2020"), "POST BASE/UUID/COMANDO", "X-Token: TOKEN", "X-Formato: json | texto"),
        )
        for title, *cells in rows:
            yield f"<tr><td>{self.text(title)}</td>{''.join(f'<td><code>{c}</code></td>' for c in cells)}</tr>"
        yield "</table></div></section>"

    def operation(self, path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
        name = operation["operationId"]
        yield f'<section id="{escape(name)}"><h2>{escape(operation["summary"])}</h2>'
        yield f'<p><span class="verb">{method.upper()}</span> <span class="path">{escape(path)}</span></p>'
        for paragraph in operation["description"].split("\n\n"):
            yield f"<p>{escape(paragraph)}</p>"
        body = operation.get("requestBody", {}).get("content", {})
        if not body:
            yield self.table(self.parameters(operation)) + "</section>"
            return
        schema = body["application/json"]["schema"]
        for alternative in schema.get("anyOf", [schema]):
            properties = list(self.properties(alternative, ""))
            if properties:
                title = f" ({escape(alternative['title'])})" if "title" in alternative else ""
                yield f"<h3>{self.text(N_('Propiedades'))}{title}</h3>{self.table(properties)}"
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        yield f"<h3>{self.text(N_('Respuesta'))}</h3>{self.table(list(self.properties(answer, '')))}"
        yield from self.trial(name, body)
        yield "</section>"

    def trial(self, name: str, body: Mapping[str, Any]) -> Iterator[str]:
        objects, texts = dict(_examples(body["application/json"])), dict(_examples(body["text/plain"]))
        said = {country: json.dumps(one, ensure_ascii=False, indent=2) for country, one in objects.items()}
        as_json, as_text = next(iter(said.values())), next(iter(texts.values()))
        for country in said:
            both = ((N_("Ejemplo en JSON"), said[country]), (N_("Ejemplo en texto"), texts[country]))
            for title, text in both:
                if text not in ("{}", ""):
                    of = f" ({escape(country)})" if country else ""
                    yield f"<h3>{self.text(title)}{of}</h3><pre>{escape(text)}</pre>"
        yield f"<details><summary>{self.text(N_('Probar'))}</summary>"
        yield f'<form data-command="{escape(name)}" data-json="{escape(as_json)}" data-texto="{escape(as_text)}">'
        yield '<div class="row">'
        yield '<div><label>UUID<input name="uuid" autocomplete="off" spellcheck="false" required></label></div>'
        yield '<div><label>Token<input name="token" type="password" autocomplete="off" required></label></div>'
        yield f"<div><label>{self.text(N_('Formato'))}"
        yield '<select name="format"><option value="json">JSON</option><option value="texto">texto</option></select>'
        yield f"</label></div></div><label>{self.text(N_('Propiedades'))}"
        yield f'<textarea name="body" spellcheck="false">{escape(as_json)}</textarea></label>'
        yield f"<button>{self.text(N_('Enviar'))}</button><pre hidden></pre></form></details>"

    def properties(self, schema: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str, str]]:
        """Name, type and meaning of each property; those of a collection as ``items-1-igv``."""
        needed = schema.get("required", ())
        for name, member in schema.get("properties", {}).items():
            path = f"{prefix}{name}"
            title = f"<code>{escape(path)}</code>"
            if name in needed:
                title += f' <span class="needed">{self.text(N_("obligatoria"))}</span>'
            yield title, self.type_of(member), self.meaning(member)
            items = member.get("items", {})
            if items.get("properties"):
                yield from self.properties(items, f"{path}-1-")
            elif member.get("properties"):
                yield from self.properties(member, f"{path}-")

    def type_of(self, schema: Mapping[str, Any]) -> str:
        """The type of a property in a few words."""
        if "enum" in schema:
            return escape(" | ".join(map(str, schema["enum"])))
        if "const" in schema:
            return escape(str(schema["const"]))
        name, longest = _kind_of(schema)
        return self.text(_TYPES.get(name, name)) + (f" ({longest})" if longest else "")

    def meaning(self, member: Mapping[str, Any]) -> str:
        meaning = escape(member.get("description", ""))
        default = member.get("default")
        if default in (None, "", []):
            return meaning
        return f"{meaning} <span class=soft>{self.text(N_('Por defecto'))}: {escape(str(default))}.</span>"

    def parameters(self, operation: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        return [
            (f"<code>{escape(p['name'])}</code>", self.type_of(p["schema"]), escape(p["description"]))
            for p in operation["parameters"]
        ]

    def errors(self) -> Iterator[str]:
        yield f'<section id="errores"><h2>{self.text(N_("Errores"))}</h2>'
        rows = [
            (
                f"<code>{kind.code}</code>",
                str(kind.http),
                f"{self.text(kind.title)}. {self.text(kind.action)}",
            )
            for kind in KINDS.values()
        ]
        yield self.table(rows) + "</section>"

    @staticmethod
    def table(rows: list[tuple[str, str, str]]) -> str:
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        return f"<div class=scroll><table>{cells}</table></div>"


def _examples(content: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Title and value of each example of a body."""
    if "example" in content:
        yield "", content["example"]
    for title, one in content.get("examples", {}).items():
        yield title, one["value"]


def _kind_of(schema: Mapping[str, Any]) -> tuple[str, int | None]:
    """JSON type or format of a property, and how long it may be."""
    kinds = [option for option in schema.get("anyOf", [schema]) if option.get("type") != "null"]
    kind: Mapping[str, Any] = next((k for k in kinds if "type" in k or "anyOf" in k), {})
    if "anyOf" in kind and kind is not schema:
        return _kind_of(kind)
    return str(schema.get("format") or kind.get("format") or kind.get("type", "")), kind.get("maxLength")


_TYPES = {
    "string": N_("texto"),
    "number": N_("número"),
    "integer": N_("entero"),
    "boolean": N_("booleano"),
    "array": N_("colección"),
    "object": N_("objeto"),
    "date": N_("fecha"),
}
