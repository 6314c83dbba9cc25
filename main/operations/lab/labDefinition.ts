/** Grammar of a lab file (`resources/labs/NAME.yaml`): a whole inventory in words; objects refer to each other by name. */
import { z } from 'zod';
import { vpnChoices } from '../../../shared/contract/connectivity.ts';
import { parseIpv4, parsePrefix, prefixContains } from '../../../shared/net/ipv4.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import { checkReferences } from './labReferences.ts';

const name = z.string().trim().min(1).max(128);
const text = z.string().trim().max(1024).default('');

const address = parsed(parseIpv4, 'is not an IPv4 address such as 203.0.113.10');
const subnet = parsed(parsePrefix, 'is not a subnet in CIDR form such as 10.30.1.0/24');
const mac = parsed(parseMac, 'is not a MAC address such as 00-1D-D8-B7-1C-00');
const guid = z.guid().transform((value) => value.toLowerCase());

function parsed<T>(parse: (text: string) => T | undefined, complaint: string) {
  return z.string().transform((value, context): T => {
    const result = parse(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message: `"${value.slice(0, 60)}" ${complaint}` });
    return z.NEVER;
  });
}

const range = z.strictObject({ start: address, end: address });

const pool = z.strictObject({
  name,
  description: text,
  start: address,
  end: address,
  gateways: z.array(z.strictObject({ address, metric: z.int().min(1).max(9999).optional() })).default([]),
  reserved: z.array(range).default([]),
  dnsServers: z.array(address).default([]),
  dnsSuffix: text,
});

const siteSubnet = z
  .strictObject({ subnet, vlan: z.int().min(0).max(4094).default(0), pools: z.array(pool).default([]) })
  .refine((value) => value.pools.every((entry) => inside(value.subnet, entry)), 'every pool must lie inside its subnet');

const vmSubnet = z
  .strictObject({ name, subnet, vsid: z.int().min(4096).max(16_777_214), pool: pool.optional() })
  .refine((value) => value.pool === undefined || inside(value.subnet, value.pool), 'the pool must lie inside its subnet');

const adapterBase = { name, mac, virtualSwitch: name.optional() };

const generation = z.union([z.literal(1), z.literal(2)]);

const machineBase = {
  name,
  host: name,
  generation: generation.default(2),
  running: z.boolean().default(true),
  firewallOn: z.boolean().default(true),
};

const outsideHost = z.strictObject({ name, address, mac, services: z.array(z.enum(['icmp-echo', 'http', 'udp-echo'])).default([]) });

/** A customer's VPN device. No key stands here: the device knows the one that the tenant's connection to it uses. */
const vpnDevice = z
  .strictObject({
    name,
    address,
    mac,
    /** Its own address in the LAN behind it. */
    lan: z.strictObject({ name, subnet, address, mac }),
    authentication: z.array(z.enum(vpnChoices.authenticationMethod)).min(1).default(['PSKOnly']),
    autonomousSystemNumber: z.int().min(1).max(4_294_967_295).optional(),
    hosts: z.array(outsideHost).default([]),
  })
  .refine(({ lan }) => prefixContains(lan.subnet, lan.address), 'the VPN device must be in its LAN')
  .refine(({ lan, hosts }) => hosts.every((host) => prefixContains(lan.subnet, host.address)), 'every host must be in the LAN of its VPN device');

export const labSchema = z
  .strictObject({
    lab: name,
    description: text,
    seed: z.int().min(0).max(0xffff_ffff),
    hostGroups: z.array(z.strictObject({ name, parent: name.optional() })).min(1),
    hosts: z
      .array(
        z.strictObject({
          name,
          hostGroup: name,
          nic: z.strictObject({ name, mac }),
          virtualSwitches: z.array(name).default([]),
          dedicatedGateway: z.boolean().default(false),
          virtual: z.boolean().default(false),
        }),
      )
      .default([]),
    logicalNetworks: z
      .array(
        z.strictObject({
          name,
          description: text,
          kind: z.enum(['oneConnected', 'vlanIndependent']).default('oneConnected'),
          networkVirtualization: z.boolean().default(false),
          sites: z.array(z.strictObject({ name: name.max(64), hostGroups: z.array(name).min(1), subnets: z.array(siteSubnet).min(1) })).default([]),
        }),
      )
      .default([]),
    runAsAccounts: z
      .array(z.strictObject({ name, description: text, kind: z.enum(['credential', 'preSharedKey']), userName: z.string().trim().max(256) }))
      .default([]),
    vmNetworks: z
      .array(z.strictObject({ name, description: text, logicalNetwork: name, routingDomainId: guid, subnets: z.array(vmSubnet).min(1) }))
      .default([]),
    virtualMachines: z
      .array(
        z.strictObject({
          ...machineBase,
          adapters: z.array(z.strictObject({ ...adapterBase, vmNetwork: name, vmSubnet: name, address: address.optional() })).min(1),
        }),
      )
      .default([]),
    gatewayVirtualMachines: z
      .array(
        z.strictObject({
          ...machineBase,
          remoteAccessInstalled: z.boolean().default(false),
          vpnDeployed: z.boolean().default(false),
          /** An adapter without network site is the one for the back end, not connected at first. */
          adapters: z.array(z.strictObject({ ...adapterBase, networkSite: name.optional(), address: address.optional() })).min(1),
        }),
      )
      .default([]),
    libraryImages: z
      .array(
        z.strictObject({
          name,
          libraryServer: name,
          libraryPath: z.string().trim().min(1).max(260),
          operatingSystem: name,
          generation,
          sizeMb: z.int().min(1),
        }),
      )
      .default([]),
    vmTemplates: z
      .array(
        z.strictObject({
          name,
          description: text,
          image: name,
          generation,
          memoryMb: z.int().min(32).max(1_048_576),
          processors: z.int().min(1).max(64),
          /** With neither network: Not connected. */
          adapters: z
            .array(
              z
                .strictObject({ vmNetwork: name.optional(), logicalNetwork: name.optional() })
                .refine((adapter) => adapter.vmNetwork === undefined || adapter.logicalNetwork === undefined, 'an adapter is connected to one network at most'),
            )
            .max(8)
            .default([]),
        }),
      )
      .default([]),
    networkServices: z
      .array(
        z.strictObject({
          name,
          description: text,
          manufacturer: name,
          model: name,
          runAsAccount: name,
          hostGroups: z.array(name).min(1),
          host: name,
          gatewayVirtualMachine: name,
          backEndSwitch: name,
          maxVmNetworks: z.int().min(1).max(100).default(50),
          frontEnd: z.strictObject({ adapter: name, networkSite: name }),
          backEnd: z.strictObject({ adapter: name, networkSite: name }),
        }),
      )
      .default([]),
    outside: z
      .strictObject({
        routers: z
          .array(
            z
              .strictObject({ name, subnet, address, mac })
              .refine((router) => prefixContains(router.subnet, router.address), 'the router must be in its subnet'),
          )
          .default([]),
        hosts: z.array(outsideHost).default([]),
        vpnDevices: z.array(vpnDevice).default([]),
      })
      .default({ routers: [], hosts: [], vpnDevices: [] }),
  })
  .superRefine((lab, context) => {
    for (const { path, message } of checkReferences(lab)) context.addIssue({ code: 'custom', path, message });
  });

export type LabDefinition = z.output<typeof labSchema>;
export type LabPool = z.output<typeof pool>;

function inside(network: z.output<typeof subnet>, entry: z.output<typeof pool>): boolean {
  return entry.start <= entry.end && prefixContains(network, entry.start) && prefixContains(network, entry.end);
}
