/** The state of the simulation, subscribed to once for the whole window; parts draw again only when what they use changes. */
import { useSyncExternalStore } from 'react';
import type { SimulationSpeed, SimulationStatus } from '../../shared/contract/simulation.ts';
import { invoke, subscribe } from '../bridge/client.ts';

let status: SimulationStatus | undefined;
let stop: (() => void) | undefined;
const listeners = new Set<() => void>();

function accept(next: SimulationStatus): void {
  status = next;
  for (const listener of listeners) listener();
}

/** Milliseconds for which the lists go first: building the simulation of a large lab keeps main busy for a moment. */
const startDelay = 300;

/** An error of the subscription means that main is gone, and then the window goes too. */
function startListening(): () => void {
  let end: (() => void) | undefined;
  const timer = setTimeout(() => (end = subscribe('simulation.status', {}, accept, () => undefined)), startDelay);
  return () => {
    clearTimeout(timer);
    end?.();
  };
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= startListening();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
  };
}

/** What `select` picks of the status; undefined until the first one has come. */
export function useSimulationStatus<T extends string | number | undefined>(select: (status: SimulationStatus) => T): T | undefined {
  return useSyncExternalStore(listen, () => (status === undefined ? undefined : select(status)));
}

export async function setSimulationSpeed(speed: SimulationSpeed): Promise<void> {
  accept(await invoke('simulation.setSpeed', { speed }));
}

export async function stepSimulation(): Promise<void> {
  accept(await invoke('simulation.step', {}));
}

export const runningSpeeds = [1, 10, 100, 'max'] as const satisfies readonly SimulationSpeed[];

export function speedLabel(speed: SimulationSpeed): string {
  if (speed === 0) return 'Paused';
  return speed === 'max' ? 'As fast as possible' : `Running ${speed}x`;
}

/** Virtual time since the lab was opened as d.hh:mm:ss.s, from nanoseconds. */
export function clockText(nanoseconds: number): string {
  const tenths = Math.floor(nanoseconds / 1e8);
  const [days, hours, minutes] = [Math.floor(tenths / 864_000), Math.floor(tenths / 36_000) % 24, Math.floor(tenths / 600) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${days > 0 ? `${days}.` : ''}${two(hours)}:${two(minutes)}:${seconds}`;
}
