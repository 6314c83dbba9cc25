/** An option with a line below it that says more, or why it cannot be chosen. */
import { usePageStyles } from './pageStyles.ts';

export function Choice({ label, hint }: { readonly label: string; readonly hint: string }) {
  const styles = usePageStyles();
  return (
    <span className={styles.option}>
      <span>{label}</span>
      {hint !== '' && <span className={styles.hint}>{hint}</span>}
    </span>
  );
}
