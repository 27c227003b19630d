"""The standards as data, and the code that reads, compares and reports against them.

Every threshold lives here with its clause, its unit and its certainty. The code never fetches and never writes.
"""
