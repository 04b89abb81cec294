/** Numbers of what Neo4j knows by text, within a view. */
export class ViewNumbers {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  of(text: string): number {
    let number = this.numbers.get(text);
    if (number === undefined) {
      number = this.texts.length;
      this.numbers.set(text, number);
      this.texts.push(text);
    }
    return number;
  }

  text(number: number): string {
    return this.texts[number]!;
  }
}
