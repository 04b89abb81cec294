/** Text as XML, in elements and attributes alike. What XML 1.0 cannot hold becomes U+FFFD. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Replaces what no XML 1.0 document may hold. */
export function xmlText(text: string): string {
  return text.replaceAll(FORBIDDEN, '\ufffd');
}

export function escapeXml(text: string): string {
  return xmlText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}
