"""The page Sequence tasks."""
