/**
 * Faults that an operator injects and takes back. They lie over the configuration and never change it: what the inventory says stays
 * the truth, and a simulation without faults is the simulation of the configuration.
 */
import type { Ipv4Address } from '../../shared/net/ipv4.ts';
import type { CompartmentConfig, GatewayConfig, HostConfig, LookupRecordConfig, SimulationConfig } from './config.ts';
import { perfectLink, type LinkQuality } from './net/linkQuality.ts';

export type Fault =
  | { readonly kind: 'hostDown'; readonly hostId: string }
  | { readonly kind: 'providerAddressUnreachable'; readonly address: Ipv4Address }
  | { readonly kind: 'lookupRecordMissing'; readonly vsid: number; readonly customerAddress: Ipv4Address }
  /** The record still points to where the machine was. */
  | { readonly kind: 'lookupRecordStale'; readonly vsid: number; readonly customerAddress: Ipv4Address; readonly providerAddress: Ipv4Address }
  | { readonly kind: 'gatewayFirewallOn'; readonly gatewayId: string }
  /** The VPN device neither answers nor sends. */
  | { readonly kind: 'peerSilent'; readonly deviceId: string }
  /** The gateway's site-to-site interface has another key than the VPN device. */
  | { readonly kind: 'wrongKey'; readonly tunnelId: string }
  /** No external port is free for new sessions of a routing domain; `guid` is its compartment's. */
  | { readonly kind: 'natPoolExhausted'; readonly gatewayId: string; readonly guid: string }
  /** `segment`: name of the segment, which is also the name of its tap. */
  | { readonly kind: 'link'; readonly segment: string; readonly quality: Partial<LinkQuality> };

/** The configuration as it is with the faults in force. Pure. Faults about what does not exist change nothing. */
export function withFaults(config: SimulationConfig, faults: readonly Fault[]): SimulationConfig {
  return faults.reduce(applyFault, config);
}

function applyFault(config: SimulationConfig, fault: Fault): SimulationConfig {
  switch (fault.kind) {
    case 'hostDown':
      return hostDown(config, fault.hostId);
    case 'providerAddressUnreachable':
      return { ...config, hosts: config.hosts.map((host) => withoutAddress(host, fault.address)) };
    case 'lookupRecordMissing':
      return { ...config, lookupRecords: config.lookupRecords.filter((record) => !isAbout(record, fault)) };
    case 'lookupRecordStale':
      return { ...config, lookupRecords: config.lookupRecords.map((record) => (isAbout(record, fault) ? { ...record, providerAddress: fault.providerAddress } : record)) };
    case 'gatewayFirewallOn':
      return { ...config, gateways: config.gateways.map((gateway) => (gateway.id === fault.gatewayId ? { ...gateway, firewallOn: true } : gateway)) };
    case 'peerSilent':
      return { ...config, external: { ...config.external, vpnDevices: config.external.vpnDevices.map((device) => (device.id === fault.deviceId ? { ...device, isSilent: true } : device)) } };
    case 'wrongKey':
      return { ...config, gateways: config.gateways.map((gateway) => ({ ...gateway, compartments: gateway.compartments.map((entry) => withWrongKey(entry, fault.tunnelId)) })) };
    case 'natPoolExhausted':
      return { ...config, gateways: config.gateways.map((gateway) => (gateway.id === fault.gatewayId ? withNatExhausted(gateway, fault.guid) : gateway)) };
    case 'link':
      return config;
  }
}

/** Without power: its machines are off, and nobody answers for its provider addresses. */
function hostDown(config: SimulationConfig, hostId: string): SimulationConfig {
  return {
    ...config,
    hosts: config.hosts.map((host) => (host.id === hostId ? { ...host, providerAddresses: [] } : host)),
    virtualMachines: config.virtualMachines.map((machine) => (machine.hostId === hostId ? { ...machine, running: false } : machine)),
    gateways: config.gateways.map((gateway) => (gateway.hostId === hostId ? { ...gateway, running: false } : gateway)),
  };
}

function withNatExhausted(gateway: GatewayConfig, guid: string): GatewayConfig {
  return { ...gateway, compartments: gateway.compartments.map((entry) => (entry.guid === guid ? { ...entry, isNatExhausted: true } : entry)) };
}

function withWrongKey(compartment: CompartmentConfig, tunnelId: string): CompartmentConfig {
  return { ...compartment, tunnels: compartment.tunnels.map((tunnel) => (tunnel.id === tunnelId ? { ...tunnel, preSharedKey: `${tunnel.preSharedKey}, but wrong` } : tunnel)) };
}

function withoutAddress(host: HostConfig, address: Ipv4Address): HostConfig {
  return { ...host, providerAddresses: host.providerAddresses.filter((entry) => entry.address !== address) };
}

function isAbout(record: LookupRecordConfig, { vsid, customerAddress }: { readonly vsid: number; readonly customerAddress: Ipv4Address }): boolean {
  return record.type === 'Static' && record.vsid === vsid && record.customerAddress === customerAddress;
}

/** Quality of a segment with the faults in force; several on one segment add up, the later ones win where they say the same. */
export function qualityOf(segment: string, faults: readonly Fault[]): LinkQuality {
  const parts = faults.flatMap((fault) => (fault.kind === 'link' && fault.segment === segment ? [fault.quality] : []));
  return parts.length === 0 ? perfectLink : parts.reduce<LinkQuality>((quality, part) => ({ ...quality, ...part }), perfectLink);
}
