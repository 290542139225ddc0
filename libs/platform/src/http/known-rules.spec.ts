import { getMetadataStorage, IsInt, IsOptional, IsString, validateSync, ValidateNested } from 'class-validator';
import { rememberRules } from './known-rules';

class Parcel {
  @IsString()
  to = 'a customer';
}

class WeighedParcel extends Parcel {
  @IsInt()
  grams: unknown = 500;

  @IsOptional({ groups: ['abroad'] })
  @IsString({ groups: ['abroad'] })
  customs?: unknown = 1;
}

class Shipment {
  @ValidateNested({ each: true })
  parcels: unknown[] = [];
}

class Return {
  @ValidateNested()
  parcel: unknown = new Parcel();
}

const broken = (): WeighedParcel => Object.assign(new WeighedParcel(), { to: 7, grams: 'many' });
const faultsOf = (parcel: object, groups?: string[]): string[] =>
  validateSync(parcel, { forbidUnknownValues: false, ...(groups && { groups }) }).map(({ property }) => property);

describe('rules of a class that are remembered', () => {
  it('are the same as those that class-validator finds, inherited ones included', () => {
    const before = [faultsOf(broken()), faultsOf(new WeighedParcel()), faultsOf(broken(), ['abroad'])];
    rememberRules();
    const first = [faultsOf(broken()), faultsOf(new WeighedParcel()), faultsOf(broken(), ['abroad'])];
    const second = [faultsOf(broken()), faultsOf(new WeighedParcel()), faultsOf(broken(), ['abroad'])];
    expect(before).toEqual([['grams', 'customs', 'to'], ['customs'], ['customs']]);
    expect([first, second]).toEqual([before, before]);
  });

  it('are looked for once, and sorted once, also for objects within others', () => {
    const storage = getMetadataStorage();
    const find = jest.spyOn(storage, 'getTargetValidationMetadatas');
    const sort = jest.spyOn(storage, 'groupByPropertyName');
    rememberRules(storage);
    const shipment = Object.assign(new Shipment(), { parcels: [new Parcel(), new Parcel()] });
    for (let n = 0; n < 10; n++) expect([...faultsOf(shipment), ...faultsOf(new Return())]).toEqual([]);
    // A shipment, a return, and a parcel in each of them.
    expect([find.mock.calls.length, sort.mock.calls.length]).toEqual([4, 4]);
  });

  it('find what is wrong within others as before', () => {
    rememberRules();
    const nested = (object: object): unknown => validateSync(object, { forbidUnknownValues: false })[0]?.children;
    const shipment = Object.assign(new Shipment(), { parcels: [new Parcel(), broken()] });
    expect(nested(shipment)).toMatchObject([
      { property: '1', children: [{ property: 'grams' }, { property: 'customs' }, { property: 'to' }] },
    ]);
    expect(nested(Object.assign(new Return(), { parcel: broken() }))).toMatchObject([{}, {}, {}]);
  });
});
