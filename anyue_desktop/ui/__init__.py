"""The window: pages, forms, editors and dialogs. It knows values and services, never tables or files."""
