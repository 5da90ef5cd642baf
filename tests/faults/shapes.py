"""Hostile shapes of files: a small thing so often that whoever goes over it again is slow."""

import json
import random
from collections.abc import Callable
from itertools import product
from typing import NamedTuple

LESSON = ("check", "check --fix", "open, quiz", "preview", "export")
READ = ("open, quiz", "preview", "export", "check")


class Shape(NamedTuple):
    """A kind of file, the readers that it is for, and how to make one of about so many bytes."""

    name: str
    readers: tuple[str, ...]
    make: Callable[[int], bytes]


def repeated(token: str, size: int) -> str:
    """A token so often that it is about so long; `@` in it is another number each time."""
    if "@" not in token:
        return token * (size // len(token.encode()) or 1)
    pieces, length, number = [], 0, 0
    while length < size:
        pieces.append(token.replace("@", str(number)))
        length += len(pieces[-1])
        number += 1
    return "".join(pieces)


CHOICE = "options: [{text: Yes, correct: true}, {text: No}]"
IN_TEXTS = {
    "read": "title: T\nsteps:\n  - type: read\n    text: %s\n",
    "stem": "title: T\nquiz:\n  questions:\n    - type: true_false\n      answer: true\n      stem: %s\n",
    "option": "title: T\nquiz:\n  questions:\n    - type: choice\n      stem: S\n      options: [{text: %s, correct: true}, {text: No}]\n",
    "feedback": "title: T\nquiz:\n  questions:\n    - type: choice\n      stem: S\n      options: [{text: Yes, correct: true}, {text: No, feedback: %s}]\n",
    "gaps": "title: T\nquiz:\n  questions:\n    - type: gaps\n      stem: S\n      text: %s\n",
    "answer": "title: T\nquiz:\n  questions:\n    - type: text\n      stem: S\n      answers: [%s]\n",
    "number": "title: T\nquiz:\n  questions:\n    - type: number\n      stem: S\n      answer: %s\n",
    "unit": "title: T\nquiz:\n  questions:\n    - type: number\n      stem: S\n      answer: 3\n      unit: %s\n",
    "item": "title: T\nquiz:\n  questions:\n    - type: order\n      stem: S\n      items: [A, B, %s]\n",
    "pair": "title: T\nquiz:\n  questions:\n    - type: match\n      stem: S\n      pairs: [{left: %s, right: R}, {left: L, right: M}]\n",
    "group": "title: T\nquiz:\n  questions:\n    - type: sort\n      stem: S\n      groups: {A: [%s], B: [C]}\n",
    "cell": "title: T\nsteps:\n  - type: compare\n    title: T\n    columns: [A, B]\n    rows: [{label: L, cells: [%s, C]}]\n",
    "argument": "title: T\nsteps:\n  - type: debate\n    title: T\n    for: [{id: a, title: T, text: %s}]\n    against: [{id: b, title: T, text: T}]\n",
    "prompt": "title: T\nsteps:\n  - type: reflect\n    id: a\n    prompt: %s\n",
    "title": "title: %s\nsteps:\n  - type: read\n    text: T\n",
    "objective": "title: T\nobjectives: {a: %s}\nsteps:\n  - type: read\n    text: T\n",
    "model": "title: T\nquiz:\n  questions:\n    - type: open\n      stem: S\n      rubric: [A]\n      model: %s\n",
}
TOKENS = [
    *(
        " _a",
        "_a ",
        "*a ",
        " *a",
        "**a ",
        "***",
        "_",
        "*",
        "*_",
        "*a_",
        "a*_ ",
        "a_b*c ",
        "**a*",
        "__a_ ",
    ),
    *(
        "[",
        "]",
        "](",
        "[a](",
        "[a](b",
        "[a](b) ",
        "[a](http://b.c) ",
        "![a](b) ",
        "[[",
        "]]",
        "[a]",
        "![",
        "[a](<",
        "]: ",
    ),
    *(
        "[a](term:b) ",
        "[a](quote:b) ",
        "[a](claim:b) ",
        "[a](quote:",
        "[a](javascript:b) ",
        "<http://a.b> ",
        "<a",
        "<",
        "<a ",
        "</a>",
        "<!--",
        "<?",
    ),
    *(
        "`",
        "``a`",
        "`a` ",
        "`a ``b ",
        "```\n",
        "~~~\n",
        "``` `\n",
        "~",
        "~~a~~ ",
        "~~a ",
        "\\",
        "\\*",
        "\\`",
        "&amp;",
        "&",
        "&#1",
        "&a",
    ),
    *(
        "- a\n",
        "- ",
        "  - a\n",
        "1. a\n",
        "@. a\n",
        "> ",
        "> a\n",
        ">",
        "# a\n",
        "#",
        "#### a\n",
        "===\n",
        "---\n",
        "a\n===\n",
        "* * *\n",
        "    a\n",
        "\ta\n",
    ),
    *(
        "|a|b|\n",
        "|",
        "a|b\n-|-\n",
        "|-|-|\n",
        "| \\| ",
        "|`|",
        "\n",
        "\n\n",
        " \n",
        "  \n",
        "a  \n",
        "a\\\n",
        " ",
        "\t",
        "a ",
        "a",
        "a.",
        "a. ",
        "A. b ",
        "a\n\n",
    ),
    *(
        "{{a}} ",
        "{{a",
        "{{",
        "}}",
        "{a} ",
        "{{a|b}} ",
        "{{a|",
        "|b",
        "{{ @ }} ",
        "{",
        "}",
        "$a$ ",
        "$$",
        "\\(a\\) ",
        "%",
        "=a ",
        "->",
    ),
    *(
        "1",
        "1,",
        "1.",
        "1 ",
        "1/",
        "1e",
        "½",
        "10^",
        "²",
        "-",
        "--",
        "+",
        "10^3 ",
        "1,000,",
        "m/s ",
        "/",
        "·",
        "a/",
        "met",
        "(",
        ")",
        "''",
        '"',
        "“a” ",
    ),
    *(
        "é",
        "e\u0301",
        "\u0301",
        "\u200b",
        "\u202e",
        "🙂",
        "👨‍👩‍👧",
        "\ue000",
        "\ue0001\ue001",
        "\ufeff",
        "ﬃ",
        "ａ",
        "İ",
        "ß",
        "中",
        "\x07",
        "\x1b[31m",
        "\x85",
    ),
    *(
        "and ",
        ", and ",
        "or ",
        "not ",
        "NOT ",
        "if a, ",
        "must ",
        "always ",
        "all of the above ",
        "said a. ",
        "because ",
        "lesson @ ",
        "a-",
        "a'b'",
        "don't ",
        "http://a.b ",
        "see above ",
    ),
]
PAIRS = [
    ("[", "]"),
    ("*", "_"),
    ("_a ", "b_ "),
    ("{{", "}}"),
    ("> ", "- "),
    ("`", "``"),
    ("**a ", "b** "),
    ("[a](", ")"),
    ("<", ">"),
    ("(", ")"),
    ("- ", "a"),
    ("[", "](a)"),
    ("*a ", "b* "),
    ("*a **b ", "c** d* "),
]


def in_text(field: str, text: str) -> bytes:
    return (IN_TEXTS[field] % json.dumps(text, ensure_ascii=False)).encode("utf-8", "surrogatepass")


def _texts() -> list[Shape]:
    made = []
    for field, token in product(IN_TEXTS, TOKENS):
        made.append(
            Shape(
                f"{field} {token!r}",
                READ,
                lambda size, f=field, t=token: in_text(f, repeated(t, size)),
            )
        )
    for field, (one, other) in product(IN_TEXTS, PAIRS):
        made.append(
            Shape(
                f"{field} {one!r}, {other!r}",
                READ,
                lambda size, f=field, o=one, p=other: in_text(
                    f, repeated(o, size // 2) + repeated(p, size // 2)
                ),
            )
        )
    return made


Q = "title: T\nquiz:\n  questions:\n"
ENTRIES = {
    "options": (
        Q
        + "    - type: multiple\n      stem: S\n      options:\n        - {text: A, correct: true}\n",
        "        - {text: Option @}\n",
    ),
    "options alike": (
        Q
        + "    - type: multiple\n      stem: S\n      options:\n        - {text: A, correct: true}\n",
        "        - {text: B}\n",
    ),
    "options right": (
        Q + "    - type: multiple\n      stem: S\n      options:\n        - {text: A}\n",
        "        - {text: Option @, correct: true, feedback: Because}\n",
    ),
    "answers": (Q + "    - type: text\n      stem: S\n      answers:\n", "        - answer @\n"),
    "answers alike": (Q + "    - type: text\n      stem: S\n      answers:\n", "        - a\n"),
    "text mistakes": (
        Q + "    - type: text\n      stem: S\n      answers: [a]\n      mistakes:\n",
        "        - {answer: b@, feedback: No}\n",
    ),
    "begins": (
        Q + "    - type: text\n      stem: S\n      answers: [a]\n      may_begin_with:\n",
        "        - b@\n",
    ),
    "number mistakes": (
        Q + "    - type: number\n      stem: S\n      answer: 1\n      mistakes:\n",
        "        - {answer: 2@, feedback: No}\n",
    ),
    "items": (Q + "    - type: order\n      stem: S\n      items:\n", "        - Item @\n"),
    "items alike": (Q + "    - type: order\n      stem: S\n      items:\n", "        - a\n"),
    "pairs": (
        Q + "    - type: match\n      stem: S\n      pairs:\n",
        "        - {left: a@, right: b@}\n",
    ),
    "pairs of one": (
        Q + "    - type: match\n      stem: S\n      pairs:\n",
        "        - {left: a@, right: b}\n",
    ),
    "distractors": (
        Q
        + "    - type: match\n      stem: S\n      pairs: [{left: a, right: b}, {left: c, right: d}]\n      distractors:\n",
        "        - e@\n",
    ),
    "groups": (Q + "    - type: sort\n      stem: S\n      groups:\n", "        g@: [i@]\n"),
    "group items": (
        Q + "    - type: sort\n      stem: S\n      groups:\n        B: [c]\n        A:\n",
        "          - i@\n",
    ),
    "gap feedback": (
        Q + "    - type: gaps\n      stem: S\n      text: a {{b}}\n      feedback:\n",
        "        - f@\n",
    ),
    "bank": (
        Q + "    - type: gaps\n      stem: S\n      text: a {{b}}\n      bank:\n",
        "        - f@\n",
    ),
    "hints": (
        Q + "    - type: true_false\n      stem: S\n      answer: true\n      hints:\n",
        "        - h@\n",
    ),
    "claims": (
        Q + "    - type: true_false\n      stem: S\n      answer: true\n      claims:\n",
        "        - c@\n",
    ),
    "allow": ("title: T\nsteps: [{type: read, text: T}]\nallow:\n", "  rule-@: reason\n"),
    "rubric": (Q + "    - type: open\n      stem: S\n      rubric:\n", "        - r@\n"),
    "questions": (Q, "    - {type: true_false, stem: Statement @ holds, answer: true}\n"),
    "questions alike": (Q, "    - {type: true_false, stem: S, answer: true}\n"),
    "choices": (
        Q,
        "    - {type: choice, stem: Which is it @?, options: [{text: A, correct: true}, {text: B}]}\n",
    ),
    "choices of a stem": (
        Q,
        "    - {type: choice, stem: Which is it?, options: [{text: A @, correct: true}, {text: B}]}\n",
    ),
    "one id": (Q, "    - {type: true_false, id: a, stem: S, answer: true}\n"),
    "faulty questions": (Q, "    - {type: true_false, stme: S, answer: yess}\n"),
    "typeless": (Q, "    - {stem: S}\n"),
    "wrong types": (Q, "    - {type: chioce, stem: S, answer: a}\n"),
    "texts for questions": (Q, "    - a\n"),
    "empty questions": (Q, "    - {}\n"),
    "nulls": (Q, "    -\n"),
    "unknown keys": ("title: T\n", "k@: v\n"),
    "unknown keys in a question": (Q + "    - type: open\n      stem: S\n", "      k@: v\n"),
    "same keys": ("title: T\n", "title: v\n"),
    "reads": ("title: T\nsteps:\n", "  - {type: read, text: Text @}\n"),
    "reads alike": ("title: T\nsteps:\n", "  - {type: read, text: T}\n"),
    "faulty reads": ("title: T\nsteps:\n", "  - {type: read, tetx: T}\n"),
    "objectives": ("title: T\nsteps: [{type: read, text: T}]\nobjectives:\n", "  o@: Say @\n"),
    "rows": (
        "title: T\nsteps:\n  - type: compare\n    title: T\n    columns: [A, B]\n    rows:\n",
        "      - {label: L@, cells: [C, D]}\n",
    ),
    "columns": (
        "title: T\nsteps:\n  - type: compare\n    title: T\n    rows: [{label: A, cells: [C]}]\n    columns:\n",
        "      - C@\n",
    ),
    "events": (
        "title: T\nsteps:\n  - type: timeline\n    title: A\n    scales:\n      - zero: now\n        events:\n",
        "          - {at: @, text: Event}\n",
    ),
    "scales": (
        "title: T\nsteps:\n  - type: timeline\n    title: A\n    scales:\n",
        "      - {zero: now, events: [{at: @, text: Event}]}\n",
    ),
    "arguments": (
        "title: T\nsteps:\n  - type: debate\n    title: A\n    against: [{id: b, title: T, text: T}]\n    for:\n",
        "      - {id: a@, title: T@, text: T, same_issue: [b]}\n",
    ),
    "figure": (
        "title: T\nsteps:\n  - type: figure\n    title: A\n    plot: bar\n    unit: u\n    data:\n",
        "      - {label: L@, value: @}\n",
    ),
    "reflect": (
        "title: T\nsteps:\n  - type: reflect\n    id: a\n    prompt: P\n    choices:\n",
        "      - C@\n",
    ),
    "gaps questions": (Q, "    - {type: gaps, stem: Fill @, text: 'a {{b}} c'}\n"),
    "texts": (Q, "    - {type: text, stem: What @?, answers: [a@, b]}\n"),
    "numbers": (Q, "    - {type: number, stem: What @?, answer: @, unit: km}\n"),
    "orders": (Q, "    - {type: order, stem: What @?, items: [a, b, c]}\n"),
    "opens": (Q, "    - {type: open, stem: Why @?, rubric: [a, b]}\n"),
    "same words": (
        Q,
        "    - type: choice\n      stem: Why does the tide rise twice a day in harbors @?\n      options: [{text: The moon pulls the sea, correct: true}, {text: The wind pushes the sea}, {text: The sun warms the sea}]\n",
    ),
}
RAW = [
    *(
        '"\n',
        "'\n",
        '"a',
        "'a",
        "*a\n",
        "&a ",
        "&a\n",
        "!a ",
        "!\n",
        "- \n",
        "-\n",
        "- - ",
        "? ",
        "?\n",
        ": ",
        ":\n",
        "a: ",
        "a: b\n",
        "a:\n",
        "  a:\n",
        "{",
        "}",
        "[",
        "]",
        "[a, ",
        "{a: ",
        "[]\n",
        "{}\n",
    ),
    *(
        "|\n",
        ">\n",
        "a: |\n",
        "a: >\n",
        "#\n",
        "# a\n",
        " #",
        "%",
        "%YAML 1.2\n",
        "---\n",
        "...\n",
        "--- a\n",
        "\t",
        "\ta\n",
        " ",
        "\n",
        "\r",
        "\r\n",
        "\x85",
        "\u2028",
        "\x00",
        "\x07",
        "\ufeff",
        "@\n",
        "`\n",
        ",",
        "a, ",
        "<<: *a\n",
    ),
    *(
        "  - type: read\n",
        "  - type: open\n    stem: a: b\n",
        "- a: b\n  c\n",
        "- a:b\n",
        "-a\n",
        "a:b\n",
        "a : b\n",
        "a #b\n",
        "title: a #b\n",
        "  text: a: b\n",
        '- text: "a" b\n',
        "k: 'it's'\n",
        'k: "a"b"\n',
        "k: C:\\a\n",
        "k: [a\n",
        "k: {a\n",
        "k: &a b\n",
        "k: *b\n",
        "k: !c d\n",
        "k: @a\n",
        "k: `a`\n",
        "k: %a\n",
        "k: - a\n",
        "k: |a\n",
        "k: >a\n",
        "- |\n",
        "k: ? a\n",
    ),
    *(
        "    - type: open\n      id: x@\n",
        "    - type: choice\n      stem: Which?\n      options:\n      - a\n",
        "      - text: a\n      correct: true\n",
        "        - text: a\n        feedback: b\n",
        "a\n",
        "  a\n",
        "title\n",
        "steps\n",
        "steps:\n",
        "quiz:\n",
        "é\n",
        "🙂",
        "\xa0",
        "“a”: b\n",
        "1. a\n",
        "* a\n",
        "- a\n",
        "+ a\n",
    ),
]
RAW_HEADS = {
    "": "",
    "title": "title: T\n",
    "steps": "title: T\nsteps:\n",
    "questions": Q,
    "text": "title: T\nsteps:\n  - type: read\n    text: ",
    "block": "title: T\nsteps:\n  - type: read\n    text: |\n",
    "options": Q + "    - type: choice\n      stem: S\n      options:\n",
}


def _entries() -> list[Shape]:
    return [
        Shape(f"{name}", LESSON, lambda size, h=head, e=entry: (h + repeated(e, size)).encode())
        for name, (head, entry) in ENTRIES.items()
    ]


def _raw() -> list[Shape]:
    return [
        Shape(
            f"raw after {name} {token!r}",
            LESSON,
            lambda size, h=RAW_HEADS[name], t=token: (h + repeated(t, size)).encode(),
        )
        for name, token in product(RAW_HEADS, RAW)
    ] + [
        Shape(
            f"raw {one!r}, {other!r}",
            LESSON,
            lambda size, o=one, p=other: (
                Q + repeated(o, size // 2) + repeated(p, size // 2)
            ).encode(),
        )
        for one, other in [
            ("[", "]"),
            ("{a: ", "}"),
            ("- ", "a\n"),
            ("    - [", "]\n"),
            ('"', "a"),
            ("  ", "a: b\n"),
        ]
    ]


COURSE = {
    "lessons": ("title: T\nid: t\nlessons:\n", "  - l@.yaml\n"),
    "the same lesson": ("title: T\nid: t\nlessons:\n", "  - lesson.yaml\n"),
    "either": ("title: T\nid: t\nlessons:\n", "  - either: [lesson.yaml, l@.yaml]\n"),
    "sources": ("title: T\nid: t\nlessons: [lesson.yaml]\nsources:\n", "  - s@.yaml\n"),
    "glossary": ("title: T\nid: t\nlessons: [lesson.yaml]\nglossary:\n", "  term@: It means @\n"),
    "glossary alike": ("title: T\nid: t\nlessons: [lesson.yaml]\nglossary:\n", "  tide: a\n"),
    "glossary links": (
        "title: T\nid: t\nlessons: [lesson.yaml]\nglossary:\n",
        "  term@: See [a](term:term@)\n",
    ),
    "paths": ("title: T\nid: t\nlessons: [lesson.yaml]\npaths:\n", "  p@: [lesson.yaml]\n"),
    "a path": ("title: T\nid: t\nlessons: [lesson.yaml]\npaths:\n  p:\n", "    - lesson.yaml\n"),
    "summary": ("title: T\nid: t\nlessons: [lesson.yaml]\nsummary: ", "a"),
    "one term": ("title: T\nid: t\nlessons: [lesson.yaml]\nglossary:\n  tide: ", "_a "),
    "allow": ("title: T\nid: t\nlessons: [lesson.yaml]\nallow:\n", "  r@: a\n"),
    "unknown": ("title: T\nid: t\nlessons: [lesson.yaml]\n", "a@: a\n"),
    "brackets": ("title: T\nid: t\nlessons: ", "["),
    "dashes": ("title: T\nid: t\nlessons:\n", "- \n"),
    "folders up": ("title: T\nid: t\nlessons:\n", "  - ../"),
}
SOURCE_HEAD = "id: s\ntitle: T\nrole: law\nspeakers: {ann: {name: Ann}}\n"
SOURCE = {
    "claims": (
        SOURCE_HEAD + "claims:\n",
        "  - {id: c@, speaker: ann, quote: The tide rises, paragraph: 1}\n",
    ),
    "claims alike": (SOURCE_HEAD + "claims:\n", "  - {id: c, speaker: ann, quote: a}\n"),
    "claims by id": (SOURCE_HEAD + "claims:\n", "  c@: {speaker: ann, quote: The tide rises}\n"),
    "faulty claims": (SOURCE_HEAD + "claims:\n", "  - {di: c@}\n"),
    "speakers": ("id: s\ntitle: T\nclaims: []\nspeakers:\n", "  a@: {name: A@}\n"),
    "loaded": (SOURCE_HEAD + "claims: []\nloaded:\n", "  l@: [a@, b]\n"),
    "loaded words": (SOURCE_HEAD + "claims: []\nloaded:\n", "  - l@\n"),
    "quote": (SOURCE_HEAD + "claims:\n  - {id: a, quote: ", "_a "),
    "unknown": (SOURCE_HEAD + "claims: []\n", "a@: a\n"),
}


def _around() -> list[Shape]:
    return [
        Shape(
            f"{reader} {name}",
            (reader,),
            lambda size, h=head, e=entry: (h + repeated(e, size)).encode(),
        )
        for reader, table in (("course.yaml", COURSE), ("source", SOURCE))
        for name, (head, entry) in table.items()
    ]


GIFT_HEADS = {
    "": ("", ""),
    "stem": ("Is it ", "{T}\n"),
    "answers": ("What?{", "}\n"),
    "short": ("What?{=a ", "}\n"),
    "name": ("::", ":: What?{=a}\n"),
    "tail": ("It is {=a} or ", "\n"),
    "choice": ("What?{=a ~b ", "}"),
    "pairs": ("What?{=a->b ", "}"),
    "number": ("What?{#", "}"),
    "told": ("What?{=a#", "}"),
    "comment": ("//", "\nWhat?{=a}\n"),
    "category": ("$CATEGORY: ", "\n\nWhat?{=a}\n"),
    "html": ("[html]", "{T}\n"),
    "markdown": ("[markdown]", "{T}\n"),
    "general": ("What?{=a####", "}\n"),
}
GIFT = [
    *(
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        ":",
        "::",
        "\\",
        "\\{",
        "\\\\",
        "//",
        "//\n",
        "->",
        "%50%",
        "~%50%a ",
        "%",
        "=a ",
        "=a@ ",
        "~a ",
        "~a@ ",
        "~=a ",
        "=a->b ",
        "=a@->b@ ",
        "=%50%a#b ",
        "[html]",
        "[id:a]",
        "[tag:@]",
        "$CATEGORY: a\n\n",
        "1..2 ",
        "=1:2 ",
        "{=a}\n\n",
        "a{T}\n\n",
        "a@{T}\n\n",
        "\n",
        "\n\n",
        " ",
        "a",
        "a ",
        "*",
        "T",
        "<b>",
        "</b>",
        "<b",
        "<",
        "&lt;",
        "&",
        "<p>",
        "<ul><li>",
        '<img src="a">',
        '<a href="b">',
        "<a href=",
        "<!--",
        "_a ",
        "`",
        "[",
        "[a](b) ",
        "*a",
        "é",
    ),
    "::q@:: What is it? {=one =two ~three}\n\n",
    "What is it? {=one ~two ~three}\n\n",
    "What? {=a -> b =c -> d}\n\n",
    "What? {#1:2}\n\n",
    "a@{=b~c~d~e~f~g~h~i~j~k~l~m~n~o}\n\n",
    "a@{#=1=2=3=4=5=6=7=8=9=10=11=12}\n\n",
    "Why? {}\n\n",
    "It is {=a} here.\n\n",
    "A text.\n\n",
    "Bad {\n\n",
    "a {=a} {=b}\n\n",
    "// [tag:t@]\nWhat? {T}\n\n",
    "$CATEGORY: c@\n\nWhat? {T}\n\n",
    "What? {~%-50%a ~%100%b}\n\n",
    "What? {=*a*}\n\n",
]


def _gift() -> list[Shape]:
    return [
        Shape(
            f"gift {name} {token!r}",
            ("import gift",),
            lambda size, h=GIFT_HEADS[name], t=token: (h[0] + repeated(t, size) + h[1]).encode(),
        )
        for name, token in product(GIFT_HEADS, GIFT)
    ]


X = '<?xml version="1.0"?><quiz>'
A = '<question type="shortanswer"><name><text>n</text></name><questiontext format="html"><text>%s</text></questiontext><answer fraction="100"><text>a</text></answer></question>'
BEFORE, BEHIND = A.split("%s")
XML_HEADS = {
    "": ("", ""),
    "quiz": (X, "</quiz>"),
    "stem": (X + BEFORE + "<![CDATA[", "]]>" + BEHIND + "</quiz>"),
    "bare stem": (X + BEFORE, BEHIND + "</quiz>"),
    "markdown": (
        X + BEFORE.replace('"html"', '"markdown"') + "<![CDATA[",
        "]]>" + BEHIND + "</quiz>",
    ),
    "cloze": (
        X
        + '<question type="cloze"><name><text>n</text></name><questiontext format="html"><text><![CDATA[',
        "]]></text></questiontext></question></quiz>",
    ),
    "answers": (
        X
        + '<question type="multichoice"><name><text>n</text></name><questiontext><text>s</text></questiontext><single>false</single>',
        "</question></quiz>",
    ),
    "question": (
        X
        + '<question type="matching"><name><text>n</text></name><questiontext><text>s</text></questiontext>',
        "</question></quiz>",
    ),
    "number": (
        X
        + '<question type="numerical"><name><text>n</text></name><questiontext><text>s</text></questiontext><answer fraction="100"><text>',
        "</text></answer></question></quiz>",
    ),
    "attribute": (X + '<question type="', '"></question></quiz>'),
}
XML = [
    *(
        "<",
        ">",
        "<a>",
        "</a>",
        "<a/>",
        "<a ",
        "<a b='c'>",
        "&amp;",
        "&a;",
        "&#1;",
        "&",
        "<!--",
        "<!-- -->",
        "<![CDATA[",
        "]]>",
        "<?a?>",
        "<?",
        "<!DOCTYPE a>",
        "\n",
        " ",
        "a",
        "a ",
        "*",
        "_a ",
        "`",
        "[",
        "[a](b) ",
        "\\",
        "é",
        "\x07",
        "1",
        "1,",
        "{",
        "}",
        "{1:SA:=a} ",
        "{1:SA:",
        "{1:MC:=a~b} ",
        "{1:NM:=1:2} ",
        "{:SA:=@} ",
        "~",
        "#",
        "%50%",
        "{1:MC:=a~b#c~%50%d}",
    ),
    *(
        "<p>",
        "</p>",
        "<p>a</p>",
        "<b>",
        "<b>a</b>",
        "</b>",
        "<i>a",
        "<ul><li>a",
        "<ul>",
        "<li>a</li>",
        "<ol><li>",
        "</ul>",
        "<br>",
        "<pre>",
        "<code>a</code>",
        "<table><tr><td>a</td></tr></table>",
        "<td>a",
        '<a href="b">c</a>',
        '<a href="b">',
        '<img src="a" alt="b">',
        "<img src=",
        "<a href='",
        "<!-- a",
        "<h1>a</h1>",
        "<blockquote>",
        "<script>",
        "<div>",
        "<span>a</span>",
        "<sup>a</sup>",
    ),
    *(
        '<answer fraction="100"><text>a@</text></answer>',
        '<answer fraction="0"><text>b</text><feedback><text>c</text></feedback></answer>',
        "<subquestion><text>l@</text><answer><text>r@</text></answer></subquestion>",
        "<hint><text>h@</text></hint>",
        "<tags><tag><text>t@</text></tag></tags>",
        "<text>a</text>",
        "<question>",
        '<question type="essay"><questiontext><text>why</text></questiontext></question>',
        '<question type="essay"><name><text>n@</text></name><questiontext><text>why @</text></questiontext></question>',
        '<question type="a@"/>',
        '<question type="category"><category><text>a/b@</text></category></question>',
    ),
    A % "what @",
    A % "what",
    '<question type="truefalse"><questiontext><text>s @</text></questiontext><answer fraction="100"><text>true</text></answer></question>',
]


def _xml() -> list[Shape]:
    return [
        Shape(
            f"xml {name} {token!r}",
            ("import moodle-xml",),
            lambda size, h=XML_HEADS[name], t=token: (h[0] + repeated(t, size) + h[1]).encode(),
        )
        for name, token in product(XML_HEADS, XML)
    ]


SHAPES = [*_texts(), *_entries(), *_raw(), *_around(), *_gift(), *_xml()]


def random_shape(chance: random.Random) -> Shape:
    """A shape that nobody thought of: small things one after another, nested, or with more before."""
    pieces = [chance.choice(TOKENS + RAW + GIFT + XML)[:12] for _ in range(chance.randint(1, 3))]
    token = "".join(pieces)
    at = chance.randrange(len(token) + 1)
    token = token[:at] + chance.choice("*_[](){}<>`~#:=|\\\"'-& \n@") + token[at:]
    how = chance.choice(("repeated", "nested", "before", "behind"))

    def body(size: int) -> str:
        half = repeated(token, size // 2)
        match how:
            case "nested":
                return half + repeated(token[::-1], size // 2)
            case "before":
                return half + repeated(pieces[0], size // 2)
            case "behind":
                return repeated(pieces[-1], size // 2) + half
            case _:
                return repeated(token, size)

    name = f"{how} {token!r}"
    field, head = chance.choice(list(IN_TEXTS)), chance.choice(list(RAW_HEADS))
    gift, xml = chance.choice(list(GIFT_HEADS.values())), chance.choice(list(XML_HEADS.values()))
    return chance.choice(
        (
            Shape(f"{field} {name}", READ, lambda size: in_text(field, body(size))),
            Shape(f"raw {name}", LESSON, lambda size: (RAW_HEADS[head] + body(size)).encode()),
            Shape(f"gift {name}", ("import gift",), lambda size: body(size).join(gift).encode()),
            Shape(
                f"xml {name}", ("import moodle-xml",), lambda size: body(size).join(xml).encode()
            ),
        )
    )
