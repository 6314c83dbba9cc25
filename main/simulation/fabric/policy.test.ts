import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerRouteConfig, LookupRecordConfig, VirtualSubnetConfig } from '../config.ts';
import { Policy } from './policy.ts';

const domains = ['red', 'blue'];
const vsids = [5000, 5001, 5002, 5003];
const addresses = [1, 2, 3].map((host) => 0x0a000000 + host);

interface Policies {
  readonly virtualSubnets: readonly VirtualSubnetConfig[];
  readonly lookupRecords: readonly LookupRecordConfig[];
  readonly customerRoutes: readonly CustomerRouteConfig[];
}

/** Entries that may be in force: each once or not at all, some that take the place of another, some whose subnet is not there. */
const subnets = vsids.flatMap((vsid, at): VirtualSubnetConfig[] =>
  [0, 1].map((version) => ({ vsid, routingDomainId: domains[(at + version) % domains.length] ?? '', name: '', prefix: { address: 0x0a000000, length: 24 }, routerMac: version })),
);
const records = vsids.flatMap((vsid): LookupRecordConfig[] =>
  [0, ...addresses].flatMap((customerAddress) =>
    [10, 11].map((mac) => ({ vsid, customerAddress, mac, providerAddress: mac, rule: 'TranslationMethodEncap', type: customerAddress === 0 ? 'GatewayWildcard' : 'Static' })),
  ),
);
const routes = vsids.flatMap((vsid): CustomerRouteConfig[] =>
  domains.flatMap((routingDomainId) => [24, 0].map((length) => ({ routingDomainId, vsid, destination: { address: length === 0 ? 0 : 0x0a000000, length }, nextHop: length === 0 ? (addresses[0] ?? 0) : 0, metric: 255 }))),
);

type Entry = VirtualSubnetConfig | LookupRecordConfig | CustomerRouteConfig;

/** What only one entry at a time can say. */
function keyOf(entry: Entry): string {
  if ('routerMac' in entry) return `subnet ${entry.vsid}`;
  return 'customerAddress' in entry ? `record ${entry.vsid} ${entry.customerAddress}` : `route ${entry.vsid} ${entry.routingDomainId} ${entry.destination.length}`;
}

/** As the projection has it: routes lead into subnets of their own routing domain. */
function policiesOf(entries: Iterable<Entry>): Policies {
  const all = [...entries];
  const virtualSubnets = all.filter((entry): entry is VirtualSubnetConfig => 'routerMac' in entry);
  const isRight = ({ vsid, routingDomainId }: CustomerRouteConfig) => virtualSubnets.some((subnet) => subnet.vsid === vsid && subnet.routingDomainId === routingDomainId);
  return {
    virtualSubnets,
    lookupRecords: all.filter((entry): entry is LookupRecordConfig => 'customerAddress' in entry),
    customerRoutes: all.filter((entry): entry is CustomerRouteConfig => 'metric' in entry).filter(isRight),
  };
}

const everything: readonly Entry[] = [...subnets, ...records, ...routes];
/** Each step puts a few in, in the place of what says otherwise, and takes out those that were in already. */
const steps = fc.tuple(fc.shuffledSubarray([...everything]), fc.array(fc.array(fc.constantFrom(...everything), { maxLength: 3 }), { minLength: 3, maxLength: 12, size: 'max' })).map(([first, others]) => [first, ...others]);

/** Every answer that a host may ask for. */
function answersOf(policy: Policy): readonly unknown[] {
  return vsids.map((vsid) => {
    const subnet = policy.subnet(vsid);
    return { config: subnet?.config, records: addresses.map((address) => subnet?.records.get(address)), decisions: [...addresses, 0x0b000000].map((address) => subnet?.decide(address)) };
  });
}

describe('the policy of the hosts', () => {
  it('that follows one configuration after the other says what one made from nothing does', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const following = new Policy();
        const inForce = new Map<string, Entry>();
        for (const step of all) {
          for (const entry of step) {
            if (inForce.get(keyOf(entry)) === entry) inForce.delete(keyOf(entry));
            else inForce.set(keyOf(entry), entry);
          }
          const policies = policiesOf(inForce.values());
          following.follow(policies);
          const anew = new Policy();
          anew.follow(policies);
          expect(answersOf(following)).toEqual(answersOf(anew));
        }
      }),
    );
  });
});
