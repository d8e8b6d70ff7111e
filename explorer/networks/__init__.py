"""The networks: a file a model, behind one contract and one registry."""
