/** Status texts of lists. This console's own words: VMM's own are not documented (fact sheet §9). */

/** Hosts of the simulation are always reachable for now. */
export const hostStatus = 'OK';

/** States of a gateway device, and the condition of each over `service`, `machine` and its two connections; the first that holds counts. */
export const networkServiceStatuses = [
  { text: 'Gateway VM not found', condition: 'machine.id IS NULL' },
  { text: 'Not responding', condition: 'machine.running = 0' },
  { text: 'Not connected', condition: 'front.id IS NULL OR back.id IS NULL' },
  { text: 'Responding', condition: 'true' },
] as const;
