/** The open windows, each kind with its own component. */
import { JobsWindow } from '../views/jobs/JobsWindow.tsx';
import { PingWindow } from '../views/ping/PingWindow.tsx';
import { VmNetworkProperties } from '../wizards/vm-network-properties/VmNetworkProperties.tsx';
import { AboutWindow } from './AboutWindow.tsx';
import { useConsole } from './console.tsx';
import type { ConsoleWindow } from './consoleState.ts';
import { ShortcutsWindow } from './ShortcutsWindow.tsx';

export function Windows() {
  const { windows, close } = useConsole();
  return (
    <>
      {windows.map(({ number, window }) => (
        <ConsoleWindowContent key={number} window={window} onClose={() => close(number)} />
      ))}
    </>
  );
}

function ConsoleWindowContent({ window, onClose }: { readonly window: ConsoleWindow; readonly onClose: () => void }) {
  const { open } = useConsole();
  switch (window.kind) {
    case 'vmNetworkProperties':
      return <VmNetworkProperties vmNetworkId={window.vmNetworkId} onClose={onClose} onJobStarted={(jobId) => open({ kind: 'jobs', jobId })} />;
    case 'jobs':
      return <JobsWindow {...(window.jobId === undefined ? {} : { initialJobId: window.jobId })} onClose={onClose} />;
    case 'ping':
      return <PingWindow initialVirtualMachineId={window.virtualMachineId} vmNetworkId={window.vmNetworkId} onClose={onClose} />;
    case 'shortcuts':
      return <ShortcutsWindow onClose={onClose} />;
    case 'about':
      return <AboutWindow onClose={onClose} />;
  }
}
