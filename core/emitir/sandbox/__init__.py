"""Tax authorities on loopback: real HTTP, real contracts, signatures really checked, answers really signed.

The sandbox judges the bytes that arrive and nothing else. It imports nothing of what builds, signs or sends
comprobantes (``emitir.peru``, ``emitir.signing``, ``emitir.xml``): two readings of SUNAT's rules that agree
are worth more than one that checks itself. How to use it: docs/sandbox.md.
"""
