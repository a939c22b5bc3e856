import { Model, validateCanonicalModel, type Json } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';

/** The model that a document would make beside the one in force, or every mistake in it. */
export function modelOf(document: Json, before: Model): Model {
  const checked = validateCanonicalModel(document, before.document);
  if (!checked.ok)
    throw new ProblemError('canonical-model-invalid', 'Mend what is listed; nothing was changed.', checked.problems);
  return new Model(checked.model, before.version + 1);
}
