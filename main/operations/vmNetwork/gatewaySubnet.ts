/** The subnet of a gateway's leg into a VM network (fact sheet §3.3). */
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { prefix, prefixesOverlap, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';

/** 10.254.254.0/29 is what Microsoft's samples use; where to go on when it overlaps is RECALL. */
const areas: readonly Ipv4Prefix[] = ['10.254.254.0/23', '172.31.254.0/23', '192.168.254.0/23'].map(prefix);

const subnetLength = 29;
const subnetSize = 2 ** (32 - subnetLength);

/** The first /29 of the areas that overlaps none of `taken`. Throws ConsoleError invalidInput when there is none. */
export function chooseGatewaySubnet(taken: readonly Ipv4Prefix[], vmNetwork: string): Ipv4Prefix {
  for (const area of areas) {
    const end = area.address + 2 ** (32 - area.length);
    for (let address = area.address; address < end; address += subnetSize) {
      const candidate = { address, length: subnetLength };
      if (!taken.some((other) => prefixesOverlap(other, candidate))) return candidate;
    }
  }
  throw new ConsoleError(
    'invalidInput',
    `The VM subnets of ${vmNetwork} leave no room for the gateway's own subnet (a /29 in 10.254.254.0/23, 172.31.254.0/23 or 192.168.254.0/23).`,
    'Make the VM subnets smaller.',
  );
}
