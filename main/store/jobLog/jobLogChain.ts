/** Writes the chain over the job log, each record in the transaction of what it records. */
import { canonicalJson, genesis, linkHash, type ChainedKind } from './hashChain.ts';
import type { Db } from '../database.ts';
import { ManyRows } from '../manyRows.ts';

/** A step that ended; groups do nothing themselves and are not in the log. */
export interface ChainedStep {
  readonly endTime: string | null;
  readonly id: string;
  readonly isSkipped: number;
  readonly jobId: string;
  readonly message: string;
  readonly name: string;
  readonly number: string;
  readonly startTime: string | null;
  readonly status: string;
}

export interface ChainedChange {
  readonly id: number;
  readonly jobId: string;
  readonly newValue: string | null;
  readonly objectId: string;
  readonly objectName: string;
  readonly objectType: string;
  readonly previousValue: string | null;
  readonly property: string;
  readonly stepId: string;
  readonly time: string;
}

export interface ChainedJob {
  /** JSON. */
  readonly error: string | null;
  readonly id: string;
}

interface Head {
  readonly sequence: number;
  readonly hash: string;
}

/** In the order of the columns. */
type Row = readonly [sequence: number, jobId: string, kind: ChainedKind, record: string, hash: Buffer];

export class JobLogChain {
  readonly #statements: ReturnType<typeof prepare>;
  /** The last record, known while a transaction is open in which nobody else can write one; what is rolled back is forgotten with it. */
  #head: Head | undefined;
  #isWithin = false;
  /** Records of that transaction that are not written yet. */
  #pending: Row[] = [];

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  /** For `work` that is a whole transaction: the end of the chain is looked up once, and `flush` has to be called before its commit. */
  within<T>(work: () => T): T {
    this.enter();
    try {
      return work();
    } finally {
      this.leave();
    }
  }

  /** As at the beginning of `within`. */
  enter(): void {
    this.#head = undefined;
    this.#pending = [];
    this.#isWithin = true;
  }

  /** As at its end. */
  leave(): void {
    this.#pending = [];
    this.#isWithin = false;
  }

  /** For `work` that is a part of the transaction: when it throws, the end of the chain is what it was before. */
  part<T>(work: () => T): T {
    const before = this.#head;
    const { length } = this.#pending;
    try {
      return work();
    } catch (error) {
      this.#head = before;
      this.#pending.length = length;
      throw error;
    }
  }

  /** Writes what the transaction has recorded so far. Not in a part of it. */
  flush(): void {
    const rows = this.#pending;
    this.#pending = [];
    this.#statements.records.insert(rows);
  }

  /** One way or the other. */
  stepEnded({ isSkipped, ...record }: ChainedStep): void {
    this.#append(record.jobId, 'step', isSkipped === 1 ? { ...record, isSkipped: true } : record);
  }

  changed(change: ChainedChange): void {
    this.#append(change.jobId, 'auditRecord', change);
  }

  jobEnded(job: ChainedJob): void {
    this.#append(job.id, 'job', { ...job, error: job.error === null ? null : (JSON.parse(job.error) as unknown) });
  }

  #append(jobId: string, kind: ChainedKind, value: object): void {
    const last = (this.#isWithin ? this.#head : undefined) ?? this.#statements.last.get() ?? { sequence: 0, hash: genesis };
    const record = canonicalJson(value);
    const sequence = last.sequence + 1;
    const hash = linkHash({ sequence, kind, record, previous: last.hash });
    this.#pending.push([sequence, jobId, kind, record, Buffer.from(hash, 'hex')]);
    this.#head = { sequence, hash };
    if (!this.#isWithin) this.flush();
  }
}

function prepare(db: Db) {
  return {
    last: db.prepare<[], Head>('SELECT sequence, lower(hex(hash)) AS hash FROM job_log_record ORDER BY sequence DESC LIMIT 1'),
    records: new ManyRows(db, 'job_log_record', ['sequence', 'job_id', 'kind', 'record', 'hash']),
  };
}
