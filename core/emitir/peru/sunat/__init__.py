"""SUNAT on the wire: SOAP services, consulta integrada, CDR, and what each answer means (spec.md §11, §12)."""
