"""What is being written, read anew at every save and rehearsed by a learner who leaves no trace."""

from tutor.preview.manuscript import Edit, Manuscript
from tutor.preview.rehearsal import Rehearsal

__all__ = ["Edit", "Manuscript", "Rehearsal"]
