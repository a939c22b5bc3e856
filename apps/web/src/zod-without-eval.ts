import { z } from 'zod';

// Zod compiles its parsers with `new Function` unless told otherwise; the console's content security policy forbids that, and each
// attempt would be reported as a violation. This must run before the first schema is made, so main.tsx imports it first.
z.config({ jitless: true });
