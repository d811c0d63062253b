"""The names of decisions, by which readers can object to them: `tidepool-2027-10-d7`."""


def name_of_decision(track: str, gathering: str, n: int) -> str:
    """The name of the decision that is record `n` of a track (a slug) in a gathering (a slug; empty without one).

    It has the record's number, so that no other decision that is added, dropped or moved changes it.
    """
    return "-".join(filter(None, (track, gathering, f"d{n}")))
