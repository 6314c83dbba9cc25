/**
 * What the configuration provider finds when it opens the device: the table of the Provider page (fact sheet §1.3), and the first obstacle in
 * the order in which a provider meets it. Names of the tests are our reconstruction; the two families are documented.
 */
import type { RunAsAccount } from '../../store/inventory/runAsAccounts.ts';
import type { VirtualMachine } from '../../store/inventory/virtualMachines.ts';

export interface ProviderTestRow {
  readonly name: string;
  readonly family: 'functional' | 'informational';
  readonly result: 'Passed' | 'Failed' | 'Implemented' | 'Not implemented';
  /** Why it failed, and what to do; empty otherwise. */
  readonly detail: string;
}

interface FunctionalTest {
  readonly name: string;
  /** Why it fails, or undefined. */
  readonly obstacle: (machine: VirtualMachine, account: RunAsAccount) => string | undefined;
}

const functionalTests: readonly FunctionalTest[] = [
  {
    name: 'Test open connection',
    obstacle: (machine) => {
      if (!machine.running) return `Virtual machine ${machine.name} is turned off. Start it.`;
      return machine.firewallOn ? `Virtual machine ${machine.name} does not answer: its firewall is on. Turn the firewall off inside the virtual machine.` : undefined;
    },
  },
  { name: 'Test credentials', obstacle: (machine, account) => credentialObstacle(machine, account) },
  { name: 'Test system info', obstacle: () => undefined },
  {
    name: 'Test capability discovery',
    obstacle: (machine) => {
      if (!machine.dataExchangeOn) return `The network adapters inside ${machine.name} cannot be discovered: its integration service Data Exchange is off. Turn it on.`;
      return machine.remoteAccessInstalled ? undefined : `The Remote Access role with its role services is not installed in ${machine.name}. Add it in Server Manager.`;
    },
  },
];

/** Optional interfaces of a provider; "Not implemented" is no error (fact sheet §1.3). */
const informationalTests: readonly (readonly [name: string, isImplemented: boolean])[] = [
  ['Gateway interface', true],
  ['Network address translation interface', true],
  ['Site-to-site interface', true],
  ['Virtual switch extension interface', false],
  ['Load balancer interface', false],
];

/** Local administrator of the gateway VM; a workgroup machine knows no other (the seed article). */
const administrator = 'administrator';

function credentialObstacle(machine: VirtualMachine, { name, kind, userName }: RunAsAccount): string | undefined {
  if (kind !== 'credential') return `Run As account ${name} holds a pre-shared key, not a user name and a password.`;
  const separator = userName.indexOf('\\');
  const domain = userName.slice(0, Math.max(0, separator)).toLowerCase();
  const isAdministrator = userName.slice(separator + 1).toLowerCase() === administrator;
  const isHere = domain === '' || domain === '.' || domain === machine.name.toLowerCase();
  if (isAdministrator && isHere) return undefined;
  return `Access is denied: ${userName} of Run As account ${name} is not an administrator of ${machine.name}. Use the local administrator of the virtual machine.`;
}

/** All rows, or only "Test open connection" when that fails: without a connection nothing else can be asked. */
export function testProvider(machine: VirtualMachine, account: RunAsAccount): readonly ProviderTestRow[] {
  const rows: ProviderTestRow[] = [];
  for (const { name, obstacle } of functionalTests) {
    const detail = obstacle(machine, account) ?? '';
    rows.push({ name, family: 'functional', result: detail === '' ? 'Passed' : 'Failed', detail });
    if (detail !== '' && rows.length <= 2) return rows;
  }
  return [...rows, ...informationalTests.map(([name, isImplemented]): ProviderTestRow => ({ name, family: 'informational', result: isImplemented ? 'Implemented' : 'Not implemented', detail: '' }))];
}

/** The first reason for which the provider cannot work with the device. */
export function providerObstacle(machine: VirtualMachine, account: RunAsAccount): string | undefined {
  return testProvider(machine, account).find(({ result }) => result === 'Failed')?.detail;
}
