"""The guide's table of rules, made from their docstrings: `python -m tests.rules` rewrites it."""

from pathlib import Path

from tutor.course.lint.registry import WARNING_NAMES, explanations

GUIDE = Path(__file__).parents[1] / "lessons" / "README.md"
BEGIN, END = "<!-- rules -->\n", "<!-- /rules -->"


def table() -> str:
    """The warnings that can be allowed, each with what it asks."""
    rows = [
        f"| `{name}` | {' '.join(told.text.partition(chr(10) * 2)[0].split())} |"
        for name, told in explanations().items()
        if name in WARNING_NAMES
    ]
    return "\n".join(["| rule | what it asks |", "| --- | --- |", *rows]) + "\n"


def written() -> str:
    """What the guide has between its marks."""
    return GUIDE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]


def rewrite() -> None:
    """Put the table into the guide."""
    before, _, rest = GUIDE.read_text("utf-8").partition(BEGIN)
    GUIDE.write_text(f"{before}{BEGIN}{table()}{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
