import { getMetadataStorage, IsInt, IsOptional, IsString, validateSync } from 'class-validator';
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

  it('are looked for once', () => {
    const storage = getMetadataStorage();
    const find = jest.spyOn(storage, 'getTargetValidationMetadatas');
    rememberRules(storage);
    for (let n = 0; n < 10; n++) faultsOf(new Parcel());
    expect(find).toHaveBeenCalledTimes(1);
  });
});
