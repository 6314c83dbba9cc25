/** Properties of a static IP address pool. Where it belongs stays. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatIpv4, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { IpAddressPool } from '../../store/inventory/ipAddressPools.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import type { Operation } from '../operation.ts';
import { findPool } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem, refuse } from '../problems.ts';
import { listed } from '../wording.ts';
import { checkNeighbours, checkRouter } from './createIpPool.ts';
import { auditPool } from './poolAudit.ts';
import { scriptSettings } from './poolScript.ts';
import { checkSettings, wantedSettings, type PoolPlace, type WantedSettings } from './settingsChecks.ts';

type Input = ParsedOperationInput<'ipPool.change'>;

export const changeIpPool: Operation<'ipPool.change'> = {
  id: 'ipPool.change',
  title: labels.changeIpPool,

  check(input, { inventory }) {
    const pool = findOrProblem(['ipAddressPool'], () => inventory.pools.pool(input.ipAddressPool));
    return 'problem' in pool ? [pool.problem] : problemsOf(input, pool.found, inventory);
  },

  script(input, { inventory }) {
    const script = new Script();
    const before = inventory.pools.pool(input.ipAddressPool);
    const pool = findPool(script, 'ipAddressPool', before, inventory);
    const settings = input.settings === undefined ? {} : scriptSettings(script, wantedSettings(input.settings));
    return script.run('Set-SCStaticIPAddressPool', { StaticIPAddressPool: pool, Name: input.name ?? before.name, Description: input.description ?? before.description, ...settings });
  },

  plan(input, { inventory }) {
    const { id, name } = inventory.pools.pool(input.ipAddressPool);
    return {
      name: labels.changeIpPool,
      resultType: 'StaticIPAddressPool',
      resultId: id,
      resultName: name,
      locks: [id],
      steps: [{ key: 'change', number: '1', name: `${labels.changeIpPool} ${name}`, run: (context) => change(context, id, input) }],
    };
  },
};

function problemsOf(input: Input, pool: IpAddressPool, inventory: Inventory): readonly Problem[] {
  const name = input.name === undefined ? [] : checkName('static IP address pool', input.name, inventory.pools.findByName(input.name), pool.id);
  if (input.settings !== undefined) return [...name, ...settingsProblems(input.settings, pool, inventory)];
  const isSame = (input.name ?? pool.name) === pool.name && (input.description ?? pool.description) === pool.description;
  return name.length === 0 && isSame ? [problem('nothingToChange', [], `Nothing of ${pool.name} is changed.`, 'Change a value, or cancel.')] : name;
}

function settingsProblems(input: NonNullable<Input['settings']>, pool: IpAddressPool, inventory: Inventory): readonly Problem[] {
  const path = ['settings'];
  const place = placeOf(pool, inventory);
  const problems = checkSettings(input, place, path);
  if (problems.length > 0) return problems;
  const wanted = wantedSettings(input);
  const others = (pool.networkSiteSubnetId === null ? inventory.pools.ofVmSubnet(pool.vmSubnetId ?? '') : inventory.pools.ofSiteSubnet(pool.networkSiteSubnetId)).filter(({ id }) => id !== pool.id);
  return [
    ...checkNeighbours(wanted, others, [...path, 'rangeStart']),
    ...(pool.vmSubnetId === null ? checkRouter(wanted, place.subnet, inventory).map((entry) => ({ ...entry, path: [...path, ...entry.path] })) : []),
    ...checkAllocated(wanted, pool, inventory),
  ];
}

function placeOf({ networkSiteSubnetId, vmSubnetId }: IpAddressPool, inventory: Inventory): PoolPlace {
  const subnetOf = ({ address, prefixLength }: { readonly address: number; readonly prefixLength: number }): Ipv4Prefix => ({ address, length: prefixLength });
  if (vmSubnetId !== null) return { subnet: subnetOf(inventory.vmNetworks.subnetById(vmSubnetId)), isVmSubnet: true };
  const site = inventory.logicalNetworks.siteOfSubnet(networkSiteSubnetId ?? '');
  const row = site && inventory.logicalNetworks.subnetsOf(site.id).find(({ id }) => id === networkSiteSubnetId);
  if (row === undefined) throw new Error('The pool belongs to no subnet');
  return { subnet: subnetOf(row), isVmSubnet: false };
}

/** Addresses that somebody has stay in the range, and none of them becomes reserved or a gateway's. */
function checkAllocated({ start, end, settings }: WantedSettings, pool: IpAddressPool, { pools }: Inventory): readonly Problem[] {
  const before = pools.settingsOf(pool.id);
  const isReserved = (reservations: typeof settings.reservations, address: number) => reservations.some((range) => range.start <= address && address <= range.end);
  const given = pools.allocationsOf(pool.id);
  const text = (allocations: typeof given) => listed(allocations.map(({ address, description }) => `${formatIpv4(address)} (${description})`));
  const outside = given.filter(({ address }) => address < start || address > end);
  const reserved = given.filter(({ address }) => isReserved(settings.reservations, address) && !isReserved(before.reservations, address));
  const gateway = given.filter(({ address }) => settings.gateways.some((entry) => entry.address === address));
  const inUse = (field: string, what: string, allocations: typeof given) =>
    allocations.length === 0 ? [] : [problem('addressInUse', ['settings', field], `${text(allocations)} ${allocations.length === 1 ? 'is' : 'are'} in use and cannot ${what}.`, 'Give the address back first, or leave it as it is.')];
  return [...inUse(outside.some(({ address }) => address < start) ? 'rangeStart' : 'rangeEnd', 'be left out of the range', outside), ...inUse('reserved', 'become reserved', reserved), ...inUse('gateways', 'become the address of a gateway', gateway)];
}

function change(context: StepContext, id: string, input: Input): StepResult {
  const { pools } = context.inventory;
  const before = { pool: pools.pool(id), settings: pools.settingsOf(id) };
  refuse(problemsOf(input, before.pool, context.inventory));
  const wanted = input.settings && wantedSettings(input.settings);
  const pool: IpAddressPool = {
    ...before.pool,
    name: input.name ?? before.pool.name,
    description: input.description ?? before.pool.description,
    ...(wanted === undefined ? {} : { rangeStart: wanted.start, rangeEnd: wanted.end }),
  };
  pools.change(pool, wanted?.settings ?? before.settings);
  auditPool(context, pool, before, { pool, settings: pools.settingsOf(id) });
  return { message: `${pool.name} is changed.` };
}
