import { makeStyles, mergeClasses, tokens, Tooltip } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { copyText } from './copyText.ts';

const useStyles = makeStyles({
  root: {
    fontFamily: tokens.fontFamilyMonospace,
    fontVariantNumeric: 'tabular-nums',
    fontSize: '12px',
    lineHeight: 'inherit',
    color: 'inherit',
    backgroundColor: 'transparent',
    border: 'none',
    padding: '0 2px',
    margin: '0 -2px',
    borderRadius: tokens.borderRadiusSmall,
    cursor: 'copy',
    textAlign: 'start',
    whiteSpace: 'nowrap',
    maxWidth: '100%',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    userSelect: 'text',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':active': { backgroundColor: tokens.colorNeutralBackground1Pressed },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '0px' },
  },
});

interface CopyableAddressProps {
  readonly text: string;
  /** What the address is, for the accessible name of the button. */
  readonly what: string;
  readonly className?: string;
}

/** An address in a tabular face; a click copies it. */
export function CopyableAddress({ text, what, className }: CopyableAddressProps) {
  const styles = useStyles();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Tooltip content={copied ? 'Copied' : `Copy ${text}`} relationship="description" showDelay={copied ? 0 : 400}>
      <button
        type="button"
        className={mergeClasses(styles.root, className)}
        aria-label={`${what} ${text}`}
        onClick={() => {
          void copyText(text).then(() => setCopied(true));
        }}
      >
        {text}
      </button>
    </Tooltip>
  );
}
