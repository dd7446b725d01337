"""The windows. Everything they show and do comes from the services of one office."""
