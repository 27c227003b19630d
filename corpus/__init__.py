"""Sources, and the jobs that turn their files into items (条) with provenance. Read ``corpus/pipeline.py`` first.

The rooms, from the ground up: ``evidence`` (what papers say), ``sources`` (what may be taken in), ``clearance`` (what
of it, item by item), ``readers`` (where texts come from), ``stages`` (what is done with one), ``near`` (which are
alike), ``decisions`` (which one on an item is live), ``work`` (jobs, plans, lots), ``tracing`` (the way back),
``samples`` and ``withdrawal``. ``ingest.py`` and ``quarantine.py`` use them all.
"""
