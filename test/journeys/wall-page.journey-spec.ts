import type { AddressInfo } from 'node:net';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Browser, Page } from 'playwright-core';
import { WallModule } from '../../apps/wall/src/wall.module';
import { describeWithBrowser, launchBrowser } from '../setup/browser';

const DC = { id: 'dc', name: 'Xiaoshan', kind: 'warehouse', latitude: 30.18, longitude: 120.26, onHand: 900 };
const SHOP = { id: 's1', name: 'Corner 1', kind: 'corner-shop', latitude: 30.25, longitude: 120.16, onHand: 40 };
const order = (id: string, extra: object = {}): object => ({
  id,
  channel: 'storefront',
  customer: 'Li Wei',
  status: 'confirmed',
  totalMinor: 4990,
  currency: 'CNY',
  placedAt: '2026-01-02T03:04:05.678Z',
  ...extra,
});
const EMPTY = {
  totalsByChannel: [],
  latestOrders: [] as object[],
  stock: { skus: 0, onHand: 0, reserved: 0, available: 0, netChange: 0 },
  locations: [] as object[],
  freshness: [],
  bus: { kind: 'postgres' },
};
const TRADE = {
  ...EMPTY,
  totalsByChannel: [
    { channel: 'storefront', currency: 'CNY', documents: 3, units: 5, minor: 123_456 },
    { channel: 'hema', currency: 'CNY', documents: 1, units: 1, minor: 61_728 },
  ],
  latestOrders: [order('o-1')],
  stock: { skus: 12, onHand: 940, reserved: 40, available: 900, netChange: -6 },
  locations: [DC, SHOP],
  freshness: [{ view: 'orders', position: 1234, lag: 0, absorbed: 2 }],
  bus: { kind: 'kafka', brokers: '127.0.0.1:9092' },
};
const STEPS = ['OrderPlaced', 'OrderAllocated', 'OrderConfirmed'].map((type, n) => ({
  id: `storefront-3-${n + 7}`,
  type: `retail.storefront.${type}.v1`,
  subject: 'order:o-9',
  lane: 3,
  position: n + 7,
  recordedtime: `2026-01-02T03:04:05.${600 + 20 * n}Z`,
  data: { location: 'dc' },
}));

