/** Deletes a static IP address pool of which no address is in use. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import { formatIpv4 } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findPool } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { listed } from '../wording.ts';
import { auditPool } from './poolAudit.ts';

export const deleteIpPool: Operation<'ipPool.delete'> = {
  id: 'ipPool.delete',
  title: labels.deleteIpPool,

  check(input, { inventory }) {
    const pool = findOrProblem(['ipAddressPool'], () => inventory.pools.pool(input.ipAddressPool));
    return 'problem' in pool ? [pool.problem] : obstacles(pool.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const pool = findPool(script, 'ipAddressPool', inventory.pools.pool(input.ipAddressPool), inventory);
    return script.run('Remove-SCStaticIPAddressPool', { StaticIPAddressPool: pool });
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.pools.pool(input.ipAddressPool);
    return {
      name: labels.deleteIpPool,
      resultType: 'StaticIPAddressPool',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'delete', number: '1', name: `${labels.deleteIpPool} ${name}`, run: (context) => remove(context, id) }],
    };
  },
};

function obstacles({ id, name }: IpAddressPool, { pools }: Inventory): readonly Problem[] {
  const given = pools.allocationsOf(id);
  if (given.length === 0) return [];
  const holders = listed(given.map(({ address, description }) => `${formatIpv4(address)} (${description})`));
  return [problem('objectInUse', ['ipAddressPool'], `${given.length === 1 ? 'An address' : `${given.length} addresses`} of ${name} ${given.length === 1 ? 'is' : 'are'} in use: ${holders}.`, 'Give them back first; those that nothing holds any more are released in Properties, Inactive addresses.')];
}

function remove(context: StepContext, id: string): StepResult {
  const { inventory } = context;
  const pool = inventory.pools.pool(id);
  refuse(obstacles(pool, inventory));
  const settings = inventory.pools.settingsOf(id);
  inventory.pools.remove(id);
  auditPool(context, pool, { pool, settings }, undefined);
  return { message: `${pool.name} is deleted.` };
}
