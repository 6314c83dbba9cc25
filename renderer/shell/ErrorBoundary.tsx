/** Catches what should never happen, so that the operator sees a sentence and not a white window. */
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';

const useStyles = makeStyles({
  root: { height: '100%', display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', gap: '12px', padding: '24px', backgroundColor: tokens.colorNeutralBackground1 },
  title: { margin: 0, fontSize: '20px', fontWeight: tokens.fontWeightSemibold },
  text: { maxWidth: '640px', overflowWrap: 'anywhere', fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' },
});

interface State {
  readonly error: Error | undefined;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Fault error={this.state.error} />;
  }
}

function Fault({ error }: { readonly error: Error }) {
  const styles = useStyles();
  return (
    <div className={styles.root} role="alert">
      <h1 className={styles.title}>The window met an unexpected error</h1>
      <span>Jobs and inventory are not affected. Load the window again; if it comes back, report this text.</span>
      <code className={styles.text}>{error.message}</code>
      <Button appearance="primary" onClick={() => window.location.reload()}>
        Load again
      </Button>
    </div>
  );
}
