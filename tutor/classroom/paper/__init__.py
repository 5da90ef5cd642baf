"""A test on paper: sheets printed for a class, and the answers on them entered by the teacher."""
