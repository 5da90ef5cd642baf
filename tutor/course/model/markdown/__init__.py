"""Markdown as lessons hold it: the one reading that both fronts, all formats and the rules draw on.

Code, in blocks and between backticks, is set aside first and stays as it is written. What is left
is read as CommonMark reads it, but for signs that an author surely means as signs (`spans`).
"""
