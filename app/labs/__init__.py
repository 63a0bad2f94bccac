"""Labs: pages that look inside one idea of the lecture, beside the laboratory where whole networks train.

A lab is one room here whose `lab.py` has a `SPEC`; the window finds it by itself.
"""
