"""Data files of the program: lessons, experiments, data sets, fonts, icons, translations."""
