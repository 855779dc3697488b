// Names of the wire as the contract gives them; everything here is generated from api-spec.
export type * from '../generated/wire.ts';
export { ERROR_CODES, type ErrorCode } from '../generated/error-codes.ts';
