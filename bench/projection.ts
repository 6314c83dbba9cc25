/** What it costs until the simulation has followed one change, in an inventory of 10,000 VM networks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Projector } from '../main/projection/project.ts';
import { Simulation } from '../main/simulation/engine.ts';
import { openStore, type Store } from '../main/store/store.ts';
import { insertFabric } from './fabricRows.ts';
import type { BenchFigure } from './figure.ts';

const networks = 10_000;
const changes = 60;
const noKeys = () => null;

export function run(): Promise<BenchFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hnv-bench-'));
  const store = openStore({ path: join(folder, 'large.sqlite') });
  try {
    insertFabric(store.db, networks);
    insertGatewayMachines(store);
    return Promise.resolve(figures(store));
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Without a machine a gateway device has nothing to run on, and no compartments. */
function insertGatewayMachines({ db }: Store): void {
  db.exec(`
    INSERT INTO virtual_machine (id, host_id, name, role, generation, running, firewall_on, remote_access_installed, vpn_deployed)
      SELECT 'machine of ' || id, (SELECT id FROM host LIMIT 1), name || '-VM', 'gateway', 2, 1, 0, 1, 1 FROM network_service;
    UPDATE network_service SET virtual_machine_id = 'machine of ' || id`);
}

function figures({ db, inventory }: Store): BenchFigure[] {
  const projector = new Projector();
  inventory.followChanges();
  const began = performance.now();
  const simulation = new Simulation(projector.project(inventory.snapshot(), noKeys));
  const first = performance.now() - began;
  const addRule = db.prepare(`INSERT INTO nat_rule (id, nat_connection_id, name, protocol, external_port, internal_address, internal_port)
    SELECT ?, id, 'Web', 'TCP', 80, 167837700, 80 FROM nat_connection ORDER BY id LIMIT 1 OFFSET ?`);
  const times: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    addRule.run(`rule ${change}`, change * 150);
    const changed = performance.now();
    simulation.apply(projector.project(inventory.snapshot(), noKeys));
    times.push(performance.now() - changed);
  }
  times.sort((a, b) => a - b);
  const at = (part: number) => Math.round((times[Math.floor(part * (changes - 1))] ?? 0) * 10) / 10;
  return [
    { name: 'projection.change', value: at(0.5), unit: 'ms', note: `median of ${changes} NAT rules, from the commit until the simulation has followed; slowest ${at(1)} ms; ${networks} VM networks`, budget: 50, atMost: true },
    { name: 'projection.first', value: Math.round(first), unit: 'ms', note: 'the same inventory, from nothing' },
  ];
}
