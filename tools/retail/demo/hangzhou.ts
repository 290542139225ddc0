import type { LocationKind } from '#libs/contracts';

/** A place of the demo city. */
export interface Place {
  id: string;
  name: string;
  kind: LocationKind;
  latitude: number;
  longitude: number;
}

const place = (kind: LocationKind, [id, name, latitude, longitude]: [string, string, number, number]): Place => ({
  id,
  name,
  kind,
  latitude,
  longitude,
});

/** Hangzhou, WGS 84: a warehouse out in Xiasha, three stores around West Lake and the river. */
export const SOURCES: readonly Place[] = [
  place('warehouse', ['hz-dc-xiasha', 'Xiasha distribution center', 30.3079, 120.3836]),
  place('store', ['hz-hema-wulin', 'Hema Wulin Square', 30.2744, 120.1636]),
  place('store', ['hz-hema-binjiang', 'Hema Binjiang', 30.2083, 120.2119]),
  place('store', ['hz-hema-xixi', 'Hema Xixi', 30.2796, 120.0601]),
];

/** Twenty corner shops across the districts. */
export const SHOPS: readonly Place[] = (
  [
    ['hz-shop-01', 'Hefang Street shop', 30.2409, 120.1689],
    ['hz-shop-02', 'Qinghefang shop', 30.2427, 120.1721],
    ['hz-shop-03', 'Longxiang Bridge shop', 30.2545, 120.1612],
    ['hz-shop-04', 'Wushan Square shop', 30.2404, 120.1613],
    ['hz-shop-05', 'Jianguo North Road shop', 30.2702, 120.1765],
    ['hz-shop-06', 'Chaohui shop', 30.2863, 120.1704],
    ['hz-shop-07', 'Gongchen Bridge shop', 30.3187, 120.1368],
    ['hz-shop-08', 'Daguan shop', 30.3045, 120.1482],
    ['hz-shop-09', 'Wensan Road shop', 30.2776, 120.1293],
    ['hz-shop-10', 'Cuiyuan shop', 30.2851, 120.1218],
    ['hz-shop-11', 'Yuquan shop', 30.2634, 120.1203],
    ['hz-shop-12', 'Zhuantang shop', 30.1637, 120.0757],
    ['hz-shop-13', 'Jiangling Road shop', 30.2078, 120.2201],
    ['hz-shop-14', 'Xixing shop', 30.1879, 120.2218],
    ['hz-shop-15', 'Qianjiang New City shop', 30.2467, 120.2113],
    ['hz-shop-16', 'East Station shop', 30.2911, 120.2126],
    ['hz-shop-17', 'Jiubao shop', 30.3047, 120.2664],
    ['hz-shop-18', 'Xiasha Wenze shop', 30.3102, 120.3491],
    ['hz-shop-19', 'Xiaoshan People Square shop', 30.1669, 120.2644],
    ['hz-shop-20', 'Liangzhu shop', 30.3776, 120.0358],
  ] as [string, string, number, number][]
).map((facts) => place('corner-shop', facts));

/** A product of the demo: SKU, name, price in fen, and how much of it the warehouse gets. */
export interface DemoProduct {
  sku: string;
  name: string;
  fen: number;
  units: number;
}

const FRESH: readonly [string, string, number][] = [
  ['FRESH-001', 'Boston lobster, live, 500 g', 9900],
  ['FRESH-002', 'Norwegian salmon, 200 g', 5900],
  ['FRESH-003', 'Qiandao Lake fish head', 6800],
  ['FRESH-004', 'Strawberries from Jiande, 300 g', 2990],
  ['FRESH-005', 'Blueberries, 125 g', 1590],
  ['FRESH-006', 'Linan bamboo shoots, 500 g', 1280],
  ['FRESH-007', 'Baby bok choy, 300 g', 590],
  ['FRESH-008', 'Free-range eggs, 10', 1690],
  ['FRESH-009', 'Fresh milk, 950 ml', 1890],
  ['FRESH-010', 'Tofu, 400 g', 450],
  ['FRESH-011', 'Pork belly, 400 g', 3280],
  ['FRESH-012', 'Yellow croaker, 350 g', 3990],
  ['FRESH-013', 'Avocados, 2', 1990],
  ['FRESH-014', 'Cherries, 250 g', 3490],
];

const PANTRY: readonly [string, string, number][] = [
  ['PANTRY-001', 'West Lake Longjing tea, 50 g', 12800],
  ['PANTRY-002', 'Northeast rice, 5 kg', 4590],
  ['PANTRY-003', 'Shaoxing cooking wine, 500 ml', 990],
  ['PANTRY-004', 'Light soy sauce, 500 ml', 1190],
  ['PANTRY-005', 'Peanut oil, 5 l', 8990],
  ['PANTRY-006', 'Chili oil, 280 g', 1290],
  ['PANTRY-007', 'Instant noodles, 5', 1350],
  ['PANTRY-008', 'Sparkling water, 480 ml', 550],
  ['PANTRY-009', 'Herbal tea, 6 cans', 2190],
  ['PANTRY-010', 'Lager, 6 bottles', 3600],
  ['PANTRY-011', 'Osmanthus cake, 200 g', 1880],
  ['PANTRY-012', 'Walnuts from Linan, 500 g', 4980],
  ['PANTRY-013', 'Honey, 480 g', 3690],
  ['PANTRY-014', 'Coffee beans, 250 g', 6900],
];

const HOME: readonly [string, string, number][] = [
  ['HOME-001', 'Tissues, 18 packs', 3290],
  ['HOME-002', 'Laundry liquid, 3 kg', 4990],
  ['HOME-003', 'Toothpaste, 120 g', 1590],
  ['HOME-004', 'Silk scarf', 29900],
  ['HOME-005', 'Oil-paper umbrella', 15900],
  ['HOME-006', 'Thermos, 500 ml', 9900],
  ['HOME-007', 'Celadon tea set', 36800],
  ['HOME-008', 'Rice cooker, 3 l', 29900],
  ['HOME-009', 'Phone charger, 65 W', 11900],
  ['HOME-010', 'LED desk lamp', 16900],
  ['HOME-011', 'Diapers, 40', 9900],
  ['HOME-012', 'Cat food, 1.5 kg', 7900],
];

/** Forty things that people in Hangzhou buy. */
export const PRODUCTS: readonly DemoProduct[] = [...FRESH, ...PANTRY, ...HOME].map(([sku, name, fen]) => ({
  sku,
  name,
  fen,
  units: 400,
}));
