from . import (
    account_journal,
    account_move,
    ajustes,
    autofactura,
    comprobante,
    eventos,
    numeracion,
    res_partner,
    revision,
    solicitud,
    uom,
)
