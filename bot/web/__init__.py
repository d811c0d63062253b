"""Serves the pages that plugins declare; knows no feature, and is loaded only where pages are configured."""
