"""The people who annotate (标注人员): registered, trained, examined, qualified.

The ledger speaks of ids. Names stand in one table of the catalogue (``names``), from which they can be erased; gold
answers (标准答案) lie in a store of their own, which neither the annotation server nor an evidence bundle sees.
"""
