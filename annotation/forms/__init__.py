"""Forms (标注表单): a stage of a rule book as the server draws it, and answers read back in the rule book's ids."""

from annotation.forms.demanding import demands, for_gate
from annotation.forms.layout import form
from annotation.forms.results import from_outbox, to_entries, to_results
from annotation.forms.showing import first_answer, steps

__all__ = ["demands", "first_answer", "for_gate", "form", "from_outbox", "steps", "to_entries", "to_results"]
