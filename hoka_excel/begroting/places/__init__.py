"""Where everything of a begroting stands: named rectangles on its sheets."""
