/** What a view shows instead of its content: not yet, nothing, or an error. */
import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { ErrorCircle20Filled } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ConsoleError } from '../../../shared/contract/errors.ts';
import { useDelayed } from './useDelayed.ts';

const useStyles = makeStyles({
  loading: { display: 'flex', flexDirection: 'column', gap: '12px', padding: '12px' },
  note: { display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', gap: '4px', minHeight: '96px', padding: '16px', textAlign: 'center', fontSize: '13px', lineHeight: '20px' },
  noteTitle: { fontSize: '14px', fontWeight: tokens.fontWeightSemibold },
  noteHint: { color: tokens.colorNeutralForeground3, maxWidth: '480px' },
  error: { display: 'flex', gap: '8px', padding: '12px', border: `1px solid ${tokens.colorStatusDangerBorder1}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorStatusDangerBackground1, fontSize: '13px', lineHeight: '20px' },
  errorIcon: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
  errorText: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, overflowWrap: 'anywhere' },
  errorTitle: { fontWeight: tokens.fontWeightSemibold },
  errorCode: { color: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyMonospace, fontSize: '12px' },
  retry: { alignSelf: 'flex-start', marginTop: '4px' },
});

/** Grey bars after 200 ms. */
export function LoadingState({ what, rows = 4 }: { readonly what: string; readonly rows?: number }) {
  const styles = useStyles();
  const visible = useDelayed(true);
  if (!visible) return null;
  return (
    <Skeleton className={styles.loading} aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, index) => (
        <SkeletonItem key={index} size={16} />
      ))}
    </Skeleton>
  );
}

/** What belongs here, and what to do first. */
export function EmptyState({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.note}>
      <span className={styles.noteTitle}>{title}</span>
      {children !== undefined && <span className={styles.noteHint}>{children}</span>}
    </div>
  );
}

interface ErrorStateProps {
  readonly error: Pick<ConsoleError, 'code' | 'message' | 'recommendedAction'>;
  readonly onRetry?: () => void;
}

/** What happened, what to do, and its code. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const styles = useStyles();
  return (
    <div className={styles.error} role="alert">
      <ErrorCircle20Filled className={styles.errorIcon} aria-hidden />
      <div className={styles.errorText}>
        <span className={styles.errorTitle}>{error.message}</span>
        {error.recommendedAction !== '' && <span>Recommended action: {error.recommendedAction}</span>}
        <span className={styles.errorCode}>Error ({error.code})</span>
        {onRetry && (
          <Button size="small" className={styles.retry} onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
