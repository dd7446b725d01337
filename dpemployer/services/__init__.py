"""What a person can do: one named, audited transaction each."""
