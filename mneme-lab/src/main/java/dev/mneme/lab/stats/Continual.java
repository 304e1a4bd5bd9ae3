package dev.mneme.lab.stats;

/**
 * Measures of learning one thing after another, from R[t][i], the score on thing i after learning
 * thing t; more is better. Definitions as in the mammoth framework ({@code utils/metrics.py};
 * Lopez-Paz and Ranzato, arXiv 1706.08840, section 3; Chaudhry et al., arXiv 1801.10112, section
 * 3), with one difference that scores in dB need, see {@link #forgetting}.
 *
 * @param r [T][T] scores
 * @param before [T] scores before anything was learned
 */
public record Continual(double[][] r, double[] before) {
  /** Checks that R is square and that {@code before} fits. */
  public Continual {
    for (double[] row : r) {
      if (row.length != r.length || before.length != r.length) {
        throw new IllegalArgumentException(
            "Expected a square R and as many scores before, found %d rows, one of %d, and %d"
                .formatted(r.length, row.length, before.length));
      }
    }
  }

  /** Mean score over all things at the end: mean of R[T−1][i]. */
  public double average() {
    double sum = 0;
    for (double score : r[r.length - 1]) {
      sum += score;
    }
    return sum / r.length;
  }

  /**
   * Learning accuracy: mean over all things of the score just after each was learned, R[i][i]
   * (Riemer et al., arXiv 1810.11910).
   */
  public double learned() {
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      sum += r[i][i];
    }
    return sum / r.length;
  }

  /** Mean score, just after each was learned, of what came after the first thing; NaN for one. */
  public double laterLearned() {
    double sum = 0;
    for (int i = 1; i < r.length; i++) {
      sum += r[i][i];
    }
    return sum / (r.length - 1);
  }

  /** Mean score at the end of what came after the first thing; NaN for one. */
  public double laterAtTheEnd() {
    double sum = 0;
    for (int i = 1; i < r.length; i++) {
      sum += r[r.length - 1][i];
    }
    return sum / (r.length - 1);
  }

  /** What one thing has lost at the end since it was learned: R[i][i] − R[T−1][i]. */
  public double lost(int thing) {
    return r[thing][thing] - r[r.length - 1][thing];
  }

  /** Backward transfer: mean of R[T−1][i] − R[i][i] over i &lt; T − 1; NaN for one thing. */
  public double backwardTransfer() {
    int last = r.length - 1;
    double sum = 0;
    for (int i = 0; i < last; i++) {
      sum += r[last][i] - r[i][i];
    }
    return sum / last;
  }

  /**
   * Forgetting: mean over i &lt; T − 1 of the best R[t][i], t from i to T − 1, less R[T−1][i]. The
   * last row is among the candidates, so it is never negative. mammoth fills scores of things not
   * yet learned with zero; here they are left out, since a score in dB has no such least value. NaN
   * for one thing.
   */
  public double forgetting() {
    int last = r.length - 1;
    double sum = 0;
    for (int i = 0; i < last; i++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int t = i; t <= last; t++) {
        best = Math.max(best, r[t][i]);
      }
      sum += best - r[last][i];
    }
    return sum / last;
  }

  /**
   * Forward transfer: mean of R[i−1][i] − before[i] over i ≥ 1. mammoth compares with a model of
   * random weights; here it is the frozen base. NaN for one thing.
   */
  public double forwardTransfer() {
    double sum = 0;
    for (int i = 1; i < r.length; i++) {
      sum += r[i - 1][i] - before[i];
    }
    return sum / (r.length - 1);
  }
}
