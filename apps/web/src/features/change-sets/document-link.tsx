import { useSystemName } from '../../api/systems.ts';
import type { DocumentName } from '../../api/drafts.ts';
import { TextLink } from '../../components/link.tsx';
import { documentInWords } from './document-words.ts';

/** Its name, which leads to where it is changed. */
export function DocumentLink({ kind, system }: DocumentName) {
  const name = documentInWords({ kind, system }, useSystemName());
  switch (kind) {
    case 'canonicalModel':
      return (
        <TextLink to="/canonical-model" search={{ tab: 'draft' }}>
          {name}
        </TextLink>
      );
    case 'survivorship':
      return (
        <TextLink to="/rules" search={{ tab: 'draft' }}>
          {name}
        </TextLink>
      );
    case 'matching':
      return <TextLink to="/matching">{name}</TextLink>;
    case 'mapping':
      return (
        <TextLink to="/systems/$code" params={{ code: system ?? '' }} search={{ tab: 'mapping' }}>
          {name}
        </TextLink>
      );
    case 'scope':
      return (
        <TextLink to="/systems/$code" params={{ code: system ?? '' }} search={{ tab: 'state' }}>
          {name}
        </TextLink>
      );
  }
}
