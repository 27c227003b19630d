"""Clearance (采集与授权核对): whether an item may be taken in, by its source's papers and the lists of refusals."""
