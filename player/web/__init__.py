"""The two hosts: blueprints that parse, call and render."""
