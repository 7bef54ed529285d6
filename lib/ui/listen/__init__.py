"""The page Listen: a listening test as a listener sees it."""
