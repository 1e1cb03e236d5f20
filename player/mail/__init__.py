"""E-mails: written from templates, kept as rows, handed to the mail server at most once."""
