"""Backends for Ralph, a Learning Record Store: its files, made to take more than one request.

Ralph's own file backend refuses to write to a file that is there already, so it takes the first
request alone. A store that is killed may leave half a line; a database cuts that off when it
starts, and so does this.
"""

from typing import Any

from ralph.backends.data.base import BaseOperationType
from ralph.backends.lrs.fs import FSLRSBackend


class AppendingFiles(FSLRSBackend):
    """Statements in one file, a line each, at whose end new ones are put."""

    name = "appending"
    default_operation_type = BaseOperationType.APPEND

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.default_directory / self.settings.DEFAULT_LRS_FILE
        if file.exists():
            content = file.read_bytes()
            file.write_bytes(content[: content.rfind(b"\n") + 1])

    def append_to_history(self, event: Any) -> None:
        """Keep no history: a program that is killed would leave half of that as well."""


class FindingFiles(AppendingFiles):
    """The same, made to find statements by their verb and their activity.

    Ralph's own compares a text with an object of another class, and finds none.
    """

    name = "finding"

    def query_statements(self, params: Any, target: str | None = None) -> Any:
        for part in ("verb", "activity"):
            value = getattr(params, part, None)
            setattr(params, part, value if value is None else str(value.root))
        return super().query_statements(params, target)
