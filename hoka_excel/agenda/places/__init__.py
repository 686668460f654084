"""Where everything of a quality agenda stands: named rectangles on its sheets."""
