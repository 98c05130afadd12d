"""The commands of ``emitir``, one group per file."""
