/** Help: every key of the console, from the commands themselves. */
import { makeStyles } from '@fluentui/react-components';
import { Keyboard20Regular } from '@fluentui/react-icons';
import { FactList } from '../views/shared/FactList.tsx';
import { FloatingPanel } from '../views/shared/FloatingPanel.tsx';
import { commandsOf, useCommands } from './commands.tsx';
import { generalKeys } from './shortcuts.ts';

const useStyles = makeStyles({ body: { padding: '16px', overflow: 'auto', flexGrow: 1 } });

export function ShortcutsWindow({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { home, contextual } = useCommands();
  const commands = [...commandsOf(home), ...(contextual === undefined ? [] : commandsOf(contextual))];
  const ofCommands = commands.flatMap(({ shortcut, label, description }) => (shortcut === undefined ? [] : [{ label: shortcut, value: description === undefined ? label : `${label}: ${description}` }]));
  return (
    <FloatingPanel title="Keyboard shortcuts" icon={<Keyboard20Regular />} width={520} height={520} place="middle" onClose={onClose}>
      <div className={styles.body} tabIndex={0}>
        <FactList facts={[...ofCommands, ...generalKeys.map(({ keys, what }) => ({ label: keys, value: what }))]} />
      </div>
    </FloatingPanel>
  );
}
