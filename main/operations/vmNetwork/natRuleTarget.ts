/** NAT rules as they were asked for, or everything that stands against them (fact sheet §3.2). */
import { problem, type Problem } from '../../../shared/contract/errors.ts';
import type { NatRuleInput } from '../../../shared/contract/connectivity.ts';
import { formatIpv4, formatPrefix, nthAddress, parseIpv4, prefixContains, type Ipv4Address, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { Inventory } from '../../store/inventory/inventory.ts';
import type { NatRule } from '../../store/inventory/natRules.ts';
import type { VmNetwork } from '../../store/inventory/vmNetworks.ts';
import { listed } from '../wording.ts';
import type { Claim } from './externalAddressTarget.ts';
import { gatewayLimits, vmNetworkLimits } from './limits.ts';
import type { NatNow } from './natNow.ts';
import { subnetsToConnect, type NetworkToConnect } from './networkToConnect.ts';
import { parseNumber } from './typedNumber.ts';

/**
 * A rule without its NAT connection, which may not exist yet. `id`: of the rule that it changes. `externalPlace`: 0 for the first external
 * address, 1 for the first of those behind it.
 */
export type WantedRule = Omit<NatRule, 'id' | 'natConnectionId' | 'natExternalAddressId'> & { readonly id: string | undefined; readonly externalPlace: number };

type Path = readonly (string | number)[];

/** `further`: how many external addresses there will be behind the first one. */
export function resolveNatRules(network: NetworkToConnect, now: NatNow, rules: readonly NatRuleInput[], further: number, inventory: Inventory): { readonly rules: readonly WantedRule[] } | { readonly problems: readonly Problem[] } {
  const subnets = subnetsToConnect(network, inventory).map(({ name, address, prefixLength }) => ({ name, prefix: { address, length: prefixLength } }));
  const known = new Set(now.rules.map(({ id }) => id));
  const problems = rules.flatMap((rule, at) => checkRule(rule, ['directConnection', 'rules', at], network, subnets, known));
  problems.push(...rules.flatMap((rule, at) => checkExternalAddress(rule, ['directConnection', 'rules', at], further)), ...duplicates(rules));
  if (problems.length > 0) return { problems };
  return { rules: rules.map(toWanted) };
}

export function rulesOf(network: VmNetwork, { vmNetworkGateways, natRules }: Inventory): readonly NatRule[] {
  const gateway = vmNetworkGateways.ofVmNetwork(network.id);
  const nat = gateway && vmNetworkGateways.natOf(gateway.id);
  return nat === undefined ? [] : natRules.ofNat(nat.id);
}

/** As they are; none may wait at an external address that goes. */
export function rulesThatStay({ rules, further }: NatNow, claims: readonly Claim[]): { readonly rules: readonly WantedRule[] } | { readonly problems: readonly Problem[] } {
  const placeOf = new Map(claims.flatMap(({ row }, at): (readonly [string, number])[] => (row === undefined ? [] : [[row.id, at + 1]])));
  const gone = further.filter(({ id }) => !placeOf.has(id));
  const problems = gone.flatMap(({ id, address }) => {
    const users = rules.filter(({ natExternalAddressId }) => natExternalAddressId === id).map(({ name }) => `NAT rule ${name}`);
    return users.length === 0 ? [] : [problem('objectInUse', ['directConnection', 'externalAddresses'], `External address ${formatIpv4(address)} cannot be removed: ${listed(users)} ${users.length === 1 ? 'waits' : 'wait'} there.`, 'Choose another external address for the rules, or remove them.')];
  });
  if (problems.length > 0) return { problems };
  return {
    rules: rules.map(({ id, name, protocol, natExternalAddressId, externalPort, internalAddress, internalPort }) => {
      const externalPlace = natExternalAddressId === null ? 0 : (placeOf.get(natExternalAddressId) ?? 0);
      return { id, name, protocol, externalPlace, externalPort, internalAddress, internalPort };
    }),
  };
}

function toWanted({ id, name, protocol, externalAddress, incomingPort, destinationAddress, destinationPort }: NatRuleInput): WantedRule {
  return { id, name, protocol, externalPlace: externalAddress - 1, externalPort: Number(incomingPort), internalAddress: parseIpv4(destinationAddress) ?? 0, internalPort: Number(destinationPort) };
}

interface NamedSubnet {
  readonly name: string;
  readonly prefix: Ipv4Prefix;
}

function checkRule(rule: NatRuleInput, path: Path, network: VmNetwork, subnets: readonly NamedSubnet[], known: ReadonlySet<string>): Problem[] {
  const problems: Problem[] = [];
  if (rule.id !== undefined && !known.has(rule.id)) {
    problems.push(problem('objectNotFound', [...path, 'name'], `The NAT rule ${rule.name} is no longer there.`, 'Open the properties again: somebody removed it meanwhile.'));
  }
  problems.push(...checkRuleName(rule, path));
  problems.push(...checkIncomingPort(rule, path), ...checkDestinationPort(rule, path), ...checkDestination(rule, path, network, subnets));
  return problems;
}

function checkRuleName({ name, protocol, incomingPort }: NatRuleInput, path: Path): Problem[] {
  const which = `The NAT rule for incoming ${protocol} port ${incomingPort === '' ? '(none)' : incomingPort}`;
  if (name === '') return [problem('invalidInput', [...path, 'name'], `${which} has no name.`, 'Type a name such as HTTPS.')];
  if (name.length <= vmNetworkLimits.nameLength) return [];
  return [problem('invalidInput', [...path, 'name'], `${which} has a name of ${name.length} characters.`, `Type at most ${vmNetworkLimits.nameLength}.`)];
}

/** By its name, or by its place while it has none. */
function called({ name }: NatRuleInput, path: Path): string {
  return `NAT rule ${nameOrNumber(name, Number(path.at(-1)))}`;
}

function nameOrNumber(name: string, at: number): string {
  return name === '' ? String(at + 1) : name;
}

/** What is wrong with a typed value that means nothing. */
function unreadable(rule: NatRuleInput, path: Path, value: string, what: string): string {
  return value === '' ? `${called(rule, path)} has no ${what}.` : `"${value}" is no ${what} of ${called(rule, path)}.`;
}

function checkExternalAddress(rule: NatRuleInput, path: Path, further: number): Problem[] {
  const { externalAddress } = rule;
  if (externalAddress <= 1 + further) return [];
  const count = further === 0 ? 'one external address' : `${1 + further} external addresses`;
  return [problem('externalAddressMissing', [...path, 'externalAddress'], `${called(rule, path)} waits at external address ${externalAddress}, but the NAT connection has ${count}.`, 'Choose another external address for the rule, or add one.')];
}

function checkIncomingPort(rule: NatRuleInput, path: Path): Problem[] {
  const { incomingPort } = rule;
  const place = [...path, 'incomingPort'];
  const port = parseNumber(incomingPort, 1, 65_535);
  const { highestForwardedPort } = gatewayLimits;
  if (port === undefined) return [problem('invalidInput', place, unreadable(rule, path, incomingPort, 'incoming port'), `Type a number from 1 to ${highestForwardedPort}.`)];
  if (port <= highestForwardedPort) return [];
  return [
    problem(
      'portNotForwardable',
      place,
      `Incoming port ${port} of ${called(rule, path)} cannot be forwarded: the external address of a NAT connection takes ports 1 to ${highestForwardedPort} only.`,
      `Choose an incoming port up to ${highestForwardedPort}.`,
    ),
  ];
}

function checkDestinationPort(rule: NatRuleInput, path: Path): Problem[] {
  const { destinationPort } = rule;
  if (parseNumber(destinationPort, 1, 65_535) !== undefined) return [];
  return [problem('invalidInput', [...path, 'destinationPort'], unreadable(rule, path, destinationPort, 'destination port'), 'Type a number from 1 to 65535.')];
}

function checkDestination(rule: NatRuleInput, path: Path, network: VmNetwork, subnets: readonly NamedSubnet[]): Problem[] {
  const { destinationAddress } = rule;
  const place = [...path, 'destinationAddress'];
  const address = parseIpv4(destinationAddress);
  const list = subnets.map(({ prefix }) => formatPrefix(prefix)).join(', ');
  const action = `Type the address of a virtual machine in ${list}.`;
  if (address === undefined) return [problem('invalidInput', place, unreadable(rule, path, destinationAddress, 'destination address'), action)];
  const subnet = subnets.find(({ prefix }) => prefixContains(prefix, address));
  if (subnet === undefined) return [problem('destinationForeign', place, `${destinationAddress}, the destination of ${called(rule, path)}, is in no VM subnet of ${network.name} (${list}).`, action)];
  const role = reservedRole(address, subnet.prefix);
  return role === undefined ? [] : [problem('destinationForeign', place, `${destinationAddress}, the destination of ${called(rule, path)}, is the ${role} of VM subnet ${subnet.name}, not a virtual machine.`, action)];
}

function reservedRole(address: Ipv4Address, prefix: Ipv4Prefix): string | undefined {
  if (address === prefix.address) return 'network address';
  if (address === nthAddress(prefix, 1)) return 'default gateway (the distributed router)';
  return address === nthAddress(prefix, 2 ** (32 - prefix.length) - 1) ? 'broadcast address' : undefined;
}

/** Two rules cannot wait at one port of one external address, and a name tells them apart. */
function duplicates(rules: readonly NatRuleInput[]): Problem[] {
  const ports = new Map<string, string>();
  const names = new Set<string>();
  return rules.flatMap(({ name, protocol, externalAddress, incomingPort }, at) => {
    const problems: Problem[] = [];
    const key = `${externalAddress} ${protocol} ${Number(incomingPort)}`;
    const other = incomingPort === '' ? undefined : ports.get(key);
    if (other !== undefined) {
      problems.push(problem('portInUse', ['directConnection', 'rules', at, 'incomingPort'], `NAT rules ${other} and ${nameOrNumber(name, at)} both take incoming ${protocol} port ${incomingPort}.`, 'Choose another incoming port for one of them.'));
    }
    ports.set(key, other ?? nameOrNumber(name, at));
    const lower = name.toLowerCase();
    if (name !== '' && names.has(lower)) problems.push(problem('nameInUse', ['directConnection', 'rules', at, 'name'], `There are two NAT rules named ${name}.`, 'Type another name for one of them.'));
    names.add(lower);
    return problems;
  });
}

/** For change tracking and messages: "TCP 443 to 10.30.1.4:443". */
export function ruleText({ protocol, externalPort, internalAddress, internalPort }: Pick<NatRule, 'protocol' | 'externalPort' | 'internalAddress' | 'internalPort'>): string {
  return `${protocol} ${externalPort} to ${formatIpv4(internalAddress)}:${internalPort}`;
}
