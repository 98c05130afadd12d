"""``python -m emitir_bot``."""

from emitir_bot.program import main

if __name__ == "__main__":
    main()
