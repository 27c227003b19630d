"""Contact (联系方式): telephones, mail and postal addresses, and numbers beside a name."""
