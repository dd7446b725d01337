"""The doors to this computer: its keychain, its settings, its reports of mistakes."""
