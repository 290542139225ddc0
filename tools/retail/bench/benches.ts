import { checkout } from './checkout/checkout';
import { forecast } from './forecast/forecast';
import { flashSale } from './flash-sale/flash-sale';
import type { Bench } from './frame/bench';
import { append } from './log/append';
import { growth } from './log/growth';
import { hotStream } from './log/hot-stream';
import { read } from './log/read';
import { relay } from './log/relay';
import { peers } from './peers/peers';
import { hotSku } from './reserve/hot-sku';
import { reserve } from './reserve/reserve';
import { sourcing } from './sourcing/sourcing';
import { views } from './views/views';

/** Every benchmark by its name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  append,
  'hot-stream': hotStream,
  read,
  views,
  relay,
  growth,
  checkout,
  peers,
  forecast,
  'flash-sale': flashSale,
  reserve,
  'hot-sku': hotSku,
  sourcing,
};
