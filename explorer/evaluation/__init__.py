"""What models get right: public data sets, sets of our own that ask one question each, measures, and tables scored.

The sets of our own are written by hand for this project and lie in `data/`; nothing here is trained on.
`report.examine` asks them all, `scores.examine` these and the public texts.
"""
