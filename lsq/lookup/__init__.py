"""The use case, once for the pages and the command line: a sheet's ids become its leads."""
