"""Sources, and the jobs that turn their files into items (条) with provenance. Read ``corpus/pipeline.py`` first."""
