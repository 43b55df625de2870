"""What follows from effects: double edges, clashes, indirect help, paths, partners, gaps. Pure functions."""
