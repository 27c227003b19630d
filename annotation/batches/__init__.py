"""Batches of annotation (标注批次): planned, published, collected, reviewed, closed; each step may be repeated."""
