"""The bot's side of the service: links between chats and companies, roles, notices."""
