from . import (
    account_journal,
    account_move,
    account_move_line,
    account_tax,
    comprobante,
    lineas,
    numeracion,
    pagos,
    revision,
    solicitud,
    uom,
)
