/** A temporary folder for scenario files and what running them leaves, for tests. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export class ScenarioFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'hnv-scenario-test-'));
  readonly out = this.in('out');

  in(name: string): string {
    return path.join(this.path, name);
  }

  /** Writes `text` as the scenario file; returns its path. */
  write(text: string): string {
    const file = this.in('scenario.yaml');
    writeFileSync(file, text);
    return file;
  }

  /** Writes a scenario with these steps, the first on line 3. */
  steps(...lines: readonly string[]): string {
    return this.write(['scenario: A test', 'steps:', ...lines, ''].join('\n'));
  }

  json(name: string): unknown {
    return JSON.parse(readFileSync(path.join(this.out, name), 'utf8'));
  }

  /** Every file of an output folder, by name. */
  contents(folder = this.out): Readonly<Record<string, Buffer>> {
    return Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(path.join(folder, name))]));
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
