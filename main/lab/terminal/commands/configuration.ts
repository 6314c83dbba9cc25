/** ipconfig, route print, arp -a, hostname: what the IP stack of a machine is set to, as Windows prints it (RECALL: from memory of their output). */
import { formatIpv4, maskOf } from '../../../../shared/net/ipv4.ts';
import { formatMac } from '../../../../shared/net/mac.ts';
import type { Program } from '../command.ts';
import type { Compartment, IndexedInterface, Machine } from '../machine.ts';
import { TerminalError } from '../terminalError.ts';

const on: Program['on'] = ['virtualMachine', 'gateway'];
const adapterModel = 'Microsoft Hyper-V Network Adapter';
const rule = '='.repeat(75);

export const hostname: Program = { kind: 'program', name: 'hostname', summary: 'The name of this machine', on: ['virtualMachine', 'gateway', 'host'], run: (_words, { name }) => [name] };

export const ipconfig: Program = {
  kind: 'program', name: 'ipconfig', summary: 'IP configuration: ipconfig [/all] [/allcompartments]', on,
  run: (words, machine) => {
    const options = words.map((word) => word.toLowerCase().replace(/^-/, '/'));
    const unknown = options.find((option) => option !== '/all' && option !== '/allcompartments');
    if (unknown !== undefined) throw new TerminalError(`Error: unrecognized or incomplete command line. ipconfig takes here: /all /allcompartments`);
    if (machine.emptyBecause !== null) throw new TerminalError(machine.emptyBecause);
    const isWhole = options.includes('/all');
    if (!options.includes('/allcompartments')) return configuration(machine, machine.compartments[0], isWhole);
    const line = '='.repeat(78);
    return machine.compartments.flatMap((compartment) => ['', line, `Network Information for Compartment ${compartment.id}${compartment.id === 1 ? ' (ACTIVE)' : ''}`, line, ...configuration(machine, compartment, isWhole)]);
  },
};

function configuration(machine: Machine, compartment: Compartment | undefined, isWhole: boolean): string[] {
  const lines = ['', 'Windows IP Configuration', ''];
  if (isWhole) {
    lines.push(fact('Host Name', machine.name), fact('Primary Dns Suffix ', ''), fact('Node Type', 'Hybrid'), fact('IP Routing Enabled', compartment !== undefined && compartment.id !== 1 ? 'Yes' : 'No'), fact('WINS Proxy Enabled', 'No'), '');
  }
  const interfaces = compartment?.interfaces ?? [];
  const shown = interfaces.flatMap((entry) => ['', `Ethernet adapter ${entry.name}:`, '', ...adapterFacts(entry, compartment, isWhole)]);
  // The back end adapter of a gateway has its addresses in the tenants' compartments.
  const others = compartment === undefined || compartment.id === 1 ? machine.adapters.filter(({ name, mac }) => !interfaces.some((entry) => entry.name === name || entry.mac === mac)) : [];
  return [...lines.slice(0, -1), ...shown, ...others.flatMap((adapter) => ['', `Ethernet adapter ${adapter.name}:`, '', ...emptyFacts(adapter, machine, isWhole)])];
}

function adapterFacts({ mac, address, prefixLength, name }: IndexedInterface, compartment: Compartment | undefined, isWhole: boolean): string[] {
  const gateway = compartment?.routes.find(({ destination, interfaceName, nextHop }) => destination.length === 0 && interfaceName === name && nextHop !== 0);
  return [
    fact('Connection-specific DNS Suffix ', ''),
    ...(isWhole ? physical(mac) : []),
    fact('IPv4 Address', isWhole ? `${formatIpv4(address)}(Preferred)` : formatIpv4(address)),
    fact('Subnet Mask', formatIpv4(maskOf(prefixLength))),
    fact('Default Gateway', gateway === undefined ? '' : formatIpv4(gateway.nextHop)),
    ...(isWhole ? [fact('NetBIOS over Tcpip', 'Enabled')] : []),
  ];
}

