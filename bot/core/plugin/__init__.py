"""What plugins declare, and what their handlers see."""
