"""What stands beside a step: each source once, with all that it says."""

from tutor.app.widgets.margin import beside_text
from tutor.course.model.sources import Citation, Claim, Speaker

SOMEONE = Speaker(name="Someone", role="sheriff")


def said(id_: str, text: str, citation: str) -> Citation:
    claim = Claim(speaker="someone", kind="reported", text=text, citation=citation)
    return Citation(
        id=id_, claim=claim, speaker=SOMEONE, source="A source", beyond=False, briefly=""
    )


def test_a_source_is_named_once_with_all_that_it_says() -> None:
    known = {
        one.id: one
        for one in (
            said("a", "First.", "The form"),
            said("b", "Second.", "The rule"),
            said("c", "Third.", "The form"),
        )
    }
    lines = [line.plain.strip() for line in beside_text({}, list(known), known, 40)]
    assert [line for line in lines if line][1:] == [
        "The form",
        "First.",
        "Third.",
        "The rule",
        "Second.",
    ]
