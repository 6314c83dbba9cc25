import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  text: {
    margin: 0,
    padding: '12px',
    minHeight: '200px',
    overflow: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    whiteSpace: 'pre',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** PowerShell to read; the keyboard scrolls it. */
export function ScriptText({ label, script, className }: { readonly label: string; readonly script: string; readonly className?: string | undefined }) {
  const styles = useStyles();
  return (
    <pre className={mergeClasses(styles.text, className)} tabIndex={0} aria-label={label} role="region">
      {script}
    </pre>
  );
}
