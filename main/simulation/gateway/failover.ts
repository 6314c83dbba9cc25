/** Active and passive node of a gateway: which one carries the role, and what the configuration is like then. */
import type { GatewayConfig, LookupRecordConfig, ProviderAddressConfig, SimulationConfig } from '../config.ts';

export type GatewayRole =
  /** The node that the inventory names. */
  | 'primary'
  /** Neither node carries the role: traffic stands still. */
  | 'moving'
  | 'standby';

/** The configuration with each gateway's role where it is. Gateways that are not in the map are on their primary node. */
export function withRoles(config: SimulationConfig, roles: ReadonlyMap<string, GatewayRole>): SimulationConfig {
  return config.gateways.reduce((result, gateway) => withRole(result, gateway, roles.get(gateway.id) ?? 'primary'), config);
}

function withRole(config: SimulationConfig, gateway: GatewayConfig, role: GatewayRole): SimulationConfig {
  if (role === 'primary' || gateway.standby === null) return config;
  if (role === 'moving') return replaced(config, { ...gateway, running: false });
  const { vmName, hostId, frontEndMac } = gateway.standby;
  const frontEnd = gateway.frontEnd === null ? null : { ...gateway.frontEnd, mac: frontEndMac };
  const moved = replaced(config, { ...gateway, vmName, hostId, frontEnd });
  return { ...moved, lookupRecords: moved.lookupRecords.map((record) => recordOnHost(record, gateway, hostId, config)) };
}

function replaced(config: SimulationConfig, gateway: GatewayConfig): SimulationConfig {
  return { ...config, gateways: config.gateways.map((entry) => (entry.id === gateway.id ? gateway : entry)) };
}

/** Records of the gateway's own interfaces point to the host on which it is now. */
function recordOnHost(record: LookupRecordConfig, gateway: GatewayConfig, hostId: string, config: SimulationConfig): LookupRecordConfig {
  const isGateways = gateway.compartments.some(({ interfaces }) => interfaces.some(({ vsid, mac }) => vsid === record.vsid && mac === record.mac));
  if (!isGateways) return record;
  const address = addressesOf(config, hostId).find(({ vsid }) => vsid === record.vsid);
  return address === undefined ? record : { ...record, providerAddress: address.address };
}

function addressesOf(config: SimulationConfig, hostId: string): readonly ProviderAddressConfig[] {
  return config.hosts.find(({ id }) => id === hostId)?.providerAddresses ?? [];
}

/** Host on which the role is; null while it moves. */
export function roleHost(gateway: GatewayConfig, role: GatewayRole): string | null {
  switch (role) {
    case 'primary':
      return gateway.hostId;
    case 'moving':
      return null;
    case 'standby':
      return gateway.standby?.hostId ?? gateway.hostId;
  }
}
