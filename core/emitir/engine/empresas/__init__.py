"""The companies: their settings, their secrets, their connection to the authority."""
