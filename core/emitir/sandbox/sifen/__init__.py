"""SIFEN on loopback: real paths and messages, signatures checked, documents judged by their bytes alone."""
