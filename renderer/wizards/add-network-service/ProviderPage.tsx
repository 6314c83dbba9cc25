/** Provider: which configuration provider, and *Test* with its table (fact sheet §1.3). */
import { Button, Dropdown, MessageBar, MessageBarBody, Option, Spinner } from '@fluentui/react-components';
import { useState } from 'react';
import { ConsoleError } from '../../../shared/contract/errors.ts';
import { gatewayModels } from '../../../shared/contract/gatewayProviders.ts';
import type { ProviderTestResult } from '../../../shared/contract/inventory.ts';
import { invoke } from '../../bridge/client.ts';
import { LocalTable, type LocalColumn } from '../../views/shared/LocalTable.tsx';
import { usePageStyles } from '../frame/pageStyles.ts';
import { WizardField } from '../frame/WizardField.tsx';
import { sentence } from '../frame/wizardProblems.ts';
import type { PageProps } from './pages.tsx';

type Row = ProviderTestResult['rows'][number];

const columns: readonly LocalColumn<Row>[] = [
  { header: 'Test', width: 'minmax(180px, 1fr)', render: ({ name }) => name },
  { header: 'Result', width: '136px', render: ({ result }) => result },
];

const providers = [...new Set(gatewayModels.flatMap(({ provider }) => (provider === null ? [] : [provider])))];

export function ProviderPage({ form, onChange }: PageProps) {
  const styles = usePageStyles();
  const { runAsAccount, connectionString } = form;
  return (
    <div className={styles.wide}>
      <WizardField path="configurationProvider" label="Configuration provider" required>
        <Dropdown
          value={form.configurationProvider}
          placeholder="Choose a configuration provider"
          selectedOptions={[form.configurationProvider]}
          onOptionSelect={(_event, { optionValue }) => onChange({ ...form, configurationProvider: optionValue ?? '' })}
        >
          {providers.map((provider) => (
            <Option key={provider} value={provider}>
              {provider}
            </Option>
          ))}
        </Dropdown>
      </WizardField>
      <ProviderTest runAsAccount={runAsAccount} connectionString={connectionString} />
    </div>
  );
}

function ProviderTest({ runAsAccount, connectionString }: { readonly runAsAccount: string; readonly connectionString: string }) {
  const styles = usePageStyles();
  const [result, setResult] = useState<ProviderTestResult | ConsoleError | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    try {
      setResult(await invoke('networkService.testProvider', { runAsAccount, connectionString }));
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      setResult(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className={styles.row}>
        <Button disabledFocusable={isBusy} onClick={() => void test()}>
          Test
        </Button>
        {isBusy && <Spinner size="tiny" aria-label="Testing" />}
        {result === undefined && <span className={styles.hint}>Opens the device with the account and the connection string of the pages before.</span>}
      </div>
      <div className={styles.wide} role="status">
        {result !== undefined && <TestResult result={result} />}
      </div>
    </>
  );
}

function TestResult({ result }: { readonly result: ProviderTestResult | ConsoleError }) {
  if (result instanceof ConsoleError) return <Bad text={sentence(result)} />;
  const failed = result.rows.find((row) => row.result === 'Failed');
  if (result.problems.length > 0) return result.problems.map((found) => <Bad key={found.message} text={sentence(found)} />);
  return (
    <>
      <MessageBar intent={failed === undefined ? 'success' : 'error'} layout="multiline">
        <MessageBarBody>{failed === undefined ? 'All functional tests passed. "Not implemented" is no error: the provider does not offer that interface.' : failed.detail}</MessageBarBody>
      </MessageBar>
      <LocalTable label="Results of the provider test" columns={columns} rows={result.rows} rowKey={({ name }) => name} />
    </>
  );
}

function Bad({ text }: { readonly text: string }) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>{text}</MessageBarBody>
    </MessageBar>
  );
}
