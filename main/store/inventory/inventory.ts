/** The writable inventory: what operations change, one repository an aggregate. Only steps of jobs write. */
import type { Db } from '../database.ts';
import { countObjects, readLabDocument, type LabDocument } from '../labDocument/labDocument.ts';
import { replaceInventory } from '../snapshots/replaceInventory.ts';
import { Answers } from './answers.ts';
import { Clusters } from './clusters.ts';
import { ExternalNetwork } from './externalNetwork.ts';
import { HostUse } from './hostUse.ts';
import { Hosts } from './hosts.ts';
import { IpAddressPools } from './ipAddressPools.ts';
import { LabRecord } from './labRecord.ts';
import { Library } from './library.ts';
import { LogicalNetworks } from './logicalNetworks.ts';
import { NatExternalAddresses } from './natExternalAddresses.ts';
import { NatRules } from './natRules.ts';
import { ObjectNames } from './objectNames.ts';
import { NetworkServices } from './networkServices.ts';
import { NetworkUse } from './networkUse.ts';
import { ProviderAddresses } from './providerAddresses.ts';
import { RunAsAccounts } from './runAsAccounts.ts';
import type { InventorySnapshot } from './snapshot.ts';
import { SnapshotReader } from './snapshotReader.ts';
import { SwitchFabric } from './switchFabric.ts';
import { VirtualMachines } from './virtualMachines.ts';
import { VmNetworkGateways } from './vmNetworkGateways.ts';
import { VmNetworks } from './vmNetworks.ts';
import { VpnConnections } from './vpnConnections.ts';

export class Inventory {
  readonly lab: LabRecord;
  readonly hosts: Hosts;
  readonly clusters: Clusters;
  readonly hostUse: HostUse;
  readonly logicalNetworks: LogicalNetworks;
  readonly networkUse: NetworkUse;
  readonly switchFabric: SwitchFabric;
  readonly pools: IpAddressPools;
  readonly vmNetworks: VmNetworks;
  readonly virtualMachines: VirtualMachines;
  readonly providerAddresses: ProviderAddresses;
  readonly networkServices: NetworkServices;
  readonly vmNetworkGateways: VmNetworkGateways;
  readonly natExternalAddresses: NatExternalAddresses;
  readonly natRules: NatRules;
  readonly vpnConnections: VpnConnections;
  readonly runAsAccounts: RunAsAccounts;
  readonly library: Library;
  readonly external: ExternalNetwork;
  readonly names: ObjectNames;
  readonly #answers: Answers;
  readonly #snapshots: SnapshotReader;
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
    this.#answers = new Answers(db);
    this.lab = new LabRecord(db, this.#answers);
    this.hosts = new Hosts(db, this.#answers);
    this.clusters = new Clusters(db);
    this.hostUse = new HostUse(db);
    this.logicalNetworks = new LogicalNetworks(db, this.#answers);
    this.networkUse = new NetworkUse(db);
    this.switchFabric = new SwitchFabric(db);
    this.pools = new IpAddressPools(db, this.#answers);
    this.vmNetworks = new VmNetworks(db, this.#answers);
    this.virtualMachines = new VirtualMachines(db, this.#answers);
    this.providerAddresses = new ProviderAddresses(db);
    this.networkServices = new NetworkServices(db, this.#answers);
    this.vmNetworkGateways = new VmNetworkGateways(db, this.#answers);
    this.natExternalAddresses = new NatExternalAddresses(db, this.#answers);
    this.natRules = new NatRules(db, this.#answers);
    this.vpnConnections = new VpnConnections(db);
    this.runAsAccounts = new RunAsAccounts(db);
    this.library = new Library(db);
    this.external = new ExternalNetwork(db);
    this.names = new ObjectNames(db);
    this.#snapshots = new SnapshotReader(db);
  }

  /**
   * Does something and takes all of it back: what would stand against the second half of a change can only be told once the first half
   * is done. Changes nothing, whatever `work` returns or throws.
   */
  attempt<T>(work: () => T): T {
    let outcome: { readonly value: T } | undefined;
    const takenBack = new Error('Taken back');
    try {
      this.#db.transaction(() => {
        outcome = { value: work() };
        throw takenBack;
      })();
    } catch (error) {
      if (error !== takenBack) throw error;
    }
    if (outcome === undefined) throw takenBack;
    return outcome.value;
  }

  /** Everything at one moment, as plain rows. */
  snapshot(): InventorySnapshot {
    return this.#snapshots.read();
  }

  /** From now on a snapshot costs what is different since the last one, and what was not written is not read again. Not inside of a transaction. */
  followChanges(): void {
    this.#snapshots.followChanges();
    this.#answers.keep();
  }

  /** Everything in the words of a lab file. */
  document(): LabDocument {
    return readLabDocument(this.#db);
  }

  /** How many objects there are of each kind that there are any of. */
  objectCounts(): ReturnType<typeof countObjects> {
    return countObjects(this.#db);
  }

  /** Takes over all of another inventory; inside the transaction of a step. */
  replaceWith(source: { readonly db: Db }): void {
    replaceInventory(this.#db, source.db);
  }
}
