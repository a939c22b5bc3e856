import type { MatchFieldList, PublishedMatchModel } from '@cinch/api-contract';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { useMay } from '../../api/may.ts';
import { VersionDifference } from '../../components/versions/version-difference.tsx';
import { matchModel } from './model-shape.ts';
import { modelDifferences } from './model-words.ts';
import { modelVersionQuery } from './queries.ts';

interface Props {
  version: number;
  latest: PublishedMatchModel;
  fields: MatchFieldList;
  onTake: (document: unknown) => void;
}

/** An earlier model beside the latest one. */
export function ModelBeside({ version, latest, fields, onTake }: Props) {
  const query = useQuery(modelVersionQuery(version));
  const mayPreview = useMay('POST /api/v1/rules/matching/preview');
  return (
    <Loaded query={query}>
      {({ document }) => (
        <VersionDifference
          version={version}
          beside={latest.version}
          differences={modelDifferences(matchModel.parse(latest.document), matchModel.parse(document), fields)}
          onTake={mayPreview ? () => onTake(document) : null}
        />
      )}
    </Loaded>
  );
}
