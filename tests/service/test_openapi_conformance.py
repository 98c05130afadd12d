"""Whatever fits (or breaks) our OpenAPI document is answered as the document says. Slow: hundreds of calls."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from emitir.service.openapi import openapi
from tests.service.conftest import House
from tests.service.http import UNDERSTOOD

pytestmark = pytest.mark.slow

SCHEMA = schemathesis.openapi.from_dict(openapi())
CHECKS: list[Any] = [
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
COMMANDS = [path for path in openapi()["paths"] if path.startswith("/v1/")]


@pytest.mark.parametrize("path", COMMANDS)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("known", [True, False], ids=["known", "stranger"])
def test_commands_answer_as_documented(house: House, path: str, mode: GenerationMode, known: bool) -> None:
    company = house.company

    @given(st.data())
    @settings(max_examples=60 if known else 15, suppress_health_check=list(HealthCheck))
    def check(data: st.DataObject) -> None:
        case = data.draw(SCHEMA[path]["POST"].as_strategy(generation_mode=mode))
        headers = {}
        if known:
            case.path_parameters["uuid"] = company.uuid
            headers["Authorization"] = f"Bearer {company.token}"
        response = case.call(base_url=house.url, headers=headers)
        assert response.status_code in UNDERSTOOD
        if response.status_code != 500 or "x-formato" not in {name.lower() for name in case.headers}:
            assert response.status_code != 500, response.text
        if response.status_code not in (404, 405):
            case.validate_response(response, checks=CHECKS)

    check()


def test_downloads_answer_as_documented(house: House) -> None:
    @given(st.data())
    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    def check(data: st.DataObject) -> None:
        case = data.draw(SCHEMA["/descarga/{codigo_descarga}/{archivo}"]["GET"].as_strategy())
        response = case.call(base_url=house.url)
        assert response.status_code in (200, 404)
        case.validate_response(response, checks=CHECKS)

    check()
