"""The doctor: says what is wrong with a run, with the measured number, causes before symptoms. No numba.

A diagnosis is one file here with a `DIAGNOSIS`; `docs/model.md` gives the reasons for the thresholds. `examine` holds
them all against a record.
"""
