"""What formats share that come and go by way of a question bank: a question as Moodle holds it.

Out: `to_moodle` turns our questions into entries of the bank, and `write_bank` writes lessons by
what a format says of itself. In: `read_bank` takes what a format's reader makes of a file, one
question after the other, `from_moodle` turns entries into our questions, and `assemble_lesson`
makes a lesson of them.
"""
