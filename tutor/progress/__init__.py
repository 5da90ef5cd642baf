"""How far a learner has come: figures from the records, and pictures of them in characters."""
