"""The tables, the database and all SQL: a module for each noun, with the questions that are asked of it."""
