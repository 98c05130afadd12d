from . import (
    account_journal,
    account_move,
    ajustes,
    autofactura,
    comprobante,
    eventos,
    numeracion,
    revision,
    solicitud,
    uom,
)
