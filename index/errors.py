"""What can go wrong between a file and its evidence.

PolicyError
├── ReadError        a file could not be read; the message names the file and the remedy
│   └── SecretFile   a file bears a mark of state secrecy and nothing of it was kept
├── StoreError       the store could not be opened or written
│   └── StoreDamaged its file is not what was written: only a backup helps
├── NotFound         no such document or clause
└── SettingsError    a setting or a data file is wrong
"""


class PolicyError(Exception):
    """Root of every error that a user may see; the message is one line of Chinese."""


class ReadError(PolicyError):
    pass


class SecretFile(ReadError):
    pass


class StoreError(PolicyError):
    pass


class StoreDamaged(StoreError):
    pass


class NotFound(PolicyError):
    pass


class SettingsError(PolicyError):
    pass
