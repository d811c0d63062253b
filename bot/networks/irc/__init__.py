"""IRC: our own connection on the irctokens parser."""
