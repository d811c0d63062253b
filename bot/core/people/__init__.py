"""Who is who: identities as networks prove them, and which of them are one person."""
