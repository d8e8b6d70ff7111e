"""The page Order lab."""
