/** A simulation that follows what is written is the one that is made from the last configuration: its state, and how far packets come. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { project, Projector } from '../projection/project.ts';
import type { SimulationConfig } from '../simulation/config.ts';
import { Simulation } from '../simulation/engine.ts';
import { SnapshotReader } from '../store/inventory/snapshotReader.ts';
import { attempted, withFollowedCopy } from './testing/followedCopy.ts';
import { newNetwork, snapshotWrites, withoutNetwork } from './testing/snapshotWrites.ts';
import { TestLab } from './testing/testLab.ts';

const keys = (account: string) => `key of ${account}`;
const look = 'look';
const place = fc.nat(40);
const text = fc.constantFrom('alpha', 'Beta');
const write = fc.tuple(fc.constantFrom(...snapshotWrites), place, text).map(([sql, at, name]) => sql(at, name));
/** VM networks with all that belongs to them, which come and go. */
const wholeNetwork = fc.tuple(fc.constantFrom(newNetwork, withoutNetwork), place, text).map(([sql, at, name]) => sql(at, name));
/** Few of them, so that something is left that works. */
const fewCommands = fc.array(fc.oneof({ weight: 4, arbitrary: write }, { weight: 3, arbitrary: wholeNetwork }, { weight: 1, arbitrary: fc.constant('ROLLBACK') }, { weight: 4, arbitrary: fc.constant(look) }), { maxLength: 16, size: 'max' });

/** Who sends to whom, by the configuration: across hosts, within a VM network, through every kind of gateway to the outside. */
function pathsOf({ hosts, virtualMachines, gateways, external }: SimulationConfig): readonly { readonly vmId: string; readonly destination: number }[] {
  const [outside] = external.hosts.map(({ address }) => address);
  const ends = (list: readonly number[]) => [...list.slice(0, 1), ...list.slice(-1)];
  const provider = hosts.flatMap(({ providerAddresses }) => ends(providerAddresses.map(({ address }) => address)));
  const inside = ends(virtualMachines.flatMap(({ adapters }) => adapters.slice(0, 1).map(({ address }) => address)));
  return [
    ...hosts.flatMap(({ id }) => provider.map((destination) => ({ vmId: id, destination }))),
    ...virtualMachines.slice(0, 6).flatMap(({ id }) => [...inside, ...(outside === undefined ? [] : [outside])].map((destination) => ({ vmId: id, destination }))),
    ...gateways.flatMap(({ id }) => (outside === undefined ? [] : [{ vmId: id, destination: outside }])),
  ];
}

/** What every path comes to in three seconds. */
function outcomes(simulation: Simulation, config: SimulationConfig): unknown {
  const paths = pathsOf(config).map((path) => ({ ...path, ping: simulation.startPing({ ...path, count: 2, payloadSize: 32, timeToLive: 64, doNotFragment: false, intervalNs: 1e9, timeoutNs: 1e9 }) }));
  simulation.advance(3e9);
  return paths.map(({ vmId, destination, ping }) => {
    const state = ping === undefined ? undefined : simulation.pingState(ping);
    return { vmId, destination, replies: state?.replies.map(({ status }) => status), fate: state?.fate };
  });
}

/** Of all gateways, without what comes with time. */
function carried(simulation: Simulation, { gateways }: SimulationConfig): unknown {
  return gateways.map(({ id }) => simulation.gatewayState(id, { sessions: 9 })).map((state) => ({
    ...state,
    compartments: state?.compartments.map(({ id, guid, description, interfaces, routes, nat, tunnels }) => ({
      id, guid, description, routes, nat, tunnels: tunnels.map((tunnel) => tunnel.id), interfaces: interfaces.map(({ name, address, mac }) => ({ name, address, mac })),
    })),
  }));
}

const lab = new TestLab();
beforeAll(async () => {
  await lab.open({ initialLab: { lab: 'hundred-tenants', gateway: 'connected' } });
  lab.close();
});
afterAll(() => { lab.dispose(); });

it('has what one has that is made with the last configuration, and its packets come as far', { timeout: 240_000 }, () => {
  let replies = 0;
  fc.assert(
    fc.property(fewCommands, (list) => {
      withFollowedCopy(lab, (db, reader) => {
        const projector = new Projector();
        let config = projector.project(reader.read(), keys);
        let simulation = new Simulation(config);
        for (const sql of [...list, look]) {
          if (sql !== look) {
            attempted(db, sql);
            continue;
          }
          const { seed } = config;
          config = projector.project(reader.read(), keys);
          // As the lab does.
          if (config.seed === seed) simulation.apply(config);
          else simulation = new Simulation(config);
        }
        const anew = new Simulation(project(new SnapshotReader(db).read(), keys));
        expect(carried(simulation, config)).toEqual(carried(anew, config));
        const there = outcomes(simulation, config);
        expect(there).toEqual(outcomes(anew, config));
        replies += JSON.stringify(there).split('"reply"').length - 1;
      });
    }),
    { numRuns: 80 },
  );
  expect(replies).toBeGreaterThan(200);
});
