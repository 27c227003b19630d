"""Names of persons (姓名): a character CRF with our own lexicon, trained on data without doubt, compiled.

``recognizer`` is the Presidio recogniser; ``finder`` reads texts, ``inference`` is what is compiled, ``latin`` finds
Latin names, ``unlikely`` tells lists from names, ``weights`` is the file. ``train`` is the command that makes it, from
``generate``, ``background``, ``crf`` and the words in ``lists/``; ``MODEL_CARD.md`` says what came of it.
"""
