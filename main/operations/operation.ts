/** What an operation is: one VMM action with its checks and its steps. */
import type { Problem } from '../../shared/contract/errors.ts';
import type { OperationId, ParsedOperationInput } from '../../shared/contract/operations.ts';
import type { Readiness } from '../../shared/contract/readiness.ts';
import type { Ipv4Address } from '../../shared/net/ipv4.ts';
import type { JobPlan } from '../jobs/plan.ts';
import type { Inventory } from '../store/inventory/inventory.ts';
import type { InventoryFile } from '../store/snapshots/inventoryFile.ts';
import type { LabSnapshots } from '../store/snapshots/labSnapshots.ts';
import type { LabDefinition } from './lab/labDefinition.ts';
import type { SecretStore } from './secrets.ts';
import type { Script } from './powershell/script.ts';

/** A routing domain's compartment as it is live in a gateway VM. */
export interface LiveCompartment {
  readonly id: number;
  /** None when no NAT instance is bound to the routing domain; the first one in front. */
  readonly natAddresses: readonly Ipv4Address[];
  /** Ids of its site-to-site interfaces. */
  readonly tunnels: readonly string[];
}

/** What steps that verify may ask the running simulation. */
export interface LiveGateways {
  /** The compartment of a routing domain on a gateway device, undefined when it is not there. */
  compartment(networkServiceId: string, routingDomainId: string): LiveCompartment | undefined;
  /** Why nothing flows through the gateway device, or null. */
  blockedBy(networkServiceId: string): string | null;
}

/** A file that was read to be imported, as an inventory of its own that nothing refers to yet. */
export interface ReadImport {
  /** Of the file that was read. */
  readonly fileName: string;
  readonly labName: string;
  /** As a copy that has to be removed. */
  readonly open: () => InventoryFile;
}

export interface OperationServices {
  readonly inventory: Inventory;
  readonly gateways: LiveGateways;
  /** How far the gateway has been built. */
  readonly readiness: () => Readiness;
  /** Reads a lab file by its name. Throws ConsoleError labFileInvalid or objectNotFound. */
  readonly readLab: (name: string) => LabDefinition;
  readonly snapshots: LabSnapshots;
  /** Opens the inventory of a snapshot, as a copy that has to be removed. Throws ConsoleError objectNotFound, snapshotMissing or databaseCorrupt. */
  readonly openSnapshot: (id: string) => InventoryFile;
  /** What was read from a file to be imported. Throws ConsoleError objectNotFound. */
  readonly readImport: (preparation: string) => ReadImport;
  /** Seed of the simulation instead of the lab's own. */
  readonly seed: number | undefined;
}

/** What one look at the inventory tells of an input. */
export interface Look {
  readonly problems: readonly Problem[];
  /** For the inventory as it was looked at; asked for only when there are no problems, and before anything is changed. */
  readonly script: () => Script;
}

export interface Operation<I extends OperationId> {
  readonly id: I;
  /** As a person would call it. */
  readonly title: string;
  /** Everything that stands against it, in words a person can act on; changes nothing. Throws nothing but faults. */
  check(input: ParsedOperationInput<I>, services: OperationServices): readonly Problem[];
  /** Check and script at once; left out where it costs next to nothing to look a second time. */
  look?(input: ParsedOperationInput<I>, services: OperationServices): Look;
  /** Seals the secrets of an input before it is stored; left out where there are none. */
  seal?(input: ParsedOperationInput<I>, secrets: SecretStore): ParsedOperationInput<I>;
  /** Also called again for a restart, when part of the work may be done: step keys must not depend on that. */
  plan(input: ParsedOperationInput<I>, services: OperationServices): JobPlan;
  /** What would do the same in a real data centre of 2012 R2; asked for only when `check` finds nothing. Left out where nothing would. */
  script?(input: ParsedOperationInput<I>, services: OperationServices): Script;
  /** Why there is no script; only where it is left out. */
  readonly noScript?: string;
}
