"""Evaluation (评测) of what was found against a gold annotation: records in, measures with intervals out.

Nothing here detects anything or keeps a text: of a document only its length and its spans are held.
"""
