#!/bin/sh
# Issue the factura of factura.txt with curl, in the format «texto», dated today in Lima.
set -eu
cd "$(dirname "$0")"

{ cat factura.txt; TZ=America/Lima date '+fecha: %Y-%m-%d'; } |
    curl --silent --show-error --data-binary @- \
        --header "Authorization: Bearer $PE_TOKEN" --header 'Content-Type: text/plain; charset=utf-8' \
        "$EMITIR_URL/v1/$PE_UUID/emitir"
