"""The interactive map: one offline HTML file."""
