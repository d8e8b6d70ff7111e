"""Pages: a folder each, with the page, its figures and its sentences."""
