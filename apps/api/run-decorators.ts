// Loaded before a program whose sources have decorators, which Node cannot read: `node --import apps/api/run-decorators.ts <file>`.
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'rolldown/utils';

type OnClass = ClassDecorator[];
type OnMember = MethodDecorator[];

/** The transformed code calls these, as TypeScript's own output calls `__decorate`, `__metadata` and `__param`. */
const babelHelpers = {
  /** A member comes with its key; null stands for the descriptor that it has. */
  decorate(decorators: OnClass | OnMember, target: object, key?: string, given?: PropertyDescriptor | null): unknown {
    if (key === undefined) return Reflect.decorate(decorators as OnClass, target as new () => unknown);
    const descriptor = given ?? Object.getOwnPropertyDescriptor(target, key);
    const decorated = Reflect.decorate(decorators as OnMember, target, key, descriptor);
    if (decorated) Object.defineProperty(target, key, decorated);
    return decorated;
  },
  decorateMetadata: (name: string, value: unknown) => Reflect.metadata(name, value),
  decorateParam: (index: number, decorator: ParameterDecorator) => (target: object, key: string | undefined) =>
    decorator(target, key, index),
};
Object.assign(globalThis, { babelHelpers });

const sources = new RegExp(`^${new URL('src/', import.meta.url).href}.*\\.ts$`);

registerHooks({
  load(url, context, next) {
    if (!sources.test(url)) return next(url, context);
    const path = fileURLToPath(url);
    const { code, map, errors } = transformSync(path, readFileSync(path, 'utf8'), {
      decorator: { legacy: true, emitDecoratorMetadata: true },
      helpers: { mode: 'External' },
      sourcemap: true,
    });
    if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join('; ')}`);
    const inline = Buffer.from(JSON.stringify(map)).toString('base64');
    const source = `${code}\n//# sourceMappingURL=data:application/json;base64,${inline}`;
    return { format: 'module', source, shortCircuit: true };
  },
});
