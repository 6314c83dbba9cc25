/** Values of a lab file: names, addresses, subnets. Each complaint says what was expected instead. */
import { z } from 'zod';
import { parseIpv4, parsePrefix } from '../../../../shared/net/ipv4.ts';
import { parseMac } from '../../../../shared/net/mac.ts';

export const name = z.string().trim().min(1).max(256);
export const text = z.string().trim().max(1024).default('');

export const address = parsed('IPv4 address', parseIpv4, 'is not an IPv4 address such as 203.0.113.10');
export const subnet = parsed('IPv4 subnet in CIDR form', parsePrefix, 'is not a subnet in CIDR form such as 10.30.1.0/24');
export const mac = parsed('MAC address', parseMac, 'is not a MAC address such as 00-1D-D8-B7-1C-00');
export const guid = z.guid().transform((value) => value.toLowerCase());

/** `none`: the adapter has its place, but no address of a pool. */
export const addressOrNone = parsed('IPv4 address, or none', (value) => (value === 'none' ? ('none' as const) : parseIpv4(value)), 'is neither an IPv4 address such as 203.0.113.10 nor none');

export const vlan = z.int().min(0).max(4094);
export const vsid = z.int().min(4096).max(16_777_214);
export const port = z.int().min(1).max(65_535);
export const autonomousSystemNumber = z.int().min(1).max(4_294_967_295);

/** What the list of a pool's addresses calls the holder; left out, as the console says by itself. */
export const holder = z.string().trim().max(1024).optional().describe('Holder of the address in words; left out, as the console says by itself');

/** A list that is empty unless something stands there. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.array(item).default([]);
}

function parsed<T>(what: string, parse: (value: string) => T | undefined, complaint: string) {
  return z
    .string()
    .describe(what)
    .transform((value, context): T => {
      const result = parse(value);
      if (result !== undefined) return result;
      context.addIssue({ code: 'custom', message: `"${value.slice(0, 60)}" ${complaint}` });
      return z.NEVER;
    });
}
