"""What a saved script asks for, unit by unit, and what has become of each."""
