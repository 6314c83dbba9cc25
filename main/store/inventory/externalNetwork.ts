/** What lies beyond the front end: routers and the hosts behind them. */
import { maskOf, type Ipv4Address, type Ipv4Prefix } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';

export interface ExternalRouter {
  readonly id: string;
  readonly name: string;
  readonly address: Ipv4Address;
  /** Length of the network that it is in. */
  readonly prefixLength: number;
  readonly mac: MacAddress;
}

export interface ExternalHost {
  readonly id: string;
  readonly name: string;
  readonly address: Ipv4Address;
  readonly mac: MacAddress;
  readonly services: readonly string[];
}

export interface VpnDevice {
  readonly id: string;
  readonly name: string;
  readonly address: Ipv4Address;
  readonly mac: MacAddress;
  /** Its own place in the LAN behind it. */
  readonly lanName: string;
  readonly lanAddress: Ipv4Address;
  readonly lanPrefixLength: number;
  readonly lanMac: MacAddress;
  readonly authenticationMethods: readonly string[];
  /** Null: it speaks no BGP. */
  readonly autonomousSystemNumber: number | null;
}

export class ExternalNetwork {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#statements = prepare(db);
  }

  addRouter(router: ExternalRouter): void {
    this.#statements.insertRouter.run(router);
  }

  addHost(host: ExternalHost): void {
    this.#statements.insertHost.run({ ...host, services: host.services.join(',') });
  }

  /** A VPN device with the hosts of its LAN. */
  addVpnDevice(device: VpnDevice, hosts: readonly ExternalHost[]): void {
    this.#statements.insertDevice.run({ ...device, authenticationMethods: device.authenticationMethods.join(',') });
    for (const host of hosts) this.#statements.insertDeviceHost.run({ ...host, vpnDeviceId: device.id, services: host.services.join(',') });
  }

  /** Routers whose own address is in a subnet, in order of address. */
  routersIn({ address, length }: Ipv4Prefix): readonly { readonly name: string; readonly address: Ipv4Address }[] {
    return this.#statements.routersBetween.all(address, (address | ~maskOf(length)) >>> 0);
  }

  /** Name of the router that has this address. */
  routerNameAt(address: Ipv4Address): string | undefined {
    return this.#statements.routerAt.get(address)?.name;
  }
}

function prepare(db: Db) {
  return {
    insertRouter: db.prepare(`
      INSERT INTO external_router (id, name, address, prefix_length, mac) VALUES (@id, @name, @address, @prefixLength, @mac)`),
    insertHost: db.prepare('INSERT INTO external_host (id, name, address, mac, services) VALUES (@id, @name, @address, @mac, @services)'),
    insertDevice: db.prepare(`
      INSERT INTO vpn_device (id, name, address, mac, lan_name, lan_address, lan_prefix_length, lan_mac, authentication_methods, autonomous_system_number)
      VALUES (@id, @name, @address, @mac, @lanName, @lanAddress, @lanPrefixLength, @lanMac, @authenticationMethods, @autonomousSystemNumber)`),
    insertDeviceHost: db.prepare(`
      INSERT INTO vpn_device_host (id, vpn_device_id, name, address, mac, services) VALUES (@id, @vpnDeviceId, @name, @address, @mac, @services)`),
    routersBetween: db.prepare<[number, number], { name: string; address: Ipv4Address }>(
      'SELECT name, address FROM external_router WHERE address BETWEEN ? AND ? ORDER BY address'),
    routerAt: db.prepare<[number], { name: string }>('SELECT name FROM external_router WHERE address = ?'),
  };
}
