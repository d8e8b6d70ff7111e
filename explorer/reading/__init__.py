"""Reading: what a text is to a model: its tokens, and the row of the table of vectors for each of them."""
