/** Which lab fills the database. */
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';

export interface OpenedLab {
  readonly name: string;
  readonly seed: number;
  readonly openedAt: string;
}

export class LabRecord {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  get(): OpenedLab | undefined {
    return this.#statements.get.get();
  }

  set(lab: OpenedLab): void {
    this.#statements.insert.run(lab);
  }

  /** Neither a lab nor anything made by hand. */
  get inventoryIsEmpty(): boolean {
    return this.#statements.content.get()?.present !== 1;
  }
}

function prepare(db: Db, answers: Answers) {
  return {
    get: answers.of(db.prepare<[], OpenedLab>('SELECT name, seed, opened_at AS openedAt FROM lab')),
    insert: db.prepare('INSERT INTO lab (id, name, seed, opened_at) VALUES (1, @name, @seed, @openedAt)'),
    // Everything else hangs on one of these.
    content: db.prepare<[], { present: number }>(`
      SELECT EXISTS (SELECT 1 FROM lab) OR EXISTS (SELECT 1 FROM host_group) OR EXISTS (SELECT 1 FROM logical_network)
        OR EXISTS (SELECT 1 FROM run_as_account) OR EXISTS (SELECT 1 FROM external_host) AS present`),
  };
}
