"""SUNAT in the sandbox: the SOAP services, the consulta integrada and the rules a comprobante is judged by."""
