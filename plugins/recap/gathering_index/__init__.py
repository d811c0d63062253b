"""The index of a gathering: all its recaps, where each stands, and where the list has it; for the organizers, by mail."""
