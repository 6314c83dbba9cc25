/**
 * Answers of the database that stay true until one of the tables behind them is written. Every operation asks who its host, gateway device
 * or pool is again and again, and a job that changes none of them need not ask the database each time.
 *
 * Triggers of this connection tell of every write, so nobody who writes has to; the database has one writer (OwnerLock). A rollback takes
 * writes back without a trigger: it is rare, and all answers are forgotten.
 */
import type { Db } from '../database.ts';
import { onRollback } from '../rollbacks.ts';

type Parameter = string | number;

/** A statement that only reads, as it was prepared. */
interface Reading<P extends readonly Parameter[], R> {
  readonly source: string;
  get(...parameters: P): R | undefined;
  all(...parameters: P): R[];
}

export interface Question<P extends readonly Parameter[], R> {
  get(...parameters: P): R | undefined;
  all(...parameters: P): readonly R[];
}

interface Remembered {
  /** Begins to keep answers; gives the tables that they come from. */
  keep(tablesOf: (source: string) => readonly string[]): readonly string[];
  forget(): void;
}

/** Answers of one question; more than this are of a lab so large that few of them come again. */
const mostAnswers = 1_000;

export class Answers {
  readonly #db: Db;
  readonly #questions: Remembered[] = [];
  readonly #ofRowsThatStay: { readonly table: string; readonly columns: readonly string[]; readonly kept: Pick<Kept<never, never>, 'keep' | 'forget'> }[] = [];
  #byTable: ReadonlyMap<string, readonly Remembered[]> | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Of `statement`, with its answers as they are kept: nobody may change them. */
  of<P extends readonly Parameter[], R>(statement: Reading<P, R>): Question<P, R> {
    const question = new RememberedQuestion<P, R>(statement);
    this.#questions.push(question);
    return question;
  }

  /** Gives what keeps something that is true until a row of `table` goes, or gets another value in one of `columns`; more rows change nothing. */
  whileRowsStay<K, V>(table: string, columns: readonly string[]): Kept<K, V> {
    const kept = new Kept<K, V>();
    this.#ofRowsThatStay.push({ table, columns, kept });
    return kept;
  }

  /** From now on answers are kept; before, every question goes to the database. Throws inside of a transaction: a rollback would take back the triggers, and what they never saw. */
  keep(): void {
    if (this.#byTable !== undefined || this.#db.readonly) return;
    if (this.#db.inTransaction) throw new Error('Answers cannot be kept from within a transaction');
    const tablesOf = tableFinder(this.#db);
    const byTable = new Map<string, Remembered[]>();
    for (const question of this.#questions) {
      for (const table of question.keep(tablesOf)) byTable.set(table, [...(byTable.get(table) ?? []), question]);
    }
    this.#byTable = byTable;
    this.#db.function('answers_outdated', (table: unknown) => this.#outdate(table));
    this.#db.function('answers_row_gone', (table: unknown) => this.#rowGone(table));
    this.#db.exec([...[...byTable.keys()].flatMap(triggersOf), ...this.#ofRowsThatStay.flatMap(({ table, columns }) => triggersOfGone(table, columns))].join(';\n'));
    for (const { kept } of this.#ofRowsThatStay) kept.keep();
    onRollback(this.#db, () => {
      for (const question of this.#questions) question.forget();
      for (const { kept } of this.#ofRowsThatStay) kept.forget();
    });
  }

  #outdate(table: unknown): null {
    if (typeof table === 'string') for (const question of this.#byTable?.get(table) ?? []) question.forget();
    return null;
  }

  #rowGone(table: unknown): null {
    for (const stay of this.#ofRowsThatStay) if (stay.table === table) stay.kept.forget();
    return null;
  }
}

/** Keeps nothing until the answers do. */
export class Kept<K, V> {
  readonly #values = new Map<K, V>();
  #isKeeping = false;

  get(key: K): V | undefined {
    return this.#values.get(key);
  }

  set(key: K, value: V): void {
    if (this.#values.size >= mostAnswers) this.#values.clear();
    if (this.#isKeeping) this.#values.set(key, value);
  }

  keep(): void {
    this.#isKeeping = true;
  }

  forget(): void {
    this.#values.clear();
  }
}

class RememberedQuestion<P extends readonly Parameter[], R> implements Question<P, R>, Remembered {
  readonly #statement: Reading<P, R>;
  readonly #one = new Map<Parameter, R | undefined>();
  readonly #many = new Map<Parameter, readonly R[]>();
  #isKept = false;

  constructor(statement: Reading<P, R>) {
    this.#statement = statement;
  }

  get(...parameters: P): R | undefined {
    return this.#answer(this.#one, parameters, () => this.#statement.get(...parameters));
  }

  all(...parameters: P): readonly R[] {
    return this.#answer(this.#many, parameters, () => Object.freeze(this.#statement.all(...parameters)));
  }

  keep(tablesOf: (source: string) => readonly string[]): readonly string[] {
    this.#isKept = true;
    return tablesOf(this.#statement.source);
  }

  forget(): void {
    // A map that is cleared is made anew, even when it is empty.
    if (this.#one.size > 0) this.#one.clear();
    if (this.#many.size > 0) this.#many.clear();
  }

  #answer<A>(known: Map<Parameter, A>, parameters: P, ask: () => A): A {
    if (!this.#isKept) return ask();
    const [only] = parameters;
    const key = parameters.length === 1 && only !== undefined ? only : JSON.stringify(parameters);
    const kept = known.get(key);
    if (kept !== undefined || known.has(key)) return kept as A;
    const answer = ask();
    freezeRows(answer);
    if (known.size >= mostAnswers) known.clear();
    known.set(key, answer);
    return answer;
  }
}

/** Kept rows go to many: one that is changed would lie to the next. */
function freezeRows(answer: unknown): void {
  for (const row of Array.isArray(answer) ? (answer as unknown[]) : [answer]) if (typeof row === 'object' && row !== null) Object.freeze(row);
}

/** Gives every table of which a statement opens the rows or an index, as SQLite itself plans it. */
export function tableFinder(db: Db): (source: string) => readonly string[] {
  const owners = new Map(db.prepare<[], { rootpage: number; table: string }>('SELECT rootpage, tbl_name AS "table" FROM main.sqlite_schema WHERE rootpage > 0').all().map(({ rootpage, table }) => [rootpage, table]));
  return (source) => {
    const values = Array.from({ length: source.split('?').length - 1 }, () => null);
    const opened = db
      .prepare<null[], { opcode: string; p2: number; p3: number }>(`EXPLAIN ${source}`)
      .all(...values)
      .filter(({ opcode, p3 }) => (opcode === 'OpenRead' || opcode === 'ReopenIdx') && p3 === 0);
    return [...new Set(opened.flatMap(({ p2 }) => owners.get(p2) ?? []))].sort();
  };
}

function triggersOf(table: string): readonly string[] {
  return ['INSERT', 'UPDATE', 'DELETE'].map((event) => `CREATE TEMP TRIGGER answers_${table}_${event.toLowerCase()} AFTER ${event} ON main.${table} BEGIN SELECT answers_outdated('${table}'); END`);
}

function triggersOfGone(table: string, columns: readonly string[]): readonly string[] {
  const trigger = (name: string, event: string) => `CREATE TEMP TRIGGER answers_${table}_${name} AFTER ${event} ON main.${table} BEGIN SELECT answers_row_gone('${table}'); END`;
  return [trigger('other', `UPDATE OF ${columns.join(', ')}`), trigger('gone', 'DELETE')];
}
