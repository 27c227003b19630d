"""Samples (抽样): draws that count, the sheets handed out, the verdicts that come back and what follows from them."""
