"""The HTTP API over the engine: two wire formats, three generations of clients, downloads, documentation."""
