"""安岳民政离线台账: offline civil-affairs registers for townships and their county."""

__version__ = "0.2.0"
