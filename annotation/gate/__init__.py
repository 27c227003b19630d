"""The gate (闸门): a small Django app inside Label Studio that refuses what breaks the annotation rules.

It is copied into the server's environment as ``yuliao_gate``. Nothing of the platform imports it, and it imports
nothing of the platform (relative imports only): the platform's ``rules`` and the server's are two packages.

- ``policy`` reads who may do what, one file written by the platform; ``refusals`` says no in one Chinese sentence.
- ``views`` lists the pages and calls open to each function, ``visit`` holds every request against that list.
- ``access`` judges a person in a project (AR-1 to AR-5, AR-9), ``content`` and ``form`` judge what was written.
- ``writes`` makes one submission one transaction: the task's row locked, judged, stored, chained (``outbox``).
- ``guard`` closes the other ways into the tables: bulk writes, imports, updates, deletions.
- ``blind`` takes out of an answer what the reader may not see.

Hooks are wrapped methods, never Django's signals: the server disconnects all signals of the process for as long as a
project is being deleted.
"""
