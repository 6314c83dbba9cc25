/** When what a job writes is committed: at the end of each of its transactions, or, in a temporary file, together with what many others write. */
import { savepointIn, transactionIn, type Db } from './database.ts';
import type { JobLogChain } from './jobLog/jobLogChain.ts';

/** So many transactions are gathered at most; each of them is half a dozen pages that the next one mostly writes again. */
const mostGathered = 500;

export class JobTransactions {
  readonly #db: Db;
  readonly #chain: JobLogChain;
  readonly #transaction: ReturnType<typeof transactionIn>;
  readonly #savepoint: ReturnType<typeof savepointIn>;
  readonly #statements: ReturnType<typeof prepare>;
  /** Of a temporary file, which nobody opens who needs to find there what was told to have ended. */
  readonly #gathers: boolean;
  readonly #beforeCommit: () => void;
  /** Transactions that are to be committed together; 0 while none is open that gathers. */
  #gathered = 0;
  /** Whether one of these runs now. */
  #isWithin = false;

  /** `beforeCommit`: what is better done once for many jobs. */
  constructor(db: Db, chain: JobLogChain, options: { readonly gathers: boolean; readonly beforeCommit: () => void }) {
    this.#db = db;
    this.#chain = chain;
    this.#gathers = options.gathers;
    this.#beforeCommit = options.beforeCommit;
    this.#transaction = transactionIn(db);
    this.#savepoint = savepointIn(db);
    this.#statements = prepare(db);
  }

  /** Everything that `work` writes is kept, or, when it throws, nothing of it. Inside another transaction that one decides. */
  run<T>(work: () => T): T {
    if (this.#db.inTransaction) return this.#gathered > 0 && !this.#isWithin ? this.#gather(work) : work();
    if (!this.#gathers) return this.#chain.within(() => this.#transaction(() => this.#chained(work)));
    this.#begin();
    return this.#gather(work);
  }

  /** As `run`, but inside another one too nothing of it is kept when it throws. */
  whole<T>(work: () => T): T {
    return this.#db.inTransaction && (this.#isWithin || this.#gathered === 0) ? this.#chain.part(() => this.#savepoint(work)) : this.run(work);
  }

  /** Commits what is gathered: whoever reads the file by another connection finds all of it. Throws what SQLite throws. */
  settle(): void {
    if (this.#gathered === 0 || this.#isWithin) return;
    this.#gathered = 0;
    try {
      // A full disk may have taken it back already.
      if (!this.#db.inTransaction) return;
      this.#chained(() => undefined);
      this.#statements.commit.run();
    } finally {
      this.#chain.leave();
      if (this.#db.inTransaction) this.#statements.rollback.run();
    }
  }

  #begin(): void {
    this.#statements.begin.run();
    this.#chain.enter();
    // When the work at hand is done, and before anything else happens in this process.
    setImmediate(() => { if (this.#db.open) this.settle(); });
  }

  #gather<T>(work: () => T): T {
    this.#gathered += 1;
    this.#isWithin = true;
    try {
      return this.#chain.part(() => this.#savepoint(work));
    } finally {
      this.#isWithin = false;
      if (this.#gathered >= mostGathered) this.settle();
    }
  }

  /** What the jobs leave beside their rows is written at the end, many with each statement. */
  #chained<T>(work: () => T): T {
    const value = work();
    this.#chain.flush();
    this.#beforeCommit();
    return value;
  }
}

function prepare(db: Db) {
  return { begin: db.prepare('BEGIN IMMEDIATE'), commit: db.prepare('COMMIT'), rollback: db.prepare('ROLLBACK') };
}
