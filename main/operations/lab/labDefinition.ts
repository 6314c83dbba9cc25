/** Grammar of a lab file (`resources/labs/NAME.yaml`): a whole inventory in words; objects refer to each other by name. */
import { z } from 'zod';
import { vpnChoices } from '../../../shared/contract/connectivity.ts';
import { prefixContains } from '../../../shared/net/ipv4.ts';
import { host, libraryImage, logicalSwitch, macAddressPool, machine, networkService, serviceTemplate, uplinkPortProfile, vmTemplate } from './grammar/machines.ts';
import { logicalNetwork, vmNetwork, type pool } from './grammar/networks.ts';
import { address, autonomousSystemNumber, holder, listOf, mac, name, subnet, text, vsid } from './grammar/values.ts';
import { checkReferences } from './labReferences.ts';

const outsideHost = z.strictObject({ name, address, mac, services: listOf(z.enum(['icmp-echo', 'http', 'udp-echo'])) });

/** A customer's VPN device. No key stands here: the device knows the one that the tenant's connection to it uses. */
const vpnDevice = z
  .strictObject({
    name,
    address,
    mac,
    /** Its own address in the LAN behind it. */
    lan: z.strictObject({ name, subnet, address, mac }),
    authentication: z.array(z.enum(vpnChoices.authenticationMethod)).min(1).default(['PSKOnly']),
    autonomousSystemNumber: autonomousSystemNumber.optional(),
    hosts: listOf(outsideHost),
  })
  .refine(({ lan }) => prefixContains(lan.subnet, lan.address), 'the VPN device must be in its LAN')
  .refine(({ lan, hosts }) => hosts.every((entry) => prefixContains(lan.subnet, entry.address)), 'every host must be in the LAN of its VPN device');

const router = z.strictObject({ name, subnet, address, mac }).refine((value) => prefixContains(value.subnet, value.address), 'the router must be in its subnet');

/** Without what has to fit together: of this the JSON Schema is made. */
export const labShape = z.strictObject({
  lab: name,
  description: text,
  seed: z.int().min(0).max(0xffff_ffff).describe('Of the simulation’s chance: the same lab with the same seed gives the same packets'),
  hostGroups: listOf(z.strictObject({ name, parent: name.optional() })),
  hosts: listOf(host),
  hostClusters: listOf(z.strictObject({ name, hosts: listOf(name) })),
  logicalNetworks: listOf(logicalNetwork),
  macAddressPools: listOf(macAddressPool),
  uplinkPortProfiles: listOf(uplinkPortProfile),
  logicalSwitches: listOf(logicalSwitch),
  runAsAccounts: listOf(z.strictObject({ name, description: text, kind: z.enum(['credential', 'preSharedKey']), userName: z.string().trim().max(256) })).describe('Without their secrets, which are in no file'),
  vmNetworks: listOf(vmNetwork),
  virtualMachines: listOf(machine),
  gatewayVirtualMachines: listOf(machine),
  guestClusters: listOf(z.strictObject({ name, virtualMachines: listOf(name) })),
  providerAddresses: z
    .array(z.strictObject({ host: name, vsid, address, pool: name, holder }))
    .optional()
    .describe('Left out, every host gets them as the virtual machines on it need them'),
  libraryImages: listOf(libraryImage),
  vmTemplates: listOf(vmTemplate),
  serviceTemplates: listOf(serviceTemplate),
  networkServices: listOf(networkService),
  outside: z.strictObject({ routers: listOf(router), hosts: listOf(outsideHost), vpnDevices: listOf(vpnDevice) }).default({ routers: [], hosts: [], vpnDevices: [] }),
});

export const labSchema = labShape.superRefine((lab, context) => {
  for (const { path, message } of checkReferences(lab)) context.addIssue({ code: 'custom', path, message });
});

export type LabDefinition = z.output<typeof labSchema>;
export type LabPool = z.output<typeof pool>;
