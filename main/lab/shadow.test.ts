import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConsoleError, errorCodes } from '../../shared/contract/errors.ts';
import type { CompartmentView } from '../../shared/contract/simulation.ts';
import { formatIpv4 } from '../../shared/net/ipv4.ts';
import { project } from '../projection/project.ts';
import { Simulation } from '../simulation/engine.ts';
import { gatewayView } from './gatewayView.ts';
import { TestLab } from './testing/testLab.ts';

/** Without VPN there is nothing to open. */
const noKeys = () => null;

const tenants = ['Fabrikam', 'Adatum'] as const;
type Tenant = (typeof tenants)[number];

/** `address` undefined: the first free one; null: disconnect. The fourth address is outside the pool of `labs`. */
interface Command {
  readonly tenant: Tenant;
  readonly address: string | null | undefined;
}

const addresses = ['203.0.113.11', '203.0.113.12', '203.0.113.13'];
const commands = fc.array(
  fc.record<Command>({ tenant: fc.constantFrom(...tenants), address: fc.constantFrom(null, null, undefined, ...addresses, '203.0.113.14') }),
  { minLength: 1, maxLength: 7 },
);

type Model = Map<Tenant, string>;

/** What the console ought to do, told in a few lines: the code of the refusal, or undefined when the job completes. */
function expectedRefusal(model: Model, { tenant, address }: Command): string | undefined {
  const current = model.get(tenant);
  if (address === null) return current === undefined ? errorCodes.nothingToChange : void model.delete(tenant);
  if (address === undefined && current !== undefined) return errorCodes.nothingToChange;
  if (address === '203.0.113.14') return errorCodes.addressOutsidePool;
  if (address !== undefined && address === current) return errorCodes.nothingToChange;
  const taken = [...model.values()];
  if (address !== undefined && taken.includes(address)) return errorCodes.addressInUse;
  const chosen = address ?? addresses.find((free) => !taken.includes(free));
  if (chosen === undefined) return errorCodes.poolExhausted;
  model.set(tenant, chosen);
  return undefined;
}

async function play(test: TestLab, { tenant, address }: Command): Promise<string | undefined> {
  try {
    const status = address === null ? await test.setConnectivity({ vmNetwork: tenant, directConnection: null }) : await test.nat(tenant, address);
    return status === 'Completed' ? undefined : status;
  } catch (error) {
    if (error instanceof ConsoleError) return error.code;
    throw error;
  }
}

/** What follows from the configuration alone: no counters, neighbours and sessions. */
function configured(compartments: readonly CompartmentView[]): unknown {
  return compartments.map(({ id, guid, description, interfaces, routes, nat }) => ({
    id,
    guid,
    description,
    interfaces: interfaces.map(({ name, address, mac, mtu }) => ({ name, address, mac, mtu })),
    routes,
    nat: nat && { name: nat.name, externalAddress: nat.externalAddress },
  }));
}

function grown({ lab }: TestLab): unknown {
  return configured(lab.gatewayState('Gateway01').compartments);
}

/** The same from a simulation that knows nothing but the inventory. */
function rebuilt({ lab }: TestLab): unknown {
  const snapshot = lab.snapshot();
  const [service] = snapshot.networkServices;
  const live = new Simulation(project(snapshot, noKeys)).gatewayState(service?.id ?? '');
  return configured(gatewayView({ networkServiceId: '', networkServiceName: '', vmName: '', host: '', passive: null, vmNetworkOf: () => null }, live, 0, 500).compartments);
}

/** Addresses of the external pool that somebody holds, whoever it is. */
function externalAllocations({ lab }: TestLab): readonly string[] {
  const { pools, allocations } = lab.snapshot();
  const pool = pools.find(({ name }) => name === 'Contoso_External_Pool01');
  return allocations.filter(({ poolId }) => poolId === pool?.id).map(({ address }) => formatIpv4(address)).sort();
}

function replies(test: TestLab): readonly number[] {
  return tenants.flatMap((tenant) => [test.repliesTo(`${tenant}-VM01`), test.repliesTo(`${tenant}-VM02`)]);
}

describe('the simulation is the shadow of the inventory', () => {
  it('after any changes: each does what it ought to, and the grown simulation is the one a restart builds', async () => {
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const test = new TestLab();
        try {
          const model: Model = new Map();
          await test.open({ labsFolder: test.changedLabs(['end: 203.0.113.99', 'end: 203.0.113.13']) });
          const initial = test.lab.snapshot();
          for (const command of sequence) {
            const before = test.lab.snapshot();
            const refusal = expectedRefusal(model, command);
            expect(await play(test, command)).toBe(refusal);
            if (refusal !== undefined) expect(test.lab.snapshot()).toEqual(before);
            expect(tenants.map((tenant) => test.externalAddress(tenant))).toEqual(tenants.map((tenant) => model.get(tenant) ?? null));
            expect(externalAllocations(test)).toEqual(['203.0.113.10', ...model.values()].sort());
            if (model.size === 0) expect(test.lab.snapshot()).toEqual(initial);
            expect(grown(test)).toEqual(rebuilt(test));
          }
          const connected = tenants.flatMap((tenant) => (model.has(tenant) ? [1, 1] : [0, 0]));
          expect(replies(test)).toEqual(connected);
          const [snapshot, gateway] = [test.lab.snapshot(), grown(test)];
          test.close();
          await test.open();
          expect(test.lab.snapshot()).toEqual(snapshot);
          expect(grown(test)).toEqual(gateway);
          expect(replies(test)).toEqual(connected);
        } finally {
          test.dispose();
        }
      }),
      { numRuns: 8 },
    );
  });

  it('after every single step of a job, not only at its end', async () => {
    const test = new TestLab();
    try {
      let looks = 0;
      await test.open({
        pace: () => {
          looks += 1;
          expect(grown(test)).toEqual(rebuilt(test));
          return Promise.resolve();
        },
      });
      for (const address of ['203.0.113.20', '203.0.113.30']) expect(await test.nat('Fabrikam', address)).toBe('Completed');
      expect(await test.setConnectivity({ vmNetwork: 'Fabrikam', directConnection: null })).toBe('Completed');
      expect(looks).toBe(14);
    } finally {
      test.dispose();
    }
  });
});
