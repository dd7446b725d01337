"""Paper: figures in, bytes out; the only door to ReportLab."""
