"""Work: jobs and whose turn it is, the plan of an ingest, and the lots in which finished work becomes fact."""
