"""Paper: figures in, bytes out; the only door to ReportLab.

Here: what each paper says and in which order (`payslip`, `monitoring_return`, `timesheet`,
`letter`, `recovery_sheet`), how papers are laid out (`layout`, `tables`, `flow`, `type_scale`),
set in type (`fonts`) and written with their tags (`pdf`), and lists for spreadsheets (`exports`).

Not here: working anything out, asking a book, the clock, deciding when a paper is issued. A
function is given everything it prints, and gives the same bytes for it every time.
"""
