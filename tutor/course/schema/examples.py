"""The smallest useful step of every type, with words that say what to write in their place."""

from typing import Any

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
    "choice": {
        "stem": "What is asked?",
        "options": [
            {"text": "The right answer", "correct": True},
            {"text": "A wrong answer", "feedback": "Why it is wrong."},
            {"text": "Another wrong answer", "feedback": "Why that is wrong."},
        ],
        "explanation": "Why the right answer is right.",
    },
    "multiple": {
        "stem": "Which of these are so?",
        "options": [
            {"text": "One that is", "correct": True},
            {"text": "Another that is", "correct": True},
            {"text": "One that is not", "feedback": "Why it is not."},
        ],
        "explanation": "What these have in common.",
    },
    "true_false": {
        "stem": "A statement.",
        "answer": True,
        "feedback": "Why it is true.",
    },
    "number": {
        "stem": "How many?",
        "answer": 48,
        "unit": "hours",
        "mistakes": [{"answer": 2, "feedback": "What went wrong there."}],
        "explanation": "How one gets there.",
    },
    "text": {
        "stem": "What is it called?",
        "answers": ["the best answer", "another that is right"],
        "explanation": "What the word means.",
    },
    "order": {
        "stem": "Put these in order, the first first.",
        "items": ["What comes first", "What comes next", "What comes last"],
        "explanation": "Why in this order.",
    },
    "match": {
        "stem": "What belongs together?",
        "pairs": [
            {"left": "One thing", "right": "What belongs to it"},
            {"left": "Another thing", "right": "What belongs to that"},
        ],
        "distractors": ["What belongs to neither"],
        "explanation": "Why they belong together.",
    },
    "gaps": {
        "stem": "Fill in the gap.",
        "text": "A sentence with a {{gap|blank}} in it.",
        "explanation": "Why this word.",
    },
    "sort": {
        "stem": "Sort these.",
        "groups": {"One group": ["A thing of it"], "Another group": ["A thing of that"]},
        "explanation": "What makes the difference.",
    },
    "open": {
        "stem": "What do you say to this?",
        "rubric": ["A point a good answer makes", "Another point"],
        "model": "An example of a good answer.",
    },
}
