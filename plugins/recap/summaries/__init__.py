"""`#summary`: what stands first in its topic, recorded while the session runs."""
