"""The charts of Stages and Changes: a figure each, its numbers in words, the same as a table."""
