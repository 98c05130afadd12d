"""The way of a comprobante after it is stored: rounds with the authority, verdicts, the durable workflow."""
