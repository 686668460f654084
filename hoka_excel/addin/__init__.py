"""The Excel add-in (Windows, Mac, web): functions, macros and a task pane, served by xlwings-server."""
