"""Everything a person touches: command line, console, report, worker, and the settings that are read only here."""
