import { badOf, type Counts } from "./counts";
import type { Guard } from "./slo";

/** ln Γ(x) for x > 0, to about 1e-13 (Lanczos, g = 7, nine terms). */
function logGamma(x: number): number {
  const terms = [
    ...[0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059],
    ...[12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7],
  ];
  const z = x - 1;
  const sum = terms.reduce((total, term, place) => (place === 0 ? term : total + term / (z + place)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The continued fraction of the incomplete beta function, by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const kept = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m += 1) {
    for (const step of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / kept(1 + step * d);
      c = kept(1 + step / c);
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-13) break;
  }
  return fraction;
}

/** The regularised incomplete beta function I_x(a, b), 0 to 1. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on this side of the mean only; the other is its mirror.
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** How likely so many bad events or more are, of so many, where each is bad with this chance. */
export const chanceOfBad = ({ bad, total, ratio }: { bad: number; total: number; ratio: number }): number =>
  bad <= 0 ? 1 : incompleteBeta(ratio, bad, total - bad + 1);

/** The error ratio that, at this confidence, the true one lies above: one-sided, to 1e-9. */
export function lowerBound(counts: Counts, confidencePpm: number): number {
  const [bad, { total }, alpha] = [badOf(counts), counts, 1 - confidencePpm / 1_000_000];
  if (bad <= 0 || total === 0) return 0;
  let [low, high] = [0, 1];
  while (high - low > 1e-9) {
    const ratio = (low + high) / 2;
    if (chanceOfBad({ bad, total, ratio }) < alpha) low = ratio;
    else high = ratio;
  }
  return low;
}

/**
 * Whether so few events came that they prove nothing: fewer bad ones than the guard asks for, or so many as a ratio that is
 * still allowed would bring by chance. The lower bound of Clopper and Pearson lies above `allowed` exactly where the chance
 * of what was seen, at `allowed`, is below one minus the confidence.
 */
export function isChance(counts: Counts, allowed: number, { confidencePpm, minBad }: Guard): boolean {
  const bad = badOf(counts);
  if (bad < minBad) return true;
  return chanceOfBad({ bad, total: counts.total, ratio: allowed }) >= 1 - confidencePpm / 1_000_000;
}