describeWithBrowser('the page', () => {
  let app: NestFastifyApplication;
  let browser: Browser;
  let page: Page;
  let wall: object;
  let faults: string[];

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [WallModule] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    browser = await launchBrowser();
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    await app.close();
  });
  beforeEach(async () => {
    wall = TRADE;
    faults = [];
    page = await browser.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    await page.route('**/unified-view/wall', (route) => route.fulfill({ json: wall }));
  });
  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });
  const open = async (): Promise<void> => {
    const { port } = app.getHttpServer().address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.locator('#connection[data-state=live]').waitFor();
  };
  const text = (selector: string): Promise<string> => page.locator(selector).innerText();

  it('shows what is sold, held and on its way', async () => {
    await open();
    expect(await text('#totals')).toContain('¥1,851.84');
    expect(await text('#bars')).toMatch(/Online\s+¥1,234.56[\s\S]*Hema stores\s+¥617.28/);
    expect(await page.locator('#bars i').nth(1).getAttribute('style')).toBe('width: 50%;');
    expect(await text('#orders')).toMatch(/Li Wei[\s\S]*¥49.90[\s\S]*confirmed/);
    expect(await text('#stock')).toMatch(/available\s+900/);
    expect(await page.locator('#map').getAttribute('aria-label')).toBe('Map: 1 warehouse, 1 corner shop');
    expect(await text('#views')).toMatch(/orders\s+1,234\s+2\s+up to date/);
    expect(await text('#bus')).toBe('Kafka 127.0.0.1:9092');
  });

  it('keeps up: a new order goes on top, a changed one changes in place', async () => {
    await open();
    wall = { ...TRADE, latestOrders: [order('o-2', { customer: 'Zhang Min' }), order('o-1', { status: 'shipped' })] };
    await page.locator('#orders li').nth(1).waitFor();
    expect(await text('#orders')).toMatch(/Zhang Min[\s\S]*Li Wei[\s\S]*shipped/);
  });

  it('invites when there is nothing yet', async () => {
    wall = EMPTY;
    await open();
    expect(await text('#no-orders')).toContain('No order yet');
    expect(await text('#no-sales')).toContain('Nothing sold yet');
    expect(await page.locator('#map').textContent()).toBe('No location yet');
    expect(await page.locator('#place').isEnabled()).toBe(true);
  });

  it('places an order and shows its steps from the log', async () => {
    const sent: Record<string, unknown>[] = [];
    await page.route('**/storefront/products*', (route) =>
      route.fulfill({
        json: { items: [{ sku: 'tea', kind: 'merchandise', price: { amountMinor: 4990, currency: 'CNY' } }], next: null },
      }),
    );
    await page.route('**/storefront/orders', (route) => {
      sent.push({ ...route.request().headers(), body: route.request().postDataJSON() as unknown });
      return route.fulfill({ status: 201, json: { id: 'o-9', status: 'confirmed', position: 'storefront:3=7' } });
    });
    await page.route('**/storefront/events?*', (route) => {
      const after = Number(new URL(route.request().url()).searchParams.get('after'));
      return route.fulfill({ json: { events: STEPS.filter(({ position }) => position > after), next: 9 } });
    });
    await open();
    await page.click('#place');
    await page.locator('#ship').waitFor();
    expect(await page.locator('#steps li').allInnerTexts()).toEqual([
      expect.stringMatching(/Placed\s+\+0 ms/),
      expect.stringMatching(/Held at Xiaoshan\s+\+20 ms/),
      expect.stringMatching(/confirmed\s+\+40 ms/),
    ]);
    expect(await page.locator('#steps a').first().getAttribute('href')).toBe('/storefront/events?lane=3&after=6&limit=1');
    const lines = [{ sku: 'tea', quantity: 1 }];
    expect(sent).toEqual([
      expect.objectContaining({
        prefer: 'wait=5',
        'idempotency-key': expect.stringMatching(/^[\w-]{36}$/) as string,
        body: { customer: 'demo-visitor', currency: 'CNY', lines, deliverTo: expect.anything() as object },
      }),
    ]);
  });

  it('says what went wrong and what to do, and goes on', async () => {
    await page.route('**/storefront/products*', (route) => route.fulfill({ json: { items: [], next: null } }));
    await open();
    await page.click('#place');
    await page.locator('#problem').waitFor();
    expect(await text('#problem')).toContain('There is nothing to sell yet. List a product');
    expect(await page.locator('#place').isEnabled()).toBe(true);
  });

  it('keeps the last figures while the system is away, and says so', async () => {
    await open();
    await page.route('**/unified-view/wall', (route) => route.abort());
    await page.locator('#connection[data-state=lost]').waitFor();
    expect(await text('#totals')).toContain('¥1,851.84');
  });

  it('takes names for text, never for markup', async () => {
    const name = '<img src=x onerror="window.pwned = 1">';
    wall = { ...TRADE, latestOrders: [order('o-1', { customer: name })], locations: [{ ...DC, name }] };
    await open();
    expect(await text('#orders')).toContain(name);
    expect(await page.evaluate('window.pwned')).toBeUndefined();
  });

  it.each(['light', 'dark'] as const)('can be read in the %s: contrast of at least 4.5 for every word', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await open();
    expect(await page.evaluate(FAINT_WORDS)).toEqual([]);
    // A control: what is made faint on purpose is found.
    await page.evaluate("document.documentElement.style.setProperty('--good', '#808080')");
    expect(await page.evaluate(FAINT_WORDS)).toEqual(expect.arrayContaining([expect.stringContaining('up to date')]));
  });

  it.each([360, 800, 1600])('fits a screen of %d pixels', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await open();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  });

  it('can be used with the keyboard alone', async () => {
    await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('place');
  });
});

/** In the page: the texts whose color and background are too close, by the formula of WCAG 2. */
const FAINT_WORDS = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const backgroundOf = (node) => {
    const [r, g, b, alpha = 1] = channels(getComputedStyle(node).backgroundColor);
    return alpha === 0 && node.parentElement ? backgroundOf(node.parentElement) : [r, g, b];
  };
  const contrast = (node) => {
    const style = getComputedStyle(node);
    const paint = node instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [luminance(channels(paint)), luminance(backgroundOf(node))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const words = [...document.querySelectorAll('body *')].filter((node) =>
    node.checkVisibility() && !node.matches('title, .skip') && [...node.childNodes].some((child) => child.nodeType === 3 && /\\w/.test(child.textContent)));
  return words.filter((node) => contrast(node) < 4.5).map((node) => node.textContent + ' ' + contrast(node).toFixed(2));
})()`;
