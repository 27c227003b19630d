"""Withdrawal (撤回): found wherever it lies, taken out, kept out, erased and proved."""
