"""Peru: SUNAT's comprobantes. Everything that this country alone knows (floor 2)."""
