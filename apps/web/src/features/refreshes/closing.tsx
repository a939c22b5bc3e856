import { Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import { sentenceCase } from '../../texts.ts';
import classes from './closing.module.css';

export function isEqual(closing: string): boolean {
  return closing.trim().toLowerCase() === 'equal';
}

/** The proof in words. */
export function Closing({ closing }: { closing: string }) {
  const equal = isEqual(closing);
  const Icon = equal ? IconCircleCheck : IconAlertCircle;
  return (
    <Text span className={classes.closing} data-equal={equal} inherit>
      <Icon size="1.2em" aria-hidden />
      {sentenceCase(closing)}
    </Text>
  );
}
