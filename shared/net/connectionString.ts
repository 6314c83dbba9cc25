/**
 * Connection string of a Windows Server Gateway: `Key=Value(;Key=Value)*` (fact sheet §1.4). What the provider takes is more than what is good:
 * an unknown key passes when the service is added and shows much later. So it is read leniently here, and `lint` says what is wrong with it.
 */
import { formatIpv4, parseIpv4, type Ipv4Address } from './ipv4.ts';

export const connectionStringKeys = [
  'VMHost',
  'GatewayVM',
  'BackendSwitch',
  'DirectRoutingMode',
  'FrontEndServerAddress',
  'VPNServerAddress',
  'MaxVMNetworksSupported',
  'Migrate',
] as const;
export type ConnectionStringKey = (typeof connectionStringKeys)[number];

/** How many VM networks may use a gateway (fact sheet §1.4). */
export const vmNetworksDefault = 50;
export const vmNetworksLimit = 100;

export interface ConnectionStringPart {
  readonly key: string;
  readonly value: string;
  /** Place in the text, the end not included. */
  readonly start: number;
  readonly end: number;
}

/** What the provider takes from it. Missing and wrong values are null. */
export interface ConnectionSettings {
  readonly vmHost: string | null;
  readonly gatewayVm: string | null;
  readonly backendSwitch: string | null;
  readonly directRoutingMode: boolean;
  readonly frontEndServerAddress: Ipv4Address | null;
  readonly vpnServerAddress: Ipv4Address | null;
  readonly maxVmNetworks: number;
}

