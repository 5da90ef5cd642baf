"""The smallest useful step of every type, with words that say what to write in their place."""

from typing import Any

from tutor.course.model.questions import QUESTION_TYPES

EXAMPLES: dict[str, dict[str, Any]] = {
    "read": {"title": "A heading", "text": "What to read, in Markdown."},
    "compare": {
        "title": "What is compared?",
        "columns": ["One thing", "Another thing"],
        "rows": [{"label": "In what?", "cells": ["The one", "The other"]}],
    },
    "timeline": {
        "scales": [
            {
                "zero": "the moment that hours count from",
                "events": [
                    {"at": -48, "text": "what happens 48 hours before"},
                    {"from": 0, "to": 48, "text": "what lasts 48 hours"},
                ],
            }
        ]
    },
    "debate": {
        "for": [
            {
                "id": "short-name",
                "title": "In a word",
                "speaker": "who-says-so",
                "text": "The argument in its strongest fair form.",
                "same_issue": ["other-name"],
            }
        ],
        "against": [
            {
                "id": "other-name",
                "title": "In a word",
                "speaker": "who-says-so",
                "text": "The argument in its strongest fair form.",
                "same_issue": ["short-name"],
            }
        ],
    },
    "figure": {
        "title": "What is counted?",
        "plot": "bar",
        "unit": "things",
        "data": [{"label": "Here", "value": 3}, {"label": "There", "value": 5}],
    },
    "reflect": {
        "id": "name-used-once",
        "prompt": "What do you think, and why?",
        "choices": ["For", "Undecided", "Against"],
    },
    **{name: kind.example for name, kind in QUESTION_TYPES.items()},
}
