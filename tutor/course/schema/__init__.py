"""What a lesson file may hold: the JSON Schema, its descriptions, examples and synonyms."""
