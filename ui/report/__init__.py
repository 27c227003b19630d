"""The report (安全评估报告语料部分): one set of facts rendered as DOCX, XLSX and JSON, and read back to compare.

- It imports :mod:`rules` and the table of entity names, not the corpus and not the ledger: it cannot count anything.
- The same facts give the same bytes, whatever the machine, the day or the hash seed.
- What is not there yet is named, with the reason; nothing is left blank.

The doors are :func:`ui.report.render.render` and :func:`ui.report.check.check`.
"""
