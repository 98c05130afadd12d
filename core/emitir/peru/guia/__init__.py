"""Guías de remisión electrónicas: remitente (09) and transportista (31), with their own model, rules and document.

SUNAT publishes no sheet of their rules beside those of the comprobantes: the codes are those of its list of
return codes and of the style sheets with which it judges a guía of version 2.0 (remitente and transportista,
2.0.1), as far as the two say the same.
"""
