"""The tables, their migrations, and what is asked of them."""
