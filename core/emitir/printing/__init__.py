"""Printed forms: data and Typst templates to PDF, QR codes, logos. Knows no country.

Typst and the QR writer are loaded with the first use, not with the import.
"""

from emitir.printing.logo import Logo, check_logo
from emitir.printing.qr import qr_svg
from emitir.printing.typeset import Template, load_template, typeset

__all__ = ["Logo", "Template", "check_logo", "load_template", "qr_svg", "typeset"]
