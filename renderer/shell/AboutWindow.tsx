import { makeStyles, tokens } from '@fluentui/react-components';
import { Info20Regular } from '@fluentui/react-icons';
import { useProcedure } from '../bridge/queries.ts';
import { FactList } from '../views/shared/FactList.tsx';
import { FloatingPanel } from '../views/shared/FloatingPanel.tsx';

const useStyles = makeStyles({
  body: { padding: '16px', display: 'flex', flexDirection: 'column', gap: '16px', overflow: 'auto' },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
});

export function AboutWindow({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { data } = useProcedure('app.info', {});
  return (
    <FloatingPanel title="About HNV Gateway Console" icon={<Info20Regular />} width={520} height={320} place="middle" onClose={onClose}>
      <div className={styles.body}>
        <p className={styles.text}>Plans, rehearses and explains multi-tenant Hyper-V Network Virtualization gateways. Independent software, not from Microsoft; it changes no real data centre.</p>
        {data !== undefined && (
          <FactList
            facts={[
              { label: 'Version', value: data.version },
              { label: 'Electron', value: `${data.electron} (Chromium ${data.chromium})` },
              { label: 'Database', value: data.databasePath },
            ]}
          />
        )}
      </div>
    </FloatingPanel>
  );
}
