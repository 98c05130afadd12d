"""Telegram on loopback: a Bot API server for tests and the demo, and the people who write to the bot.

Real HTTP, as the documentation of the Bot API has it: long polling, webhooks with their secret, messages that
can be edited, files, inline queries, flood limits (429) and people who block the bot (403). It knows nothing of
the bot that it serves.
"""
