/** What a static IP address pool gives along with its addresses, and which of them it keeps back (fact sheet §2.2). */
import type { AddressRange } from '../../../shared/net/addressRanges.ts';
import type { Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Db } from '../database.ts';
import type { Answers } from './answers.ts';

export interface PoolGateway {
  readonly address: Ipv4Address;
  /** With an automatic metric: what the machines use by themselves. */
  readonly metric: number;
  readonly isAutomatic: boolean;
}

export interface PoolReservation extends AddressRange {
  /** For VIPs of load balancers; otherwise for other uses. */
  readonly isVip: boolean;
}

export interface PoolSettings {
  readonly gateways: readonly PoolGateway[];
  readonly reservations: readonly PoolReservation[];
  /** In the order in which they are asked. */
  readonly dnsServers: readonly Ipv4Address[];
  readonly dnsSuffix: string;
  readonly dnsSearchSuffixes: readonly string[];
  readonly winsServers: readonly Ipv4Address[];
  readonly enableNetbios: boolean;
}

/** Metric of an automatic default route where nothing else is said: Windows's for a fast adapter (RECALL). */
export const automaticMetric = 256;

type ServerKind = 'dns' | 'wins';

export class PoolSettingsStore {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Db, answers: Answers) {
    this.#statements = prepare(db, answers);
  }

  write(poolId: string, settings: PoolSettings): void {
    const { clear, gateway, reservation, server, suffix, own } = this.#statements;
    for (const statement of clear) statement.run(poolId);
    for (const { address, metric, isAutomatic } of settings.gateways) gateway.run(poolId, address, metric, Number(isAutomatic));
    for (const { start, end, isVip } of settings.reservations) reservation.run(poolId, start, end, Number(isVip));
    settings.dnsServers.forEach((address, slot) => server.run(poolId, 'dns', slot, address));
    settings.winsServers.forEach((address, slot) => server.run(poolId, 'wins', slot, address));
    settings.dnsSearchSuffixes.forEach((text, slot) => suffix.run(poolId, slot, text));
    own.run(settings.dnsSuffix, Number(settings.enableNetbios), poolId);
  }

  read(poolId: string): PoolSettings {
    const { servers, suffixes, readOwn } = this.#statements;
    const own = readOwn.get(poolId);
    return {
      gateways: this.gatewaysOf(poolId),
      reservations: this.reservationsOf(poolId),
      dnsServers: servers.all(poolId, 'dns'),
      dnsSuffix: own?.dnsSuffix ?? '',
      dnsSearchSuffixes: suffixes.all(poolId),
      winsServers: servers.all(poolId, 'wins'),
      enableNetbios: own?.enableNetbios === 1,
    };
  }

  gatewaysOf(poolId: string): readonly PoolGateway[] {
    return this.#statements.gateways.all(poolId).map((row) => ({ ...row, isAutomatic: row.isAutomatic === 1 }));
  }

  reservationsOf(poolId: string): readonly PoolReservation[] {
    return this.#statements.reservations.all(poolId).map((row) => ({ ...row, isVip: row.isVip === 1 }));
  }
}

function prepare(db: Db, answers: Answers) {
  const tables = ['ip_address_pool_gateway', 'ip_address_pool_reservation', 'ip_address_pool_server', 'ip_address_pool_search_suffix'];
  return {
    clear: tables.map((table) => db.prepare<[string]>(`DELETE FROM ${table} WHERE ip_address_pool_id = ?`)),
    gateway: db.prepare('INSERT INTO ip_address_pool_gateway (ip_address_pool_id, address, metric, is_automatic) VALUES (?, ?, ?, ?)'),
    reservation: db.prepare('INSERT INTO ip_address_pool_reservation (ip_address_pool_id, range_start, range_end, is_vip) VALUES (?, ?, ?, ?)'),
    server: db.prepare('INSERT INTO ip_address_pool_server (ip_address_pool_id, kind, slot, address) VALUES (?, ?, ?, ?)'),
    suffix: db.prepare('INSERT INTO ip_address_pool_search_suffix (ip_address_pool_id, slot, suffix) VALUES (?, ?, ?)'),
    own: db.prepare('UPDATE ip_address_pool SET dns_suffix = ?, enable_netbios = ? WHERE id = ?'),
    readOwn: db.prepare<[string], { dnsSuffix: string; enableNetbios: number }>(
      'SELECT dns_suffix AS dnsSuffix, enable_netbios AS enableNetbios FROM ip_address_pool WHERE id = ?'),
    gateways: answers.of(db.prepare<[string], { address: Ipv4Address; metric: number; isAutomatic: number }>(`
      SELECT address, metric, is_automatic AS isAutomatic FROM ip_address_pool_gateway WHERE ip_address_pool_id = ? ORDER BY metric, address`)),
    reservations: answers.of(db.prepare<[string], { start: Ipv4Address; end: Ipv4Address; isVip: number }>(`
      SELECT range_start AS start, range_end AS end, is_vip AS isVip FROM ip_address_pool_reservation WHERE ip_address_pool_id = ? ORDER BY range_start`)),
    servers: db.prepare<[string, ServerKind], Ipv4Address>(
      'SELECT address FROM ip_address_pool_server WHERE ip_address_pool_id = ? AND kind = ? ORDER BY slot').pluck(),
    suffixes: db.prepare<[string], string>('SELECT suffix FROM ip_address_pool_search_suffix WHERE ip_address_pool_id = ? ORDER BY slot').pluck(),
  };
}
