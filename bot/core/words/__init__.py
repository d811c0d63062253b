"""How words are read and written: text as typed, the grammar of commands, numbers and lists in a sentence."""
