"""The manual: pages for controllers in Dutch, for operators and developers in English."""
