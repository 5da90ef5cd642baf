"""The cards of a learner in the database: kept with each response, made anew, and counted."""
