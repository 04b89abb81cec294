declare module 'stopword' {
  /** One list of words under the ISO 639-3 code of each language. */
  const lists: Readonly<Record<string, readonly string[]>>;
  export default lists;
}
