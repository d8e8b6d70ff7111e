"""A class that answers together: its questions, its answers, and where both are kept."""
