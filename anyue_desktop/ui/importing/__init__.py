"""Taking workbooks in and giving them back."""
