"""What a caller asks about one comprobante: emit it, preview it, ask for it, verify it."""
