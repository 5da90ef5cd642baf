"""What must hold of lessons, courses and sources beyond the shape of their data.

Each rule is a small function named for what it looks for; the name, with dashes, is what
`tutor check` prints. A rule yields faults; it never mends and never reads files.

Where a rule names a guideline, the number is that of Haladyna, Downing and Rodriguez (2002), "A
Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment", Applied Measurement in
Education 15(3), 309-334; the thresholds are ours.
"""
