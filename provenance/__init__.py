"""What may be recorded, and how it is proved: the words every other package speaks.

This is the ground floor. It holds identifiers, the list of events, the append-only ledger (台账), proofs and the
evidence bundle (证据包). It imports none of the other packages.
"""
