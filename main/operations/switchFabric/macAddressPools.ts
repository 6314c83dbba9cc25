/** MAC address pools: from where virtual machines of host groups take their static MAC addresses. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatMac, parseMac, type MacAddress } from '../../../shared/net/mac.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { labels } from '../labels.ts';
import { checkName } from '../logicalNetwork/nameChecks.ts';
import type { Operation } from '../operation.ts';
import { findHostGroups } from '../powershell/lookups.ts';
import { Script } from '../powershell/script.ts';
import { findOrProblem } from '../problems.ts';
import { listed } from '../wording.ts';
import { createPlan, deletePlan } from './plans.ts';

type Input = ParsedOperationInput<'macAddressPool.create'>;

const type = 'MACAddressPool';

/** Second hexadecimal digit odd: the address is a group's. */
const isGroupAddress = (mac: MacAddress): boolean => Math.floor(mac / 2 ** 40) % 2 === 1;

export const createMacAddressPool: Operation<'macAddressPool.create'> = {
  id: 'macAddressPool.create',
  title: labels.createMacAddressPool,
  check: (input, { inventory }) => problemsOf(input, inventory),

  script(input, { inventory }) {
    const script = new Script();
    const groups = findHostGroups(script, 'hostGroups', input.hostGroups, inventory);
    return script.run('New-SCMACAddressPool', { Name: input.name, Description: input.description, VMHostGroup: groups, MACAddressRangeStart: macText(input.rangeStart), MACAddressRangeEnd: macText(input.rangeEnd) });
  },

  plan: (input) =>
    createPlan({
      type,
      label: labels.createMacAddressPool,
      name: input.name,
      check: (inventory) => problemsOf(input, inventory),
      write: ({ inventory }, id) => {
        const groups = input.hostGroups.map((group) => inventory.hosts.group(group));
        inventory.switchFabric.addMacPool({ id, name: input.name, description: input.description, rangeStart: checked(input.rangeStart), rangeEnd: checked(input.rangeEnd) }, groups.map((group) => group.id));
        return { MACAddressRangeStart: macText(input.rangeStart), MACAddressRangeEnd: macText(input.rangeEnd), VMHostGroups: groups.map(({ name }) => name).join(', ') };
      },
    }),
};

function checked(text: string): MacAddress {
  const mac = parseMac(text);
  if (mac === undefined) throw new Error(`${text} was not checked`);
  return mac;
}

const macText = (text: string): string => formatMac(checked(text));

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const groups = input.hostGroups.flatMap((group) => {
    const found = findOrProblem(['hostGroups'], () => inventory.hosts.group(group));
    return 'problem' in found ? [found.problem] : [];
  });
  return [
    ...checkName('MAC address pool', input.name, inventory.switchFabric.findByName('MAC address pool', input.name)),
    ...(input.hostGroups.length === 0 ? [problem('invalidInput', ['hostGroups'], 'No host group takes addresses of this pool.', 'Choose at least one host group.')] : groups),
    ...checkRange(input, inventory),
  ];
}

function checkRange({ rangeStart, rangeEnd }: Input, inventory: Inventory): readonly Problem[] {
  const [start, end] = [parseMac(rangeStart), parseMac(rangeEnd)];
  const wrong = [...endProblems(rangeStart, start, 'rangeStart'), ...endProblems(rangeEnd, end, 'rangeEnd')];
  if (wrong.length > 0 || start === undefined || end === undefined) return wrong;
  if (end < start) return [problem('invalidInput', ['rangeEnd'], `The range ends with ${rangeEnd}, before it starts with ${rangeStart}.`, 'Exchange the two addresses.')];
  if (Math.floor(start / 2 ** 24) !== Math.floor(end / 2 ** 24)) return [problem('invalidInput', ['rangeEnd'], 'The first three bytes of both ends differ: the range would reach into addresses of other manufacturers.', 'Keep the first three bytes the same.')];
  const rival = inventory.switchFabric.macPools().find((pool) => pool.rangeStart <= end && start <= pool.rangeEnd);
  return rival === undefined ? [] : [problem('poolOverlap', ['rangeStart'], `The range overlaps that of ${rival.name} (${formatMac(rival.rangeStart)} - ${formatMac(rival.rangeEnd)}).`, 'Type a range that has no address in common with it.')];
}

function endProblems(text: string, mac: MacAddress | undefined, field: 'rangeStart' | 'rangeEnd'): readonly Problem[] {
  const example = 'Type one such as 00-1D-D8-B7-1C-00.';
  if (text === '') return [problem('invalidInput', [field], 'The MAC address is missing.', example)];
  if (mac === undefined) return [problem('invalidInput', [field], `${text} is no MAC address.`, example)];
  return isGroupAddress(mac) ? [problem('invalidInput', [field], `${text} is a multicast address, which no adapter can have.`, 'Choose a first byte that is even.')] : [];
}

function users(reference: string, { switchFabric }: Inventory): readonly Problem[] {
  const pool = findOrProblem(['macAddressPool'], () => switchFabric.macPool(reference));
  if ('problem' in pool) return [pool.problem];
  const names = switchFabric.usersOfRange(pool.found);
  return names.length === 0 ? [] : [problem('objectInUse', ['macAddressPool'], `${listed(names)} ${names.length === 1 ? 'has' : 'have'} addresses of ${pool.found.name}.`, 'Delete the virtual machines first.')];
}

export const deleteMacAddressPool: Operation<'macAddressPool.delete'> = {
  id: 'macAddressPool.delete',
  title: labels.deleteMacAddressPool,
  check: (input, { inventory }) => users(input.macAddressPool, inventory),

  script(input, { inventory }) {
    const script = new Script();
    return script.run('Remove-SCMACAddressPool', { MACAddressPool: script.set('macAddressPool', 'Get-SCMACAddressPool', { Name: inventory.switchFabric.macPool(input.macAddressPool).name }) });
  },

  plan(input, { inventory }) {
    const object = inventory.switchFabric.macPool(input.macAddressPool);
    return deletePlan({ type, label: labels.deleteMacAddressPool, object, check: (now) => users(object.id, now), remove: ({ switchFabric }) => switchFabric.removeMacPool(object.id) });
  },
};
