"""Emitir: comprobantes electrónicos of Peru (SUNAT) and Paraguay (SIFEN).

The package itself imports nothing heavy; take what you need from its modules (``docs/integrador.md``).
"""

__version__ = "0.1.0"
