"""Near duplicates (近似重复): signatures of texts, candidates by shared bands, and the exact comparison that decides.

- Two texts are near duplicates where the Jaccard similarity of their sets of character n-grams reaches the limit of
  ``rules/house.yaml``. Signatures only propose; every pair that is marked was compared exactly.
- A short text has few n-grams, and one changed character changes n of them: short texts are signed by shorter n-grams
  and a full MinHash, long ones by one-permutation hashing. Texts between the two bounds are signed both ways, so that
  no pair near the bound is missed.
- All hashing is keyed: who has a signature but not the workspace key cannot test a guess against it.
"""
