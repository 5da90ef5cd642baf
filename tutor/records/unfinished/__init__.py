"""What was begun and not given: half-written answers, and how long a timed test still lasts."""
