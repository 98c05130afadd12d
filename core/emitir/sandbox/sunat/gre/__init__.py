"""The REST service of guías de remisión electrónicas."""
