"""Getting pages from elsewhere: only from hosts on the allow-list, only public ones, only so much and so long."""
