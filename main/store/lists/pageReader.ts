/** Paging, sorting and filtering that every list shares. */
import type { Db } from '../database.ts';

/** The input of a list procedure after parsing. */
export interface ListQuery<Column extends string> {
  readonly offset: number;
  readonly limit: number;
  readonly sort?: { readonly column: Column; readonly direction: 'asc' | 'desc' } | undefined;
  readonly filter: string;
}

export interface ListPage<Row> {
  readonly rows: Row[];
  readonly total: number;
  readonly unfilteredTotal: number;
}

type Parameters = Readonly<Record<string, string | number | null>>;

/** One list in SQL. All of it is text of this program; what a person typed arrives as a parameter only. */
export interface ListDefinition<Column extends string> {
  /** FROM clause that gives one row for each row of the list; its key is the column `key`. */
  readonly from: string;
  /** The same for a search, where reading the table once beats following an index through it. */
  readonly fromWhenFiltered?: string;
  readonly key: string;
  /** Expression to order by, for every column that can be sorted. Its COLLATE is part of it. */
  readonly sortBy: Readonly<Record<Column, string>>;
  /** Unique; makes every order total, so that the same rows always come in the same order. Alone, the order while no column is chosen. */
  readonly tieBreak: string;
  /** Direction while no column is chosen; ascending unless given. */
  readonly defaultDirection?: 'asc' | 'desc';
  /** Condition with `@pattern`, a LIKE pattern with ESCAPE '\\'; or what makes a condition with its parameters of what was typed. */
  readonly matches: string | ((filter: string) => ListScope);
}

/** A part of the list that the procedure asks for, as a host's own virtual machines. */
export interface ListScope {
  readonly condition: string;
  readonly parameters: Parameters;
}

/** Kept orders: enough for a few windows with a few tabs. */
const orderCacheSize = 8;

const wholeList: ListScope = { condition: '1', parameters: {} };

/**
 * Keeps the keys of a sorted and filtered list until something is written, so that the next page of the same list
 * costs its own rows only.
 */
export class PageReader<Column extends string, Key extends string | number> {
  readonly #db: Db;
  readonly #definition: ListDefinition<Column>;
  readonly #orders = new Map<string, readonly Key[]>();
  readonly #state: () => string;
  #cachedState = '';

  constructor(db: Db, definition: ListDefinition<Column>) {
    this.#db = db;
    this.#definition = definition;
    // Own writes, then those of other connections.
    const own = db.prepare<[], number>('SELECT total_changes()').pluck();
    const others = db.prepare<[], number>('PRAGMA data_version').pluck();
    this.#state = () => `${own.get() ?? 0}/${others.get() ?? 0}`;
  }

  /** The page that `query` asks for; `read` gives the rows of the keys, in any order, each with its key. */
  page<Row>(query: ListQuery<Column>, read: (keys: readonly Key[]) => ReadonlyMap<Key, Row>, scope = wholeList): ListPage<Row> {
    this.#forgetIfChanged();
    const all = this.#kept(['order', query.sort, scope], () => this.#readOrder(query, scope));
    const matching = query.filter === '' ? all : this.#kept(['search', query.sort, query.filter, scope], () => this.#search(all, query.filter, scope));
    const wanted = matching.slice(query.offset, query.offset + query.limit);
    const found = wanted.length === 0 ? new Map<Key, Row>() : read(wanted);
    const rows = wanted.map((key) => found.get(key)).filter((row) => row !== undefined);
    return { rows, total: matching.length, unfilteredTotal: all.length };
  }

  /** Keys of everything that the query finds, and of what `besides` holds, in order; `total` without the search. */
  keys(query: Omit<ListQuery<Column>, 'offset' | 'limit'>, besides: ReadonlySet<Key> | undefined): { readonly keys: readonly Key[]; readonly total: number } {
    this.#forgetIfChanged();
    const whole = { ...query, offset: 0, limit: 0 };
    const all = this.#kept(['order', query.sort, wholeList], () => this.#readOrder(whole, wholeList));
    if (query.filter === '') return { keys: all, total: all.length };
    const found = this.#kept(['search', query.sort, query.filter, wholeList], () => this.#search(all, query.filter, wholeList));
    if (besides === undefined || besides.size === 0) return { keys: found, total: all.length };
    const hits = new Set([...found, ...besides]);
    return { keys: all.filter((key) => hits.has(key)), total: all.length };
  }

  #forgetIfChanged(): void {
    const state = this.#state();
    if (state !== this.#cachedState) this.#orders.clear();
    this.#cachedState = state;
  }

  #kept(what: readonly unknown[], read: () => readonly Key[]): readonly Key[] {
    const name = JSON.stringify(what);
    const keys = this.#orders.get(name) ?? read();
    // Set again, so that the first of the map is the one that was not asked for the longest.
    this.#orders.delete(name);
    this.#orders.set(name, keys);
    const oldest = this.#orders.keys().next();
    if (this.#orders.size > orderCacheSize && oldest.done !== true) this.#orders.delete(oldest.value);
    return keys;
  }

  #readOrder(query: ListQuery<Column>, scope: ListScope): readonly Key[] {
    const { from, key } = this.#definition;
    const sql = `SELECT ${key} FROM ${from} WHERE ${scope.condition} ORDER BY ${this.#order(query)}`;
    return this.#db.prepare<[Parameters], Key>(sql).pluck().all(scope.parameters);
  }

  /** What SQL finds, in the order that is known already: to sort a hundred thousand hits again would take longer than to find them. */
  #search(all: readonly Key[], filter: string, scope: ListScope): readonly Key[] {
    const { from, fromWhenFiltered, key, matches } = this.#definition;
    const { condition, parameters } = typeof matches === 'string' ? { condition: matches, parameters: { pattern: likePattern(filter) } } : matches(filter);
    const sql = `SELECT ${key} FROM ${fromWhenFiltered ?? from} WHERE ${scope.condition} AND (${condition})`;
    const hits = new Set(this.#db.prepare<[Parameters], Key>(sql).pluck().all({ ...scope.parameters, ...parameters }));
    return hits.size === all.length ? all : all.filter((one) => hits.has(one));
  }

  /** Descending is ascending read backwards, ties included: one index serves both. */
  #order(query: ListQuery<Column>): string {
    const { sortBy, tieBreak, defaultDirection } = this.#definition;
    const direction = (query.sort?.direction ?? defaultDirection) === 'desc' ? 'DESC' : 'ASC';
    const column = query.sort ? sortBy[query.sort.column] : tieBreak;
    return column === tieBreak ? `${tieBreak} ${direction}` : `${column} ${direction}, ${tieBreak} ${direction}`;
  }
}

/** Pattern for `LIKE … ESCAPE '\'` that finds the text anywhere; LIKE ignores the case of ASCII letters. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** `(a LIKE @pattern … OR b LIKE …)` over text expressions. */
export function anyLike(...expressions: readonly string[]): string {
  return expressions.map((expression) => `${expression} LIKE @pattern ESCAPE '\\'`).join(' OR ');
}
