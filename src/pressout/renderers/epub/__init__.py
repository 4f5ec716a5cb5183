"""EPUBs: pages, navigation, metadata and what each device asks for."""
