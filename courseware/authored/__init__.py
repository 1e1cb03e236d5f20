"""What an author wrote, as text with places and then as models; what does not fit is said in their words."""
