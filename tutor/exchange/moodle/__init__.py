"""What GIFT and Moodle XML share: a question as Moodle's question bank holds it.

`outward` turns our questions into entries of the bank, `inward` turns entries into our questions,
`gathering` makes a lesson of them. The two formats only write entries down and read them.
"""
