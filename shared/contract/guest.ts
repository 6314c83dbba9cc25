/** What an operator sees and does inside a virtual machine (the seed article, "Preparing a VM for a Gateway"). */
import { z } from 'zod';
import { idSchema } from './lists.ts';

/** Role services of Remote Access that a gateway needs; their names are RECALL (an image in the article shows them). */
export const remoteAccessRoleServices = ['DirectAccess and VPN (RAS)', 'Routing'] as const;

/** What the Getting Started Wizard offers; a gateway takes the last one. */
export const remoteAccessDeployments = ['DirectAccessAndVpn', 'DirectAccessOnly', 'VpnOnly'] as const;
export const deploymentLabels: Readonly<Record<(typeof remoteAccessDeployments)[number], string>> = {
  DirectAccessAndVpn: 'Deploy both DirectAccess and VPN',
  DirectAccessOnly: 'Deploy DirectAccess only',
  VpnOnly: 'Deploy VPN only',
};

export const guestSchema = z.object({
  id: idSchema,
  name: z.string(),
  host: z.string(),
  running: z.boolean(),
  firewallOn: z.boolean(),
  remoteAccessInstalled: z.boolean(),
  vpnDeployed: z.boolean(),
  dataExchangeOn: z.boolean(),
  /** RRAS was configured in its own console. */
  remoteAccessByHand: z.boolean(),
  /** Of the host. */
  virtualSwitches: z.array(z.string()),
  /** The gateway device whose VM this is, and what RRAS does; null when it is none. */
  gateway: z.object({ networkServiceId: idSchema, name: z.string(), isMultitenant: z.boolean(), statusText: z.string() }).nullable(),
  networkAdapters: z.array(z.object({ id: idSchema, name: z.string(), mac: z.string(), virtualSwitch: z.string().nullable(), network: z.string(), address: z.string() })),
});
export type Guest = z.infer<typeof guestSchema>;
