"""What is kept, and every line of SQL: tables, the database, and questions named in the domain's words."""
