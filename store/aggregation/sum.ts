import { notDone } from '../storeError.ts';
import { Double, Raw, type Value } from '../values/value.ts';

type Numeric = Extract<Value, number | bigint | Double | Raw>;

/**
 * A sum as MongoDB makes it: whole numbers exactly, doubles with the error of each addition carried along (so that 0.1
 * ten times is 1), in the narrowest type that holds it: int32, int64, double.
 * https://www.mongodb.com/docs/manual/reference/operator/aggregation/sum/
 */
export class Sum {
  #whole = 0n;
  #high = 0;
  #low = 0;
  #kind: 'int' | 'long' | 'double' = 'int';

  /** @throws StoreError 238 for a Decimal128 */
  add(value: Numeric): void {
    if (value instanceof Raw) throw notDone('a sum of Decimal128');
    if (value instanceof Double) {
      this.#kind = 'double';
      this.#carry(value.value);
      return;
    }
    if (typeof value === 'bigint' && this.#kind === 'int') this.#kind = 'long';
    this.#whole += BigInt(value);
  }

  /** The sum as a double, for averages. */
  get double(): number {
    const near = Number(this.#whole);
    const all = new Sum();
    for (const part of [this.#high, near, this.#low, Number(this.#whole - BigInt(near))]) all.#carry(part);
    return Number.isFinite(all.#high) ? all.#high + all.#low : all.#high;
  }

  get value(): Value {
    if (this.#kind === 'double' || BigInt.asIntN(64, this.#whole) !== this.#whole)
      return new Double(this.double);
    return this.#kind === 'int' && BigInt.asIntN(32, this.#whole) === this.#whole
      ? Number(this.#whole)
      : this.#whole;
  }

  #carry(value: number): void {
    const sum = this.#high + value;
    const part = sum - this.#high;
    if (Number.isFinite(sum)) this.#low += this.#high - (sum - part) + (value - part);
    this.#high = sum;
  }
}
