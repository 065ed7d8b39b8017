"""Who is who across the collection: article-local entities to people and organisations."""
