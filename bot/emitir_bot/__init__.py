"""The Telegram bot of Emitir: the owner's business in a pocket.

It holds no business rule and no data: the service is asked for everything, under the link of the chat.
"""
