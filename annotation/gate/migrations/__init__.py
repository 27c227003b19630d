"""Tables of the gate."""
