"""What must hold of lessons, courses and sources beyond the shape of their data.

Each rule is a small function named for what it looks for; the name, with dashes, is what
`tutor check` prints. A rule yields faults; it never mends and never reads files.
"""
