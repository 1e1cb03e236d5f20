"""What a school sees and does: its people and their accounts, who stands where, what each answered."""
