import { closingParts, isEqualClosing, isEqualProof, type RefreshRun } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck } from '../icons.tsx';
import type { ReactNode } from 'react';
import { TextLink } from '../link.tsx';
import { sentenceCase } from '../../texts.ts';
import classes from './closing.module.css';
import { itemFilter } from './item-filter.ts';

/** The proof in words. */
export function Closing({ closing }: { closing: string }) {
  return <Word equal={isEqualClosing(closing)}>{sentenceCase(closing)}</Word>;
}

/** The proof in words on the page of its run: each number leads to its rows in the table below. */
export function ClosingOf({ run: { closing, proof } }: { run: Pick<RefreshRun, 'closing' | 'proof'> }) {
  if (!proof) return <Closing closing={closing ?? 'closed without a proof'} />;
  return (
    <Word equal={isEqualProof(proof)}>
      <span>
        {closingParts(proof).map(({ text, items }, place) => {
          const said = place === 0 ? sentenceCase(text) : text;
          if (!items) return said;
          return (
            <TextLink key={place} to="." search={itemFilter.parse(items)} resetScroll={false} inherit>
              {said}
            </TextLink>
          );
        })}
      </span>
    </Word>
  );
}

function Word({ equal, children }: { equal: boolean; children: ReactNode }) {
  const Icon = equal ? IconCircleCheck : IconAlertCircle;
  return (
    <Text span className={classes.closing} data-equal={equal} inherit>
      <Icon size="1.2em" aria-hidden />
      {children}
    </Text>
  );
}
