"""Accounts (账号与口令): of banks, markets and networks, with the secrets that open them."""
