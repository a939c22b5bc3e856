import { noConventions, type Conventions } from '../conventions.ts';
import type { StepDocument } from '../document.ts';
import { nationalNumberStep, phoneStep } from './phone.ts';
import { personNameStep } from './person-name.ts';
import type { Step } from './step.ts';
import { codesStep } from './codes.ts';
import { scaleStep } from './scale.ts';
import { caseStep, cutStep } from './text.ts';
import { dateStep, dayStep, epochSecondsStep, isoInstantStep } from './time.ts';

/** @param conventions those of the mapping; where only types and losses are asked for, any will do */
export function compileStep(document: StepDocument, conventions: Conventions = noConventions): Step {
  switch (document.step) {
    case 'cut':
      return cutStep(document);
    case 'case':
      return caseStep(document);
    case 'codes':
      return codesStep(document);
    case 'crosswalk':
      throw new Error(`The crosswalk ${document.crosswalk} was not put in place.`);
    case 'date':
      return dateStep(document);
    case 'epochSeconds':
      return epochSecondsStep();
    case 'isoInstant':
      return isoInstantStep(conventions.zone);
    case 'day':
      return dayStep(document, conventions.zone);
    case 'nationalNumber':
      return nationalNumberStep(document);
    case 'phone':
      return phoneStep(document, conventions.country);
    case 'personName':
      return personNameStep();
    case 'scale':
      return scaleStep(document);
  }
}
