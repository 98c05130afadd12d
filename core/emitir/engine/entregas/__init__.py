"""What leaves for third parties, at least once: mails and webhooks."""
