"""Whether the archive of the list shows what was sent there: a mail that the mail server took is not posted yet."""
