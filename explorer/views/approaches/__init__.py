"""The page Average or concatenate."""
