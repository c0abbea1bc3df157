"""Work that is done apart from the pages: rows that one worker at a time takes, tries again, and never loses."""
