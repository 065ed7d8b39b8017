"""Records stored and found: records, queries and the engines that answer them."""
