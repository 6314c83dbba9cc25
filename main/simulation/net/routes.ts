/** Routes that follow from an interface. */
import { maskOf, type Ipv4Address } from '../../../shared/net/ipv4.ts';
import type { Route } from './routeTable.ts';

/** RECALL: metric of an on-link route of a Windows interface with automatic metric. */
export const onLinkMetric = 266;

export function connectedRoute(address: Ipv4Address, length: number, interfaceIndex: number): Route {
  return { destination: { address: (address & maskOf(length)) >>> 0, length }, nextHop: 0, interfaceIndex, metric: onLinkMetric, protocol: 'Connected' };
}

export function defaultRoute(nextHop: Ipv4Address, interfaceIndex: number, metric: number): Route {
  return { destination: { address: 0, length: 0 }, nextHop, interfaceIndex, metric, protocol: 'Default' };
}
