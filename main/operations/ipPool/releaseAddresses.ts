/** Properties of a pool, Inactive addresses: addresses whose holders are gone go back to the pool (fact sheet §2.2). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatIpv4, parseIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressAllocation, IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { allocatedAddress, findPool } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';

type Input = ParsedOperationInput<'ipPool.releaseAddresses'>;

export const releaseAddresses: Operation<'ipPool.releaseAddresses'> = {
  id: 'ipPool.releaseAddresses',
  title: labels.releaseAddresses,

  check(input, { inventory }) {
    const pool = findOrProblem(['ipAddressPool'], () => inventory.pools.pool(input.ipAddressPool));
    return 'problem' in pool ? [pool.problem] : problemsOf(input, pool.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const pool = inventory.pools.pool(input.ipAddressPool);
    const ipAddressPool = findPool(script, 'ipAddressPool', pool, inventory);
    for (const { address } of chosen(input, pool, inventory)) {
      const allocated = script.find('allocatedIPAddress', allocatedAddress(ipAddressPool, address));
      script.run('Revoke-SCIPAddress', { AllocatedIPAddress: allocated, ReturnToPool: true });
    }
    return script;
  },

  plan(input, { inventory }) {
    const pool = inventory.pools.pool(input.ipAddressPool);
    return {
      name: labels.releaseAddresses,
      resultType: 'StaticIPAddressPool',
      resultId: pool.id,
      resultName: pool.name,
      // What a running job has just reserved is not taken from it.
      locks: [pool.id, ...new Set(chosen(input, pool, inventory).map(({ allocatedToId }) => allocatedToId))],
      steps: [{ key: 'release', number: '1', name: `${labels.releaseAddresses} of ${pool.name}`, run: (context) => release(context, pool.id, input) }],
    };
  },
};

function chosen({ addresses }: Input, pool: IpAddressPool, { pools }: Inventory): readonly IpAddressAllocation[] {
  const wanted = new Set(addresses.map((text) => parseIpv4(text)));
  return pools.inactiveAddresses(pool.id).filter(({ address }) => wanted.has(address));
}

function problemsOf({ addresses }: Input, pool: IpAddressPool, { pools }: Inventory): readonly Problem[] {
  if (addresses.length === 0) return [problem('nothingToChange', ['addresses'], 'No address is chosen.', 'Choose the inactive addresses to release.')];
  const inactive = new Set(pools.inactiveAddresses(pool.id).map(({ address }) => address));
  return addresses.flatMap((text, at) => {
    const address = parseIpv4(text);
    if (address === undefined) return [problem('invalidInput', ['addresses', at], `${text} is no IPv4 address.`, 'Choose one of the inactive addresses.')];
    if (inactive.has(address)) return [];
    const holder = pools.findAllocation(pool.id, address);
    return [problem('addressInUse', ['addresses', at], holder === undefined ? `${text} of ${pool.name} is not allocated.` : `${text} belongs to ${holder.description}.`, 'Only an address that nothing holds any more can be released.')];
  });
}

function release(context: StepContext, id: string, input: Input): StepResult {
  const { inventory } = context;
  const pool = inventory.pools.pool(id);
  refuse(problemsOf(input, pool, inventory));
  const released = chosen(input, pool, inventory);
  for (const allocation of released) {
    inventory.pools.release(allocation.id);
    auditChanges(context, { type: 'AllocatedIPAddress', id: allocation.id, name: formatIpv4(allocation.address) }, { AssignedTo: [allocation.description, null] });
  }
  return { message: `${released.map(({ address }) => formatIpv4(address)).join(', ')} ${released.length === 1 ? 'is' : 'are'} free again.` };
}
