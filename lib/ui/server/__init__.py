"""Everything the server does besides the pages: files by signed links, and limits on requests."""
