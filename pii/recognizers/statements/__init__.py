"""Statements (关于人的陈述): what is told of a person in words: birth, belief, health, credit, crime, work."""
