"""Liquidación de compra (04): a purchase from somebody without RUC, who does not issue himself; the buyer does."""
