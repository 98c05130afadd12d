"""Paraguay: SIFEN of the DNIT (format 150). Nothing outside this package names it (CONTRIBUTING.md)."""
