"""Label Studio behind the port: the one door to its library, and what can go wrong there."""
