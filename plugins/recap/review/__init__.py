"""The maintainers' review of a recap: by a page of its own, and by `#recap edit`."""