function emptyFacts({ mac }: Machine['adapters'][number], { kind }: Machine, isWhole: boolean): string[] {
  const state = kind === 'gateway' ? 'Its addresses are in the compartments of the tenants' : 'Media disconnected';
  return [fact('Media State', state), ...(isWhole ? physical(mac) : [])];
}

function physical(mac: number): string[] {
  return [fact('Description', adapterModel), fact('Physical Address', formatMac(mac)), fact('DHCP Enabled', 'No'), fact('Autoconfiguration Enabled', 'Yes')];
}

/** As many as the longest name has characters; each name covers its part of them. */
const dots = `${'. '.repeat(16)}.`;

function fact(name: string, value: string): string {
  return `   ${name}${dots.slice(name.length)} : ${value}`.trimEnd();
}

export const route: Program = {
  kind: 'program', name: 'route', summary: 'The route table: route print', on,
  run: (words, machine) => {
    const [verb] = words;
    if (verb?.toLowerCase() !== 'print') throw new TerminalError('This terminal only looks: type route print.');
    if (machine.emptyBecause !== null) throw new TerminalError(machine.emptyBecause);
    const { interfaces, routes } = machine.compartments[0] ?? { interfaces: [], routes: [] };
    const active = routes.map(({ destination, nextHop, interfaceName, metric }) => {
      const address = interfaces.find(({ name }) => name === interfaceName)?.address ?? 0;
      return routeLine(formatIpv4(destination.address), formatIpv4(maskOf(destination.length)), nextHop === 0 ? 'On-link' : formatIpv4(nextHop), formatIpv4(address), String(metric));
    });
    const persistent = routes.filter(({ nextHop }) => nextHop !== 0).map(({ destination, nextHop }) => `${formatIpv4(destination.address).padStart(17)}${formatIpv4(maskOf(destination.length)).padStart(17)}${formatIpv4(nextHop).padStart(17)}  Default`);
    return [
      rule, 'Interface List', ...interfaces.map(({ index, mac }) => `${String(index).padStart(3)}...${formatMac(mac).toLowerCase().replaceAll('-', ' ')} ......${adapterModel}`), rule,
      '', 'IPv4 Route Table', rule, 'Active Routes:', ...(active.length === 0 ? ['  None'] : ['Network Destination        Netmask          Gateway       Interface  Metric', ...active]), rule,
      'Persistent Routes:', ...(persistent.length === 0 ? ['  None'] : ['  Network Address          Netmask  Gateway Address  Metric', ...persistent]), rule,
    ];
  },
};

function routeLine(destination: string, mask: string, gateway: string, via: string, metric: string): string {
  return destination.padStart(17) + mask.padStart(17) + gateway.padStart(17) + via.padStart(16) + metric.padStart(7);
}

export const arp: Program = {
  kind: 'program', name: 'arp', summary: 'The ARP table: arp -a', on,
  run: (words, machine) => {
    if (words.length !== 1 || !/^[-/][ag]$/i.test(words[0] ?? '')) throw new TerminalError('This terminal only looks: type arp -a.');
    if (machine.emptyBecause !== null) throw new TerminalError(machine.emptyBecause);
    const { interfaces, neighbours } = machine.compartments[0] ?? { interfaces: [], neighbours: [] };
    const tables = interfaces.map((entry) => ({ entry, known: neighbours.filter(({ interfaceName, state }) => interfaceName === entry.name && state !== 'Incomplete') })).filter(({ known }) => known.length > 0);
    if (tables.length === 0) return ['No ARP Entries Found.'];
    return tables.flatMap(({ entry, known }) => [
      '', `Interface: ${formatIpv4(entry.address)} --- 0x${entry.index.toString(16)}`, '  Internet Address      Physical Address      Type',
      ...known.map(({ address, mac }) => `  ${formatIpv4(address).padEnd(22)}${formatMac(mac).toLowerCase().padEnd(22)}dynamic`),
    ]);
  },
};
