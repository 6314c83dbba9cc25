/**
 * Answers of the database that stay true until one of the tables behind them is written. Every operation asks who its host, gateway device
 * or pool is again and again, and a job that changes none of them need not ask the database each time.
 *
 * An answer is kept only while no transaction has written its tables: then it is what is committed, and neither a commit nor a rollback
 * changes it. Triggers of this connection tell of every write, so nobody who writes has to; the database has one writer (OwnerLock).
 */
import type { Db } from '../database.ts';

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
  #byTable: ReadonlyMap<string, readonly Remembered[]> | undefined;
  /** Written in a transaction that may be open still. */
  readonly #unsettled = new Set<string>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Of `statement`, with its answers as they are kept: nobody may change them. */
  of<P extends readonly Parameter[], R>(statement: Reading<P, R>): Question<P, R> {
    const question = new RememberedQuestion<P, R>(statement, (tables) => this.#isSettled(tables));
    this.#questions.push(question);
    return question;
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
    this.#db.exec([...byTable.keys()].flatMap(triggersOf).join(';\n'));
  }

  #outdate(table: unknown): null {
    if (typeof table !== 'string') return null;
    this.#unsettled.add(table);
    for (const question of this.#byTable?.get(table) ?? []) question.forget();
    return null;
  }

  /** Whether what these tables hold is committed. Between two transactions everything is. */
  #isSettled(tables: readonly string[]): boolean {
    if (this.#unsettled.size === 0) return true;
    if (!this.#db.inTransaction) this.#unsettled.clear();
    return !tables.some((table) => this.#unsettled.has(table));
  }
}

class RememberedQuestion<P extends readonly Parameter[], R> implements Question<P, R>, Remembered {
  readonly #statement: Reading<P, R>;
  readonly #isSettled: (tables: readonly string[]) => boolean;
  readonly #one = new Map<Parameter, R | undefined>();
  readonly #many = new Map<Parameter, readonly R[]>();
  #tables: readonly string[] | undefined;

  constructor(statement: Reading<P, R>, isSettled: (tables: readonly string[]) => boolean) {
    this.#statement = statement;
    this.#isSettled = isSettled;
  }

  get(...parameters: P): R | undefined {
    return this.#answer(this.#one, parameters, () => this.#statement.get(...parameters));
  }

  all(...parameters: P): readonly R[] {
    return this.#answer(this.#many, parameters, () => Object.freeze(this.#statement.all(...parameters)));
  }

  keep(tablesOf: (source: string) => readonly string[]): readonly string[] {
    this.#tables = tablesOf(this.#statement.source);
    return this.#tables;
  }

  forget(): void {
    this.#one.clear();
    this.#many.clear();
  }

  #answer<A>(known: Map<Parameter, A>, parameters: P, ask: () => A): A {
    if (this.#tables === undefined) return ask();
    const [only] = parameters;
    const key = parameters.length === 1 && only !== undefined ? only : JSON.stringify(parameters);
    const kept = known.get(key);
    if (kept !== undefined || known.has(key)) return kept as A;
    const answer = ask();
    freezeRows(answer);
    if (this.#isSettled(this.#tables)) {
      if (known.size >= mostAnswers) known.clear();
      known.set(key, answer);
    }
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
