"""SOAP over requests, with WS-Security and mutual TLS (floor 1).

``exchange`` is one HTTP call whose failures are values; ``envelope`` writes and reads SOAP; ``client``
joins both; ``reader`` is the one parser of XML from outside; ``identity`` holds the key of mutual TLS.
"""
