/** Keys of entities as numbers while names are folded; numbers follow the order of arrival. */
import { countryKey } from './demonyms.js';

export class EntityNames {
  readonly keys: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** Number of the entity that a key names: its own, or its country's when it is a demonym. */
  intern(key: string): number {
    const entity = countryKey(key);
    let number = this.numbers.get(entity);
    if (number === undefined) {
      number = this.keys.length;
      this.numbers.set(entity, number);
      this.keys.push(entity);
    }
    return number;
  }
}
