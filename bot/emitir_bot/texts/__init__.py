"""What the bot says: Spanish sentences, marked for translation, in HTML as Telegram takes it. One file per theme."""
