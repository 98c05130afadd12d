from . import models, wizard


def poner_datos(env):
    """Codes of SUNAT for the units and taxes that exist already."""
    env["uom.uom"]._emitir_pe_poner_codigos()
    env["account.tax"].search([])._emitir_pe_poner_afectacion()
