/** Create Static IP Address Pool Wizard (fact sheet §2.2). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatIpv4, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import { newSite } from '../logicalNetwork/siteScript.ts';
import { addSite } from '../logicalNetwork/siteWrites.ts';
import type { Operation } from '../operation.ts';
import { findLogicalNetwork, findSite, findVmSubnet } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { refuse, refuseAll } from '../problems.ts';
import { auditPool } from './poolAudit.ts';
import { scriptSettings } from './poolScript.ts';
import { checkSettings, wantedSettings, type WantedSettings } from './settingsChecks.ts';
import { findTarget, type PoolTarget } from './target.ts';

type Input = ParsedOperationInput<'ipPool.create'>;

export const createIpPool: Operation<'ipPool.create'> = {
  id: 'ipPool.create',
  title: labels.createIpPool,

  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const target = targetNow(input, inventory);
    const script = new Script();
    const place = placeScript(script, target, inventory);
    const settings = scriptSettings(script, wantedSettings(input));
    return script.run('New-SCStaticIPAddressPool', { Name: input.name, ...(input.description === '' ? {} : { Description: input.description }), ...place, ...settings });
  },

  plan(input, { inventory }) {
    const found = findTarget(input, inventory);
    return {
      name: labels.createIpPool,
      resultType: 'StaticIPAddressPool',
      resultId: null,
      resultName: input.name,
      locks: 'found' in found ? [found.found.network.id] : [],
      steps: [{ key: 'create', number: '1', name: `${labels.createIpPool} ${input.name}`, run: (context) => create(context, input) }],
    };
  },
};

function placeScript(script: Script, target: PoolTarget, inventory: Inventory) {
  const subnet = `${formatIpv4(target.prefix.address)}/${target.prefix.length}`;
  switch (target.kind) {
    case 'site':
      return { LogicalNetworkDefinition: findSite(script, 'logicalNetworkDefinition', target.site.id, inventory), Subnet: subnet };
    case 'newSite':
      return { LogicalNetworkDefinition: newSite(script, target.wanted, findLogicalNetwork(script, 'logicalNetwork', target.network.id, inventory), inventory), Subnet: subnet };
    case 'vmSubnet':
      return { VMSubnet: findVmSubnet(script, 'vmSubnet', target.subnet.id, inventory), Subnet: subnet };
  }
}

function targetNow(input: Input, inventory: Inventory): PoolTarget {
  const target = findTarget(input, inventory);
  return 'found' in target ? target.found : refuseAll(target.problems);
}

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const name = checkName('static IP address pool', input.name, inventory.pools.findByName(input.name));
  const target = findTarget(input, inventory);
  if ('problems' in target) return [...name, ...target.problems];
  const settings = checkSettings(input, { subnet: target.found.prefix, isVmSubnet: target.found.kind === 'vmSubnet' }, []);
  if (settings.length > 0) return [...name, ...settings];
  return [...name, ...checkNeighbours(wantedSettings(input), poolsThere(target.found, inventory), ['rangeStart']), ...checkRouter(wantedSettings(input), target.found.prefix, inventory)];
}

function poolsThere(target: PoolTarget, { pools }: Inventory): readonly IpAddressPool[] {
  switch (target.kind) {
    case 'site':
      return pools.ofSiteSubnet(target.subnet.id);
    case 'newSite':
      return [];
    case 'vmSubnet':
      return pools.ofVmSubnet(target.subnet.id);
  }
}

/** Pools in one subnet may not overlap (fact sheet §2.2). */
export function checkNeighbours({ start, end }: WantedSettings, others: readonly IpAddressPool[], path: readonly (string | number)[]): readonly Problem[] {
  const rival = others.find(({ rangeStart, rangeEnd }) => rangeStart <= end && start <= rangeEnd);
  if (rival === undefined) return [];
  return [problem('poolOverlap', path, `The range overlaps that of ${rival.name} (${formatIpv4(rival.rangeStart)} - ${formatIpv4(rival.rangeEnd)}) in the same subnet.`, 'Type a range that has no address in common with it.')];
}

/** Somebody has that address already: a router outside in the same network. */
export function checkRouter({ start, end, settings }: WantedSettings, subnet: Ipv4Prefix, { external }: Inventory): readonly Problem[] {
  const router = external.routersIn(subnet).find(({ address }) => start <= address && address <= end);
  if (router === undefined) return [];
  const isKept = settings.gateways.some(({ address }) => address === router.address) || settings.reservations.some((range) => range.start <= router.address && router.address <= range.end);
  return isKept ? [] : [problem('addressInUse', ['rangeStart'], `${formatIpv4(router.address)} in this range belongs to ${router.name}.`, 'Make it a gateway of the pool, reserve it, or leave it out of the range.')];
}

function create(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  refuse(problemsOf(input, inventory));
  const target = targetNow(input, inventory);
  const { start, end, settings } = wantedSettings(input);
  const pool: IpAddressPool = { id: context.newId(), ...placeOf(context, target), name: input.name, description: input.description, rangeStart: start, rangeEnd: end };
  inventory.pools.add(pool, settings);
  context.setResult('StaticIPAddressPool', pool.id, pool.name);
  auditPool(context, pool, undefined, { pool, settings: inventory.pools.settingsOf(pool.id) });
  return { message: `${pool.name}: ${formatIpv4(start)} - ${formatIpv4(end)} of ${target.kind === 'vmSubnet' ? `VM subnet ${target.subnet.name}` : `network site ${target.kind === 'site' ? target.site.name : target.wanted.name}`}.` };
}

function placeOf(context: StepContext, target: PoolTarget): Pick<IpAddressPool, 'networkSiteSubnetId' | 'vmSubnetId'> {
  switch (target.kind) {
    case 'site':
      return { networkSiteSubnetId: target.subnet.id, vmSubnetId: null };
    case 'vmSubnet':
      return { networkSiteSubnetId: null, vmSubnetId: target.subnet.id };
    case 'newSite': {
      const site = addSite(context, target.network.id, target.wanted);
      const subnet = context.inventory.logicalNetworks.subnetsOf(site.id).find(({ address, prefixLength }) => address === target.prefix.address && prefixLength === target.prefix.length);
      if (subnet === undefined) throw new Error(`The new site ${site.name} has lost its subnet`);
      return { networkSiteSubnetId: subnet.id, vmSubnetId: null };
    }
  }
}
