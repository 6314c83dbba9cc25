/** Fabric › Servers › Add Host: a Hyper-V host with its network adapter and virtual switches. */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { ParsedOperationInput } from '../../../shared/contract/operations.ts';
import { formatMac } from '../../../shared/net/mac.ts';
import type { StepContext, StepResult } from '../../jobs/plan.ts';
import type { Host } from '../../store/inventory/hosts.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import { auditChanges } from '../audit.ts';
import { labels } from '../labels.ts';
import type { Operation } from '../operation.ts';
import { findHostGroup, findRunAsAccount } from '../powershell/lookups.ts';
import { Script, scriptSwitch } from '../powershell/script.ts';
import { refuse } from '../problems.ts';
import { checkAccount, checkHostGroup, checkSwitchNames, noNestedVirtualization } from './checks.ts';

type Input = ParsedOperationInput<'host.add'>;

const longestFqdn = 255;

export const addHost: Operation<'host.add'> = {
  id: 'host.add',
  title: labels.addHost,

  check: (input, { inventory }) => problemsOf(input, inventory),

  /** In a real VMM the network adapter and the virtual switches are found on the computer. */
  script(input, { inventory }) {
    const script = new Script();
    const credential = findRunAsAccount(script, 'runAsAccount', input.runAsAccount, inventory);
    const group = findHostGroup(script, 'vmHostGroup', input.hostGroup, inventory);
    const vmHost = script.set('vmHost', 'Add-SCVMHost', { ComputerName: input.name, VMHostGroup: group, Credential: credential, RemoteConnectEnabled: true });
    return input.isDedicatedGateway ? script.run('Set-SCVMHost', { VMHost: vmHost, IsDedicatedToNetworkVirtualizationGateway: true, RunAsynchronously: scriptSwitch }) : script;
  },

  plan(input, { inventory }) {
    return {
      name: labels.addHost,
      resultType: 'VMHost',
      resultId: null,
      resultName: input.name,
      locks: [inventory.hosts.group(input.hostGroup).id],
      steps: [
        { key: 'host', number: '1', name: `${labels.addHost} ${input.name}` },
        { key: 'discover', number: '1.1', name: labels.discoverHost, run: (context) => discover(context, input) },
        { key: 'switches', number: '1.2', name: labels.setUpVirtualSwitches, run: (context) => addSwitches(context, input) },
      ],
    };
  },
};

function problemsOf(input: Input, inventory: Inventory): readonly Problem[] {
  const group = checkHostGroup(input.hostGroup, inventory);
  return [
    ...checkName(input.name, inventory),
    ...('problem' in group ? [group.problem] : []),
    ...checkAccount(input.runAsAccount, inventory),
    ...checkKind(input, inventory),
    ...(input.nic === '' ? [problem('invalidInput', ['nic'], 'The physical network adapter has no name.', 'Type its name on the host, such as NIC1.')] : []),
    ...checkSwitchNames(input.virtualSwitches.map((name, at) => ({ name, path: ['virtualSwitches', at] }))),
  ];
}

function checkName(name: string, inventory: Inventory): readonly Problem[] {
  const wrong = (message: string, action: string) => [problem('invalidInput', ['name'], message, action)];
  if (name === '') return wrong('The host has no name.', 'Type the fully qualified name of the computer.');
  if (name.length > longestFqdn) return wrong(`The name of the host has ${name.length} characters.`, `Type at most ${longestFqdn}.`);
  const labelsOf = name.split('.');
  if (/^[\d.]+$/.test(name)) return wrong(`${name} is an address, not a name.`, 'Type the fully qualified name of the computer, such as HyperV03.contoso.lab.');
  if (!labelsOf.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))) return wrong(`${name} is no name of a computer.`, 'Use letters, digits, hyphens inside, and dots between the parts.');
  if (labelsOf.length < 2) return wrong(`${name} is not fully qualified.`, `Add the domain, such as ${name}.contoso.lab.`);
  const other = inventory.hosts.findByName(name);
  if (other !== undefined) return [problem('nameInUse', ['name'], `Host ${other.name} is managed already.`, 'Type the name of another computer.')];
  // VMHost of a connection string names either of them.
  const cluster = inventory.clusters.find('host', name);
  return cluster === undefined ? [] : [problem('nameInUse', ['name'], `${cluster.name} is a Hyper-V cluster, not a host.`, 'Type the name of a computer.')];
}

/** A virtual machine of this inventory is one, whatever is said of it. */
function checkKind({ name, isVirtual, isDedicatedGateway }: Input, inventory: Inventory): readonly Problem[] {
  const machine = inventory.virtualMachines.findByName(name.split('.')[0] ?? '');
  return [
    ...(machine === undefined || isVirtual ? [] : [problem('hostNotUsable', ['isVirtual'], `${machine.name} is a virtual machine of this inventory, not a physical host.`, 'Type the name of a physical host, or say that it is itself a virtual machine.')]),
    ...(isVirtual && isDedicatedGateway ? [noNestedVirtualization(name)] : []),
  ];
}

function discover(context: StepContext, input: Input): StepResult {
  const { inventory } = context;
  refuse(problemsOf(input, inventory));
  const group = inventory.hosts.group(input.hostGroup);
  const account = inventory.runAsAccounts.runAsAccount(input.runAsAccount);
  const { name, isVirtual, isDedicatedGateway } = input;
  const host: Host = { id: context.newId(), hostGroupId: group.id, name, isVirtual, isDedicatedGateway, nicName: input.nic, nicMac: inventory.hosts.nextNicMac(), runAsAccountId: account.id };
  inventory.hosts.add(host);
  context.setResult('VMHost', host.id, name);
  auditChanges(context, { type: 'VMHost', id: host.id, name }, {
    Name: [null, name],
    VMHostGroup: [null, group.name],
    RunAsAccount: [null, account.name],
    IsVirtual: [null, String(isVirtual)],
    IsDedicatedToNetworkVirtualizationGateway: [null, String(isDedicatedGateway)],
  });
  return { message: `${name} has network adapter ${host.nicName} (${formatMac(host.nicMac)}).` };
}

function addSwitches(context: StepContext, { name: hostName, virtualSwitches }: Input): StepResult {
  const { inventory } = context;
  const host = inventory.hosts.host(hostName);
  for (const name of virtualSwitches) inventory.hosts.addSwitch({ id: context.newId(), hostId: host.id, name, logicalSwitchId: null });
  auditChanges(context, { type: 'VMHost', id: host.id, name: host.name }, { VirtualNetworks: [null, virtualSwitches.length === 0 ? null : virtualSwitches.join(', ')] });
  if (virtualSwitches.length === 0) return { message: `${host.name} has no virtual switch yet: virtual machines on it cannot be connected.`, withInfo: true };
  return { message: `${host.name} has ${virtualSwitches.join(', ')}.` };
}
