/** What lies beyond the front end: routers and the hosts behind them. */
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { MacAddress } from '../../../shared/net/mac.ts';
import type { Db } from '../database.ts';

export interface ExternalRouter {
  readonly id: string;
  readonly name: string;
  readonly networkSiteSubnetId: string;
  readonly address: Ipv4Address;
  readonly mac: MacAddress;
}

export interface ExternalHost {
  readonly id: string;
  readonly name: string;
  readonly address: Ipv4Address;
  readonly mac: MacAddress;
  readonly services: readonly string[];
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

  /** Name of the router that has this address. */
  routerNameAt(address: Ipv4Address): string | undefined {
    return this.#statements.routerAt.get(address)?.name;
  }
}

function prepare(db: Db) {
  return {
    insertRouter: db.prepare(`
      INSERT INTO external_router (id, name, network_site_subnet_id, address, mac) VALUES (@id, @name, @networkSiteSubnetId, @address, @mac)`),
    insertHost: db.prepare('INSERT INTO external_host (id, name, address, mac, services) VALUES (@id, @name, @address, @mac, @services)'),
    routerAt: db.prepare<[number], { name: string }>('SELECT name FROM external_router WHERE address = ?'),
  };
}
