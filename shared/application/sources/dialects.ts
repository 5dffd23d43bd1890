import type { WebhookDialect } from '../../domain/dialects/webhook.ts';
import type { Source } from '../../domain/sources/source.ts';

/** Dialects by the kind of source that speaks them; shared/domain/dialects/shops.ts has those that there are. */
export type Shops = Readonly<Partial<Record<string, WebhookDialect>>>;

/** Undefined for what is translated by a mapping, and for shops whose dialect nobody has written. */
export const dialectFor = (shops: Shops, { kind }: Pick<Source, 'kind'>): WebhookDialect | undefined =>
  Object.hasOwn(shops, kind) ? shops[kind] : undefined;
