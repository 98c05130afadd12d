from . import (
    account_journal,
    account_move,
    account_move_acciones,
    account_move_send,
    ajustes,
    avisos,
    baja,
    comprobante,
    envio,
    publicacion,
    res_company,
    res_config_settings,
)
