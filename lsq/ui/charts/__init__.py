"""The charts of Stages: each a figure, its numbers in a sentence, and the same as a table."""
