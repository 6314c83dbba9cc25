/** When what a job writes is committed: at the end of each of its transactions, or, in a temporary file, together with what many others write. */
import { savepointIn, transactionIn, type Db } from './database.ts';
import type { JobLogChain } from './jobLog/jobLogChain.ts';
import { rolledBack } from './rollbacks.ts';

/** So many transactions are gathered at most; each of them is half a dozen pages that the next one mostly writes again. */
const mostGathered = 1_000;

export class JobTransactions {
  readonly #db: Db;
  readonly #chain: JobLogChain;
  readonly #transaction: ReturnType<typeof transactionIn>;
  readonly #savepoint: ReturnType<typeof savepointIn>;
  readonly #statements: ReturnType<typeof prepare>;
  /** Of a temporary file, which nobody opens who needs to find there what was told to have ended. */
  readonly #gathers: boolean;
  /** Transactions that are to be committed together; 0 while none is open that gathers. */
  #gathered = 0;
  /** Whether a transaction of a job runs now, gathered or by itself. */
  #isWithin = false;

  constructor(db: Db, chain: JobLogChain, options: { readonly gathers: boolean }) {
    this.#db = db;
    this.#chain = chain;
    this.#gathers = options.gathers;
    this.#transaction = transactionIn(db);
    this.#savepoint = savepointIn(db);
    this.#statements = prepare(db);
  }

  /** Everything that `work` writes is kept, or, when it throws, nothing of it. Inside another transaction that one decides. */
  run<T>(work: () => T): T {
    if (this.#isWithin) return work();
    if (this.#gathers) return this.#gather(work);
    return this.#db.inTransaction ? work() : this.#within(() => this.#chain.within(() => this.#transaction(() => this.#chained(work))));
  }

  /** As `run`, but inside another one too nothing of it is kept when it throws. */
  whole<T>(work: () => T): T {
    return this.#isWithin || (!this.#gathers && this.#db.inTransaction) ? this.#chain.part(() => this.#savepoint(work)) : this.run(work);
  }

  /** As `run`, of a single statement, which is whole by itself. */
  statement(work: () => void): void {
    if (this.#gathers && !this.#isWithin) this.#gather(work, (statement) => { statement(); });
    else this.run(work);
  }

  /** Commits what is gathered: whoever reads the file by another connection finds all of it. False inside of a transaction. Throws what SQLite throws. */
  settle(): boolean {
    if (this.#gathered > 0 && !this.#isWithin) this.#commit();
    return !this.#db.inTransaction;
  }

  #commit(): void {
    this.#gathered = 0;
    try {
      if (!this.#db.inTransaction) return rolledBack(this.#db);
      this.#chain.flush();
      this.#statements.commit.run();
    } finally {
      this.#chain.leave();
      if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
    }
  }

  #begin(): void {
    this.#statements.begin.run();
    this.#chain.enter();
    // When the work at hand is done, and before anything else happens in this process.
    setImmediate(() => { if (this.#db.open) this.settle(); });
  }

  #gather<T>(work: () => T, whole: (work: () => T) => T = this.#savepoint): T {
    // A full disk takes everything back.
    if (this.#gathered > 0 && !this.#db.inTransaction) rolledBack(this.#db);
    if (this.#gathered === 0 || !this.#db.inTransaction) this.#begin();
    this.#gathered += 1;
    try {
      return this.#within(() => this.#chain.part(() => whole(work)));
    } finally {
      if (this.#gathered >= mostGathered) this.#commit();
    }
  }

  #within<T>(work: () => T): T {
    this.#isWithin = true;
    try {
      return work();
    } finally {
      this.#isWithin = false;
    }
  }

  /** What the jobs leave beside their rows is written at the end, many with each statement. */
  #chained<T>(work: () => T): T {
    const value = work();
    this.#chain.flush();
    return value;
  }
}

function prepare(db: Db) {
  return { begin: db.prepare('BEGIN IMMEDIATE'), commit: db.prepare('COMMIT') };
}
