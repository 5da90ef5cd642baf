"""What GIFT and Moodle XML share: a question as Moodle's question bank holds it.

`to_moodle` turns our questions into entries of the bank, `from_moodle` turns entries into our
questions, `assemble_lesson` makes a lesson of them, and `write_bank` writes lessons by what a
format says of itself.
"""
