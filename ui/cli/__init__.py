"""The command line: thin skins over ``ui.services``, data on stdout, progress and errors on stderr."""
