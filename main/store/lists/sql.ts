/** SQL expressions that several lists share. Arguments are names of tables or columns in this program's own SQL. */

/** "10.30.1.0/24" of a row with `address` and `prefix_length`. */
export function prefixText(table: string): string {
  return `format_ipv4(${table}.address) || '/' || ${table}.prefix_length`;
}

/**
 * Addresses of a static pool that are still to be had: its range without what is reserved and what is allocated.
 * An allocated address that is reserved too (a VIP) counts once.
 */
export function availableAddresses(pool: string): string {
  return `(
    ${pool}.range_end - ${pool}.range_start + 1
    - (SELECT coalesce(sum(min(r.range_end, ${pool}.range_end) - max(r.range_start, ${pool}.range_start) + 1), 0)
       FROM ip_address_pool_reservation r
       WHERE r.ip_address_pool_id = ${pool}.id AND r.range_end >= ${pool}.range_start AND r.range_start <= ${pool}.range_end)
    - (SELECT count(*) FROM ip_address_allocation a
       WHERE a.ip_address_pool_id = ${pool}.id AND a.address BETWEEN ${pool}.range_start AND ${pool}.range_end
         AND NOT EXISTS (
           SELECT 1 FROM ip_address_pool_reservation r
           WHERE r.ip_address_pool_id = ${pool}.id AND a.address BETWEEN r.range_start AND r.range_end))
  )`;
}

/** As `format_ipv4` writes it, without leaving SQL for each of a hundred thousand rows. */
export const ipv4Text = (address: string): string => `(${address} >> 24) || '.' || ((${address} >> 16) & 255) || '.' || ((${address} >> 8) & 255) || '.' || (${address} & 255)`;

/** Addresses and prefixes have nothing but these in them. */
export const addressText = /^[\d./]+$/;

/** "10.0.0.10 - 10.0.0.99" of a pool. */
export function rangeText(pool: string): string {
  return `format_ipv4(${pool}.range_start) || ' - ' || format_ipv4(${pool}.range_end)`;
}

/** Ids of a host group and of all groups below it, as a subquery; the parameter holds the group's id. */
export function hostGroupsUnder(parameter: string): string {
  return `(
    WITH RECURSIVE below(id) AS (
      SELECT id FROM host_group WHERE id = @${parameter}
      UNION SELECT g.id FROM host_group g JOIN below ON g.parent_id = below.id)
    SELECT id FROM below)`;
}

/** Keys of a page as a subquery of a statement whose first parameter is their JSON array. */
export const pageKeys = '(SELECT value FROM json_each(?))';
