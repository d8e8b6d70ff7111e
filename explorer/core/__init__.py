"""Core: trained models from disk and what they computed on a text."""
