"""Where documents are worked on: supervised processes, so that a hostile report loses only itself."""
