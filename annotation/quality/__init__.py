"""How good annotation is (标注质量): agreement between people, accuracy on gold answers, time spent.

Everything is computed in whole numbers, so that every machine prints the same figure. What cannot be estimated
(无法估计) is None, never 1 and never a crash.
"""
