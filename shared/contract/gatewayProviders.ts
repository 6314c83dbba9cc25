/**
 * Manufacturers and models of the Add Network Service Wizard, and which of them a configuration provider exists for. Only the first model is
 * documented by name (fact sheet §1.2); the others stand for what the wizard cannot use here, with the reason. Names of the hardware
 * gateways of 2013: RECALL.
 */
export const gatewayManufacturers = ['Microsoft', 'Huawei', 'Iron Networks', 'F5'] as const;

export interface GatewayModel {
  readonly manufacturer: string;
  readonly model: string;
  /** Name of the configuration provider; null when there is none. */
  readonly provider: string | null;
  /** Why it cannot be added; empty when it can. */
  readonly reason: string;
}

const noVendorProvider = 'The configuration provider of the manufacturer is not installed on the VMM management server. It comes with the device.';

export const windowsServerGateway = {
  manufacturer: 'Microsoft',
  model: 'Microsoft Windows Server Gateway',
  provider: 'Microsoft Windows Server Gateway Provider',
} as const;

export const gatewayModels: readonly GatewayModel[] = [
  { ...windowsServerGateway, reason: '' },
  {
    manufacturer: 'Microsoft',
    model: 'Windows Server 2012 Gateway',
    provider: null,
    reason: 'Windows Server 2012 has no compartments: it takes one gateway VM for each customer network, and VMM has no provider for it; you would have to write one.',
  },
  { manufacturer: 'Huawei', model: 'HNV gateway', provider: null, reason: noVendorProvider },
  { manufacturer: 'Iron Networks', model: 'HNV gateway appliance', provider: null, reason: noVendorProvider },
  { manufacturer: 'F5', model: 'HNV gateway of BIG-IP', provider: null, reason: noVendorProvider },
];

/** Characters of manufacturer and model names (fact sheet §1.2), and the space that Microsoft's own have. */
export const gatewayNamePattern = /^[\p{L}\p{N}_\-.' ]+$/u;
