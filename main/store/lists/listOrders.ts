/**
 * What the two lists that can be long are sorted and searched by, as triggers keep it with every write. In a database whose lists nobody
 * looks at it is left out, for it costs several times what the rows of a new VM network do; who looks at one of the lists has it kept from then on.
 */
import type { Db } from '../database.ts';
import { takeVirtualMachines, takeVmNetworks } from '../migrations/0003-list-order.ts';
import { onRollback } from '../rollbacks.ts';

const isOfOrders = `type = 'trigger' AND (name LIKE 'vm_network_order%' OR name LIKE 'virtual_machine_order%' OR name LIKE 'list_order%')`;

export class ListOrders {
  readonly #db: Db;
  /** SQL of the triggers that were left out, which the database lacks while nobody has looked. */
  #leftOut: readonly string[] = [];
  #areKept = true;

  constructor(db: Db) {
    this.#db = db;
    onRollback(db, () => { if (this.#leftOut.length > 0) this.#areKept = this.#hasTriggers(); });
  }

  /** Leaves the orders out until somebody looks. */
  leaveOut(): void {
    if (!this.#areKept) return;
    const triggers = this.#db.prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE ${isOfOrders}`).all();
    this.#db.exec(triggers.map(({ name }) => `DROP TRIGGER "${name}"`).join(';'));
    this.#leftOut = triggers.map(({ sql }) => sql);
    this.#areKept = false;
  }

  /** Before the orders are read. */
  keep(): void {
    if (this.#areKept) return;
    this.#db.exec(`${takeVmNetworks('true')}${takeVirtualMachines('true')}`);
    for (const sql of this.#leftOut) this.#db.exec(sql);
    this.#areKept = true;
  }

  #hasTriggers(): boolean {
    return this.#db.prepare(`SELECT 1 FROM sqlite_schema WHERE ${isOfOrders}`).get() !== undefined;
  }
}
