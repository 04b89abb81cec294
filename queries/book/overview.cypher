// title: What the collection holds
// question: How many nodes of each label are there?
// column label: Label of the node; an entity of a known type counts under `Entity` and under its type.
// column nodes: Number of nodes.
// example: hopwise book run overview
MATCH (n {collection: $collection})
UNWIND labels(n) AS label
WITH label, count(*) AS nodes
WHERE label IN ['Collection', 'Document', 'Passage', 'Entity', 'Value', 'Person', 'Organisation', 'Place', 'Work', 'Event', 'Date', 'Quantity']
RETURN label, nodes
ORDER BY nodes DESC, label
