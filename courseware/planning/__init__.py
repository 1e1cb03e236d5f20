"""The parts of a plan: questions, scripts, citations, pictures, and the room that answers take."""
