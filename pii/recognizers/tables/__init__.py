"""Tables (表格): what only the heading of its column names, read row by row as a form."""
