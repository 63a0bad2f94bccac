"""The view of the babysitting checklist: its table, and what each check found."""
