"""What the rules say of annotation (标注): rule books, people, batches; folds over the ledger, and checks on them."""
