"""Keys from PKCS#12 and PEM, certificates checked, and XML-DSig over canonical text (floor 1)."""
