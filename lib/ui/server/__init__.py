"""What the server does beside the pages: files by signed links, and limits on who may ask."""
