"""Labs: pages that look inside one idea of the lecture, beside the laboratory where whole networks train.

A lab is one module here with a `SPEC`; the window finds it by itself.
"""
