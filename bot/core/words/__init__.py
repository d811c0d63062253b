"""Reading and writing text: typed lines, the grammar of commands, numbers and lists in sentences."""
