"""Evidence (证据材料): files and tables that prove where items come from, in the forms in which people have them."""
