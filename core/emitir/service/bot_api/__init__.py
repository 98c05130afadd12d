"""What the service answers to its bots: ``POST /bot/v1/UUID/COMANDO`` with the bot's own UUID and token.

Here are chats and links; whatever concerns a company goes through its commands, under the UUID of a link.
"""
