"""Tasks: other kinds of sequence task than a verdict on a review, by the lengths of input and output.

One-to-many: `writer.py`, a first word to a sentence. Many-to-many with T_x ≠ T_y: `translator.py`, an English caption
to a French one. The cells are those of `explorer.networks`, so whoever knows the models knows how these step.
"""

from __future__ import annotations

NETWORKS = {  # the classes by the names of their trained models; the modules are imported when one is wanted
    "writer": "explorer.tasks.writer:Writer",
    "translator": "explorer.tasks.translator:Translator",
    "translator-attention": "explorer.tasks.translator:Translator",
}
