/** What is typed about a static IP address pool, and what that means as input of its operations. */
import type { IpPoolProperties } from '../../../shared/contract/networking.ts';
import type { OperationInput } from '../../../shared/contract/operations.ts';
import { formatIpv4, maskOf, parseIpv4, parsePrefix } from '../../../shared/net/ipv4.ts';
import { toSite, type SiteForm } from '../logical-network/form.ts';

export interface GatewayForm {
  readonly address: string;
  readonly metric: string;
  readonly isAutomatic: boolean;
}

export interface PoolSettingsForm {
  readonly rangeStart: string;
  readonly rangeEnd: string;
  readonly vips: string;
  readonly reserved: string;
  readonly gateways: readonly GatewayForm[];
  readonly dnsServers: readonly string[];
  readonly dnsSuffix: string;
  readonly dnsSearchSuffixes: readonly string[];
  readonly winsServers: readonly string[];
  readonly enableNetbios: boolean;
}

/** Where the wizard was started: that decides whose addresses the pool holds. */
export interface PoolOrigin {
  /** Id; empty to choose. */
  readonly logicalNetworkId?: string;
  readonly vmNetworkId?: string;
}

export interface CreatePoolForm extends PoolSettingsForm {
  readonly name: string;
  readonly description: string;
  /** Ids. */
  readonly logicalNetwork: string;
  readonly networkSite: string;
  readonly vmNetwork: string;
  readonly vmSubnet: string;
  /** CIDR. */
  readonly subnet: string;
  /** Instead of an existing site. */
  readonly newSite: SiteForm | null;
}

const emptySettings: PoolSettingsForm = { rangeStart: '', rangeEnd: '', vips: '', reserved: '', gateways: [], dnsServers: [], dnsSuffix: '', dnsSearchSuffixes: [], winsServers: [], enableNetbios: false };

export const emptyGateway: GatewayForm = { address: '', metric: '', isAutomatic: true };

export function emptyForm({ logicalNetworkId = '', vmNetworkId = '' }: PoolOrigin): CreatePoolForm {
  return { name: '', description: '', logicalNetwork: logicalNetworkId, networkSite: '', vmNetwork: vmNetworkId, vmSubnet: '', subnet: '', newSite: null, ...emptySettings };
}

/** Of another network nothing of the old one's sites is left. */
export function withNetwork(form: CreatePoolForm, logicalNetwork: string): CreatePoolForm {
  return form.logicalNetwork === logicalNetwork ? form : { ...form, logicalNetwork, networkSite: '', subnet: '', newSite: null };
}

/** The range stands ready as the whole subnet (behind the distributed router in a VM subnet), unless another one was typed. */
export function withSubnet(form: CreatePoolForm, subnet: string): CreatePoolForm {
  const isVmSubnet = form.vmNetwork !== '';
  const [before, after] = [wholeSubnet(form.subnet, isVmSubnet), wholeSubnet(subnet, isVmSubnet)];
  const isTyped = form.rangeStart !== before.rangeStart || form.rangeEnd !== before.rangeEnd;
  return { ...form, subnet, ...(isTyped ? {} : after) };
}

function wholeSubnet(text: string, isVmSubnet: boolean): { readonly rangeStart: string; readonly rangeEnd: string } {
  const prefix = parsePrefix(text);
  if (prefix === undefined || prefix.length > 30) return { rangeStart: '', rangeEnd: '' };
  return { rangeStart: formatIpv4(prefix.address + (isVmSubnet ? 2 : 1)), rangeEnd: formatIpv4(((prefix.address | ~maskOf(prefix.length)) >>> 0) - 1) };
}

/** "Total addresses"; null while the range is none. */
export function totalAddresses({ rangeStart, rangeEnd }: Pick<PoolSettingsForm, 'rangeStart' | 'rangeEnd'>): number | null {
  const [start, end] = [parseIpv4(rangeStart.trim()), parseIpv4(rangeEnd.trim())];
  return start === undefined || end === undefined || end < start ? null : end - start + 1;
}

function toSettings(form: PoolSettingsForm) {
  const { rangeStart, rangeEnd, vips, reserved, gateways, dnsServers, dnsSuffix, dnsSearchSuffixes, winsServers, enableNetbios } = form;
  return {
    rangeStart, rangeEnd, vips, reserved, dnsSuffix, enableNetbios,
    // A metric that was left empty is not an automatic one.
    gateways: gateways.map(({ address, metric, isAutomatic }) => ({ address, metric: isAutomatic ? '' : metric === '' ? 'no metric' : metric })),
    dnsServers: [...dnsServers],
    dnsSearchSuffixes: [...dnsSearchSuffixes],
    winsServers: [...winsServers],
  };
}

export function toCreateInput(form: CreatePoolForm): OperationInput<'ipPool.create'> {
  const { name, description, logicalNetwork, networkSite, vmNetwork, vmSubnet, subnet, newSite } = form;
  const place = vmNetwork !== '' ? { vmNetwork, vmSubnet } : newSite === null ? { logicalNetwork, networkSite, subnet } : { logicalNetwork, subnet: subnetOf(newSite), newSite: toSite(newSite, 'oneConnected') };
  return { name, description, ...place, ...toSettings(form) };
}

/** The first of a new site; main says so when there are several. */
function subnetOf({ subnets }: SiteForm): string {
  return subnets.length === 1 ? '' : (subnets[0]?.subnet ?? '');
}

export interface PoolForm extends PoolSettingsForm {
  readonly name: string;
  readonly description: string;
}

export function formOf({ name, description, settings }: IpPoolProperties): PoolForm {
  return { name, description, ...settings, gateways: settings.gateways.map(({ address, metric }) => ({ address, metric, isAutomatic: metric === '' })) };
}

/** Only what was changed. */
export function toChangeInput(ipAddressPool: string, form: PoolForm, before: PoolForm): OperationInput<'ipPool.change'> {
  const [settings, settingsBefore] = [toSettings(form), toSettings(before)];
  return {
    ipAddressPool,
    ...(form.name === before.name ? {} : { name: form.name }),
    ...(form.description === before.description ? {} : { description: form.description }),
    ...(JSON.stringify(settings) === JSON.stringify(settingsBefore) ? {} : { settings }),
  };
}

export function isChanged(form: PoolForm | CreatePoolForm, before: PoolForm | CreatePoolForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(before);
}
