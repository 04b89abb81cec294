/** Language of a text, ISO 639-1, "und" when it cannot be told. */
import { detect } from 'tinyld';

export function detectLanguage(text: string): string {
  return detect(text.slice(0, 2000)) || 'und';
}
