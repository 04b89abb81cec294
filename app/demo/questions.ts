/** What `npm start` asks of the examples, with what the documents hold. */
export const QUESTIONS = [
  { evidence: 'two documents', question: 'Who designed the lighthouse that Ines Marlowe kept?' },
  {
    evidence: 'three documents',
    question: 'In which town was the designer of the lighthouse kept by Ines Marlowe born?',
  },
  { evidence: 'no document', question: 'What was the name of the dog of Anton Velde?' },
] as const;
