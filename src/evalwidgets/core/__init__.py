"""Values and rules: rubric, task, review, gold, check, feedback, session.

Standard library and pydantic only: no files, no pandas, no widgets. The arrows
of the whole house end here.
"""