export interface ConnectionStringFinding {
  /** An error cannot work; a warning is accepted and shows later, or is not documented. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly action: string;
  readonly start: number;
  readonly end: number;
}

export function splitConnectionString(text: string): readonly ConnectionStringPart[] {
  let start = 0;
  return text.split(';').flatMap((piece) => {
    const at = start;
    start += piece.length + 1;
    if (piece.trim() === '') return [];
    const equals = piece.indexOf('=');
    const key = equals < 0 ? piece : piece.slice(0, equals);
    return [{ key: key.trim(), value: equals < 0 ? '' : piece.slice(equals + 1), start: at, end: at + piece.length }];
  });
}

/**
 * Keys are taken as they are written in the documentation. A value with a space counts as not given: a provider was seen to accept it and
 * then to claim that no switch name was provided (fact sheet §1.4; the cause is unproven).
 */
export function readConnectionString(text: string): ConnectionSettings {
  const parts = splitConnectionString(text);
  const valueOf = (key: ConnectionStringKey): string | null => {
    const value = parts.find((part) => part.key === key)?.value ?? '';
    return value === '' || value.includes(' ') ? null : value;
  };
  const addressOf = (key: ConnectionStringKey): Ipv4Address | null => parseIpv4(valueOf(key) ?? '') ?? null;
  const directRoutingMode = valueOf('DirectRoutingMode')?.toLowerCase() === 'true';
  const wanted = Number(valueOf('MaxVMNetworksSupported') ?? vmNetworksDefault);
  return {
    vmHost: valueOf('VMHost'),
    gatewayVm: valueOf('GatewayVM'),
    backendSwitch: valueOf('BackendSwitch'),
    directRoutingMode,
    frontEndServerAddress: addressOf('FrontEndServerAddress'),
    vpnServerAddress: addressOf('VPNServerAddress'),
    maxVmNetworks: directRoutingMode ? 1 : isVmNetworkCount(wanted) ? wanted : vmNetworksDefault,
  };
}

const isVmNetworkCount = (count: number): boolean => Number.isInteger(count) && count >= 1 && count <= vmNetworksLimit;

/** In the order of the documented examples, without what is the default. */
export function writeConnectionString(settings: ConnectionSettings): string {
  const { vmHost, gatewayVm, backendSwitch, directRoutingMode, frontEndServerAddress, vpnServerAddress, maxVmNetworks } = settings;
  const parts: readonly (readonly [ConnectionStringKey, string | null])[] = [
    ['VMHost', vmHost],
    ['GatewayVM', gatewayVm],
    ['BackendSwitch', backendSwitch],
    ['DirectRoutingMode', directRoutingMode ? 'True' : null],
    ['FrontEndServerAddress', frontEndServerAddress === null ? null : formatIpv4(frontEndServerAddress)],
    ['VPNServerAddress', vpnServerAddress === null ? null : formatIpv4(vpnServerAddress)],
    ['MaxVMNetworksSupported', directRoutingMode || maxVmNetworks === vmNetworksDefault ? null : String(maxVmNetworks)],
  ];
  return parts.flatMap(([key, value]) => (value === null || value === '' ? [] : [`${key}=${value}`])).join(';');
}

export function lintConnectionString(text: string): readonly ConnectionStringFinding[] {
  const parts = splitConnectionString(text);
  const whole = { start: 0, end: text.length };
  const missing = (['VMHost', 'GatewayVM'] as const).filter((key) => !parts.some((part) => part.key === key));
  const findings: ConnectionStringFinding[] = [
    ...missing.map((key): ConnectionStringFinding => ({ severity: 'error', ...missingText(key, parts), ...whole })),
    ...parts.flatMap((part, at) => lintPart(part, parts.slice(0, at))),
    ...lintTogether(parts, whole),
  ];
  if (/;\s*$/u.test(text)) findings.push({ severity: 'warning', message: 'It ends with a semicolon, which is not documented.', action: 'Remove the last semicolon.', start: text.lastIndexOf(';'), end: text.length });
  return findings.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A key in other letters is not taken for it: documents show one way to write it only. */
function missingText(key: ConnectionStringKey, parts: readonly ConnectionStringPart[]): { readonly message: string; readonly action: string } {
  const other = parts.find((part) => part.key.toLowerCase() === key.toLowerCase());
  if (other === undefined) return { message: `${key} is missing.`, action: `Add ${key}=name.` };
  return { message: `${key} is missing; "${other.key}" is not taken for it.`, action: `Write ${key} in place of ${other.key}.` };
}

function lintPart(part: ConnectionStringPart, before: readonly ConnectionStringPart[]): readonly ConnectionStringFinding[] {
  const { key, value, start, end } = part;
  const say = (severity: ConnectionStringFinding['severity'], message: string, action: string): ConnectionStringFinding => ({ severity, message, action, start, end });
  const findings: ConnectionStringFinding[] = [];
  if (value === '') findings.push(say('error', `${key === '' ? 'A part' : key} has no value.`, 'Write Key=Value, without spaces.'));
  if (before.some((other) => other.key === key)) findings.push(say('warning', `${key} is given twice; only the first counts.`, 'Remove one of them.'));
  if (/\s/u.test(value) || key !== part.key.trim()) findings.push(say('warning', `The value of ${key} has a space. It is accepted when the gateway is added and fails when it is connected.`, 'Use a name without spaces.'));
  if (/^["'\u201c\u201d]|["'\u201c\u201d]$/u.test(value)) findings.push(say('warning', `The value of ${key} is in quotation marks, which would be part of the name.`, 'Remove the quotation marks.'));
  const known = connectionStringKeys.find((entry) => entry === key);
  if (known === undefined) return [...findings, say('warning', `${key === '' ? 'An empty key' : `"${key}"`} is not a known key. It is accepted and then ignored.`, suggestion(key))];
  return value === '' ? findings : [...findings, ...lintValue(known, value).map(([message, action]) => say('error', message, action))];
}

function suggestion(key: string): string {
  const near = connectionStringKeys.find((entry) => distance(entry.toLowerCase(), key.toLowerCase()) <= 3);
  return near === undefined ? `Use one of ${connectionStringKeys.join(', ')}.` : `Write ${near}.`;
}

function lintValue(key: ConnectionStringKey, value: string): readonly (readonly [message: string, action: string])[] {
  switch (key) {
    case 'DirectRoutingMode':
    case 'Migrate':
      return /^(true|false)$/iu.test(value) ? [] : [[`${key} is neither True nor False.`, `Write ${key}=True, or leave it out.`]];
    case 'FrontEndServerAddress':
    case 'VPNServerAddress':
      return parseIpv4(value) === undefined ? [[`${key} is not an IPv4 address.`, 'Write an address such as 131.107.0.55.']] : [];
    case 'MaxVMNetworksSupported':
      return isVmNetworkCount(Number(value)) ? [] : [[`MaxVMNetworksSupported is not a number from 1 to ${vmNetworksLimit}.`, `Write a number from 1 to ${vmNetworksLimit}, or leave it out for ${vmNetworksDefault}.`]];
    case 'VMHost':
    case 'GatewayVM':
    case 'BackendSwitch':
      return [];
  }
}

/** What the parts say about each other. */
function lintTogether(parts: readonly ConnectionStringPart[], whole: { readonly start: number; readonly end: number }): readonly ConnectionStringFinding[] {
  const find = (key: ConnectionStringKey): ConnectionStringPart | undefined => parts.find((part) => part.key === key);
  const isDirect = find('DirectRoutingMode')?.value.toLowerCase() === 'true';
  const most = find('MaxVMNetworksSupported');
  const findings: ConnectionStringFinding[] = [];
  if (isDirect && find('FrontEndServerAddress') === undefined) findings.push({ severity: 'error', message: 'DirectRoutingMode=True needs FrontEndServerAddress.', action: 'Add FrontEndServerAddress=address, the external address of the gateway.', ...whole });
  if (isDirect && most !== undefined && most.value !== '1') findings.push({ severity: 'error', message: 'A gateway with DirectRoutingMode=True serves one VM network.', action: 'Remove MaxVMNetworksSupported.', start: most.start, end: most.end });
  if (find('BackendSwitch') === undefined) findings.push({ severity: 'warning', message: 'BackendSwitch is missing. That is right only if the back end adapter is connected to a switch already.', action: 'Add BackendSwitch=name of the virtual switch.', ...whole });
  return findings;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
