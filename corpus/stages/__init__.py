"""Stages (处理阶段): what is done with a batch of items on its way through the pipeline, one thing each."""
