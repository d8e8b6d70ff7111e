"""Tasks: other kinds of sequence task than a verdict on a review, by the lengths of input and output.

One-to-many: `writer.py`, a first word to a sentence. Many-to-many with T_x ≠ T_y: `translator.py`, an English caption to a
French one. The cells are those of `explorer.models`, so whoever knows the lanes knows how these step.
"""
