import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const shape = z.array(
  z.object({
    inn: z.string(),
    kpp: z.string().nullable(),
    ogrn: z.string(),
    full: z.string(),
    short: z.string(),
    address: z.string().nullable(),
    status: z.enum(['ACTIVE', 'LIQUIDATING', 'LIQUIDATED', 'BANKRUPT', 'REORGANIZING']),
    liquidated: z.number().optional(),
  }),
);
export type Registered = z.infer<typeof shape>[number];

/** Ways in which the register answers wrongly, or not at all. */
export const registryFaultKinds = ['silent', 'html', 'too-many', 'no-money', 'odd'] as const;
export type RegistryFaultKind = (typeof registryFaultKinds)[number];

/** A register of companies that do not exist: their INN begin with a region there is none of. */
export class Registry {
  readonly all: Registered[] = shape.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, 'companies.json'), 'utf8')),
  );
  private faults: RegistryFaultKind[] = [];

  order(kind: RegistryFaultKind, times: number): void {
    this.faults.push(...Array.from({ length: times }, () => kind));
  }

  take(): RegistryFaultKind | undefined {
    return this.faults.shift();
  }
}
