"""Mended texts of a recap, from a pad or from mail: what they change is proposed, and taken by `#recap accept`."""
