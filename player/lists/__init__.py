"""Lists of people and of training that schools send: bytes in, rows and problems out. Pure."""
