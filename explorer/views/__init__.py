"""Pages: a question, controls, a picture, a sentence; one file each."""
