"""Annotation (标注) floor: people, batches and the Label Studio door stand here, between ``corpus`` and ``ui``."""
