"""Behaviours: sets of our own making that ask one question each, and what a model answers to them.

The sets are written by hand for this project; nothing here is trained on. `report.examine` asks them all.
"""
