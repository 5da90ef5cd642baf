"""From files to lessons: everything that must hold for a lesson to open."""
