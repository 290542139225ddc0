export { WrongMasterKey } from './master-key';
export { SealBroken } from './seal';
export { Vault, type VaultOptions } from './vault';
