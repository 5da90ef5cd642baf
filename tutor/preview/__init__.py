"""What is being written, read anew at every save and tried by a learner who leaves no trace."""

from tutor.preview.authored_course import AuthoredCourse, Edit
from tutor.preview.preview_study import PreviewStudy

__all__ = ["AuthoredCourse", "Edit", "PreviewStudy"]
