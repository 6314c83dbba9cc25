/** Bad input of a scenario: ends the run with exit code 2 and says where. */
export class BadInput extends Error {
  constructor(file: string, line: number | null, reason: string) {
    super(`${file}${line === null ? '' : `:${line}`}: ${reason}`);
    this.name = 'BadInput';
  }
}
