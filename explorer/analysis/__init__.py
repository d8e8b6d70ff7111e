"""Analysis: numbers drawn from models and traces. Nothing here knows of pictures."""
