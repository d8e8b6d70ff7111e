"""The page State space."""
