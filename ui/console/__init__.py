"""The console (控制台): what a compliance lead sees. It reads and it submits jobs; it never runs one.

- Pages import :mod:`ui.services` and :mod:`ui.i18n` only; role checks and figures live behind them.
- Text that comes from a corpus, a declaration or a person is shown as plain text, never as Markdown: a remote image
  in it would be fetched by the reader's browser.
"""
