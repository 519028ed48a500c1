"""News in, an RDF graph out."""
