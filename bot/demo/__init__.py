"""A session of Tidepool, an invented project, and its configuration: what `gatherbot demo` plays."""
