"""The insights' HTML: fragments that other pages show by address, each a whole page for a browser without JS."""
