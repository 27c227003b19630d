"""Documents (证件号码): what authorities issue to people, and the codes of organisations told apart from it."""
