"""Every module has its room: imports run in no circle, and no room is crowded."""

from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp

import tutor

MOST = 15
"""How many modules a folder holds before a reader cannot take them in at a glance."""


def circle_in(imports: dict[str, set[str]]) -> list[str]:
    """Modules of which each imports the one before it, the first the last; empty for none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_imports_run_in_no_circle() -> None:
    graph = grimp.build_graph("tutor", cache_dir=None)
    imports = {one: graph.find_modules_directly_imported_by(one) for one in graph.modules}
    assert imports["tutor.cli"], "nothing was read"
    assert circle_in(imports) == []


def test_a_circle_is_found() -> None:
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) in (
        ["b", "c", "b"],
        ["c", "b", "c"],
    )


def test_no_folder_is_crowded() -> None:
    modules = [one for one in Path(tutor.__path__[0]).rglob("*.py") if one.stem != "__init__"]
    held = Counter(one.parent for one in modules)
    assert {folder.name: count for folder, count in held.items() if count > MOST} == {}


def test_the_tree_in_the_readme_names_every_room() -> None:
    house = Path(tutor.__path__[0])
    readme = (house.parent / "README.md").read_text(encoding="utf-8")
    tree = readme.partition("```text\ntutor/\n")[2].partition("```")[0]
    modules = [one.name for one in house.glob("*.py") if not one.stem.startswith("__")]
    halls = [house, house / "course", house / "classroom"]
    rooms = [f"{one.parent.name}/" for hall in halls for one in hall.glob("*/__init__.py")]
    assert "quiz/" in rooms
    assert [room for room in modules + rooms if room not in tree] == []
