"""What the findings mean that come from reading a file, and not from a rule that is run over it."""

QUOTING = """
Some signs mean something to the file format (YAML): a colon with a space, a `#` after a space, and
at the beginning of a text quotes, brackets, `*`, `&`, `!`, `%`, `@`, a backtick, `>`, `|` and `?`.
Put such a text in quotes, or on the next line after a `|`; `tutor check --fix` does it for you.
"""

ERRORS = {
    "alias": f"A text that begins with `*` stands in quotes.\n{QUOTING}",
    "anchor": f"A text that begins with `&` stands in quotes.\n{QUOTING}",
    "control-character": """
A file holds only characters that can be shown.

Some characters move the cursor, hide text or turn its direction; they come in by copying from
elsewhere, and your editor may not show them. Delete the line and type it again.
""",
    "duplicate-key": """
Each key stands once in its place.

Of two, only the last would count, and the first would be lost without a word. Often a dash is
missing before the second, where a new entry of a list should begin.
""",
    "empty": """
A file holds a lesson, a course or a source.

A lesson begins with `title:`. `tutor new lesson FILE` writes one that works.
""",
    "encoding": """
A file is in UTF-8.

That is the usual encoding of text today. In the editor choose "Save with encoding", then UTF-8.
""",
    "file": """
The file or folder is there and can be read.

Look at the spelling of its name, and at whose file it is.
""",
    "indentation": """
What belongs together begins in the same column.

The entries of a list have their dashes one below the other, and the keys of one entry stand one
below the other. What belongs to something stands further to the right than it. `tutor check --fix`
lines up what can be lined up in one way only.
""",
    "key": f"A text that begins with a bracket stands in quotes.\n{QUOTING}",
    "missing-colon": "A key has a colon after it.\n\nWrite `key: value`, with a space after it.",
    "missing-dash": "Each entry of a list begins with a dash and a space.\n\n"
    "Without it the entry is taken for a part of what stands above.",
    "missing-file": """
Every file that a course lists is there.

Look at the spelling of the name, or take the line out of `course.yaml`.
""",
    "missing-key": """
Everything that a step or question needs is written.

The authoring guide shows each type with all that it needs; `tutor new lesson FILE` writes some.
""",
    "missing-space": "A dash, and the colon after a key, have a space after them.\n\n"
    "Write `- text: this`, not `-text:this`.",
    "no-lessons": "A course lists its lessons.\n\nWrite their files under `lessons:`.",
    "outside": """
Lessons lie inside the folder of their course, sources at most two folders above it.

A course can then be moved and handed on as one folder, and cannot reach for other files.
""",
    "same-claim-id": "Claim ids are unique across the sources of a course.\n\n"
    "Lessons cite a claim by its id alone.",
    "same-lesson": "A course lists each lesson once.",
    "same-lesson-id": "Lesson ids are unique in a course.\n\nResults are kept by them.",
    "second-document": """
One file holds one lesson, course or source.

A line of three dashes begins a second one. For a line across the text write `***` after a `|`.
""",
    "tab": """
Lines are indented with spaces.

A tab is as wide as each editor likes, so nobody could tell what stands below what. Many editors can
be told to write spaces when you press the tab key.
""",
    "tag": f"A text that begins with `!` stands in quotes.\n{QUOTING}",
    "too-deep": "Values are nested at most 40 deep; lessons need about six levels.",
    "too-large": "A file has at most 2 MB.\n\nSplit it into several lessons.",
    "too-long": """
A text has at most 20,000 characters, and all texts of a file together have at most 500,000.

Split it. Where nobody wrote so much, look for a quote that is never closed.
""",
    "too-many": """
A lesson has at most 1,000 steps and 1,000 questions, and a file at most 200,000 values.

Split it into several lessons.
""",
    "unknown-key": """
Every key is one that exists there.

A misspelled key would be lost without a word. `tutor schema` lets your editor offer the keys that
there are.
""",
    "unknown-lesson": "A path leads through lessons that the course lists.",
    "unknown-path": """
The path that learners are on by default is one of the course's paths.

Write its name under `default_path:` as it stands under `paths:`.
""",
    "no-such-day": "A source was published on a day that there is: 2019-05-08.",
    "unknown-speaker": "Whoever states a claim is declared under `speakers` of the source.",
    "unknown-type": """
Every step and question is of a type that exists.

There are six kinds of step and ten of question; the authoring guide shows them all.
""",
    "value": """
A value is of the kind that its key takes.

Numbers are written in digits, yes and no as `true` and `false`, lists with one dash a line.
""",
    "yaml": f"The file can be read as YAML.\n{QUOTING}",
}

WARNINGS = {
    "allowed-without-reason": """
Whoever allows a rule to be broken says why.

The next person who edits the lesson will want to know. Write the reason after the rule's name.
""",
    "backslash-in-prose": """
Inside double quotes a backslash means something of its own.

`"C:\\new"` holds no `n`, but a new line. Use single quotes, or put the text after a `|`.
""",
    "comma-in-brackets": """
Sentences do not stand in brackets.

Inside `[ ]` and `{ }` a comma ends a text, and the rest of a sentence becomes another entry. Begin
each entry with a dash on a line of its own.
""",
    "comment-in-prose": """
No `#` cuts a text off.

After a space, `#` begins a comment, which learners never see. If it belongs to the text, put the
text in quotes; if it is a note to yourself, give it a line of its own.
""",
    "line-in-prose": """
A text does not swallow the line below it.

A line that is indented further belongs to the text above it, even where it looks like an entry of
its own. Indent it like its neighbors.
""",
    "needless-allowance": """
What is allowed is needed.

The question was mended, or the rule changed. An allowance that stays would hide the next fault.
""",
    "unknown-rule": """
What is allowed is a warning that exists.

Errors cannot be allowed: they keep a lesson from opening, or a question from being graded. Nor can
warnings about how text is written in YAML: quotes end them.
""",
    "unquoted-prose": f"A text that begins with a sign of YAML stands in quotes.\n{QUOTING}",
}
