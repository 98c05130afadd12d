#!/bin/sh
# Annul a comprobante with curl, in the format «texto»: dar_de_baja.sh RUC-TIPO-SERIE-NUMERO MOTIVO
set -eu

printf 'codigo_documento: %s\nmotivo: %s\n' "$1" "$2" |
    curl --silent --show-error --data-binary @- \
        --header "Authorization: Bearer $PE_TOKEN" --header 'Content-Type: text/plain; charset=utf-8' \
        "$EMITIR_URL/v1/$PE_UUID/baja"
