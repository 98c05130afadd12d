"""Comprobantes of an agent: retención (20) and percepción (40), with their own model, arithmetic and rules."""
