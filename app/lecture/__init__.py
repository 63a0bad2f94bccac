"""The lecture's slides, as data: letters, titles, what each shows, and what there is to open. No Qt."""
