// What the collection holds
// How many nodes of each label are there?
// 'default': the collection.
MATCH (n {collection: 'default'})
UNWIND labels(n) AS label
WITH label, count(*) AS nodes
WHERE label IN ['Collection', 'Document', 'Passage', 'Entity', 'Value', 'Person', 'Organisation', 'Place', 'Work', 'Event', 'Date', 'Quantity']
RETURN label, nodes
ORDER BY nodes DESC, label;
