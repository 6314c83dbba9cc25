/** Everything that the window reads from the store, one reader for each list or page. */
import type { Db } from '../database.ts';
import { JobLogSize } from '../jobLog/size.ts';
import { CapacityFacts } from './capacityFacts.ts';
import { ConnectivityOptionsReader } from './connectivityOptions.ts';
import { GatewayHintFacts } from './gatewayHintFacts.ts';
import { GuestReader } from './guestReader.ts';
import { HostList } from './hostList.ts';
import { InventoryTreeReader } from './inventoryTree.ts';
import { JobList } from './jobList.ts';
import { FabricObjectList } from './fabricObjectList.ts';
import { LibraryImageList } from './libraryImageList.ts';
import type { ListOrders } from './listOrders.ts';
import { LogicalNetworkList } from './logicalNetworkList.ts';
import { NetworkChoicesReader } from './networkChoices.ts';
import { NetworkServiceList } from './networkServiceList.ts';
import { ReadinessFacts } from './readinessFacts.ts';
import { RunAsAccountList } from './runAsAccountList.ts';
import { ServiceTemplateList } from './serviceTemplateList.ts';
import { SnapshotList } from './snapshotList.ts';
import { VirtualMachineList } from './virtualMachineList.ts';
import { VmNetworkDetailsReader } from './vmNetworkDetails.ts';
import { VmNetworkList } from './vmNetworkList.ts';
import { VmNetworkPoolList } from './vmNetworkPoolList.ts';
import { VmTemplateDetailsReader } from './vmTemplateDetails.ts';
import { VmTemplateList } from './vmTemplateList.ts';

export class Lists {
  readonly inventoryTree: InventoryTreeReader;
  readonly vmNetworks: VmNetworkList;
  readonly vmNetworkPools: VmNetworkPoolList;
  readonly vmNetworkDetails: VmNetworkDetailsReader;
  readonly connectivityOptions: ConnectivityOptionsReader;
  readonly virtualMachines: VirtualMachineList;
  readonly hosts: HostList;
  readonly logicalNetworks: LogicalNetworkList;
  readonly networkServices: NetworkServiceList;
  readonly runAsAccounts: RunAsAccountList;
  readonly fabricObjects: FabricObjectList;
  readonly libraryImages: LibraryImageList;
  readonly vmTemplates: VmTemplateList;
  readonly vmTemplateDetails: VmTemplateDetailsReader;
  readonly serviceTemplates: ServiceTemplateList;
  readonly networkChoices: NetworkChoicesReader;
  readonly guests: GuestReader;
  readonly jobs: JobList;
  readonly jobLog: JobLogSize;
  readonly readiness: ReadinessFacts;
  readonly capacity: CapacityFacts;
  readonly gatewayHints: GatewayHintFacts;
  readonly snapshots: SnapshotList;

  /** `beforeSearch`: brings the full-text index of jobs up to date. */
  constructor(db: Db, orders: ListOrders, beforeSearch: () => void) {
    this.inventoryTree = new InventoryTreeReader(db);
    this.guests = new GuestReader(db);
    this.jobs = new JobList(db, beforeSearch);
    this.jobLog = new JobLogSize(db, beforeSearch);
    this.readiness = new ReadinessFacts(db);
    this.capacity = new CapacityFacts(db);
    this.gatewayHints = new GatewayHintFacts(db);
    this.snapshots = new SnapshotList(db);
    this.vmNetworks = new VmNetworkList(db, orders);
    this.vmNetworkPools = new VmNetworkPoolList(db, this.vmNetworks, orders);
    this.vmNetworkDetails = new VmNetworkDetailsReader(db, this.vmNetworks, this.jobs);
    this.connectivityOptions = new ConnectivityOptionsReader(db);
    this.virtualMachines = new VirtualMachineList(db, orders);
    this.hosts = new HostList(db);
    this.logicalNetworks = new LogicalNetworkList(db);
    this.networkServices = new NetworkServiceList(db);
    this.runAsAccounts = new RunAsAccountList(db);
    this.fabricObjects = new FabricObjectList(db);
    this.libraryImages = new LibraryImageList(db);
    this.vmTemplates = new VmTemplateList(db);
    this.vmTemplateDetails = new VmTemplateDetailsReader(db);
    this.serviceTemplates = new ServiceTemplateList(db);
    this.networkChoices = new NetworkChoicesReader(db);
  }
}
