import type { Browser, Page } from 'playwright-core';
import { seedDemo } from '../../tools/retail/demo/seed';
import { describeWithBrowser, launchBrowser } from '../setup/browser';
import { startTestSystem, type TestSystem } from '../setup/system';

describeWithBrowser('a visitor of the page', () => {
  let system: TestSystem;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    system = await startTestSystem();
    await seedDemo(system.url);
    browser = await launchBrowser();
    page = await browser.newPage();
    await page.goto(system.url);
    await page.locator('#connection[data-state=live]').waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await system.stop();
  }, 60_000);

  it('sees the city and its stock, and how events travel', async () => {
    const label = 'Map: 1 warehouse, 3 stores, 20 corner shops';
    await page.locator(`#map[aria-label="${label}"]`).waitFor({ timeout: 20_000 });
    await expect(page.locator('#stock dd').first().innerText()).resolves.toMatch(/^[1-9][\d,]+$/);
    await expect(page.locator('#bus').innerText()).resolves.toMatch(system.bus === 'kafka' ? /^Kafka 127/ : /^PostgreSQL feed$/);
  }, 30_000);

  it('orders something, and follows it until it is delivered and paid', async () => {
    await page.click('#place');
    await page.locator('#ship').waitFor();
    await page.click('#ship');
    await page.locator('#deliver').waitFor();
    await page.getByText('Money captured').waitFor();
    await page.click('#deliver');
    await page.getByText('Delivered', { exact: true }).waitFor();
    const steps = await page.locator('#steps li span').allInnerTexts();
    expect(steps.slice(0, 3)).toEqual(['Placed', expect.stringMatching(/^Held at /), 'Money authorized, order confirmed']);
    expect(steps.slice(3).sort()).toEqual(['Delivered', 'Money captured', 'Shipped']);
  }, 60_000);

  it('finds it on the wall, in the orders as in the sales', async () => {
    await page.locator('#orders [data-status=delivered]').first().waitFor();
    expect(await page.locator('#orders li').first().innerText()).toContain('demo-visitor');
    expect(await page.locator('#bars').innerText()).toMatch(/Online\s+¥[\d,.]+\s+1 document, 1 unit/);
  }, 30_000);

  it('can send the same from a terminal', async () => {
    await page.locator('.curl summary').click();
    await page.locator('#curl:has-text("curl")').waitFor();
    const [, address = ''] = /curl -s (\S+)/.exec(await page.locator('#curl').innerText()) ?? [];
    const [, body = ''] = /-d '([\s\S]+)'/.exec(await page.locator('#curl').innerText()) ?? [];
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'from-a-terminal', prefer: 'wait=5' };
    const answer = await fetch(address, { method: 'POST', headers, body });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ status: 'confirmed', customer: 'demo-visitor' });
  }, 30_000);

  it('finds every door open', async () => {
    const links = await page.locator('.doors a').all();
    const doors = await Promise.all(links.map(async (link) => (await link.getAttribute('href')) ?? ''));
    const closed: string[] = [];
    for (const path of doors) {
      const { status } = await fetch(new URL(path, system.url));
      if (status !== 200) closed.push(`${path} ${status}`);
    }
    expect(doors.length).toBeGreaterThanOrEqual(10);
    expect(closed).toEqual([]);
  }, 30_000);
});
