"""What is kept on the learner's machine: one SQLite file, append-only events, one door.

Event kinds and their fields are fixed in `tutor.quiz.events`, what goes into a fingerprint in
`tutor.quiz.fingerprint`, tables in `migrations`. Rows are keyed on the ids of courses, lessons and
questions, never on paths or places in a file; times are UTC.
"""
