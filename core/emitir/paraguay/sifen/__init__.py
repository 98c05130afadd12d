"""SIFEN's web services: SOAP 1.2 with mutual TLS (spec.md §10, §11)."""
