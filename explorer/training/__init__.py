"""Training: regenerates `pretrained/` from public data and a seed."""
