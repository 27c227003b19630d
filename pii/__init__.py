"""Personal information (个人信息): found by Presidio with our Chinese recognisers, then stripped (去标识化).

Stripping is not anonymisation (匿名化) in the sense of PIPL article 73, and nothing here calls it that.
"""
