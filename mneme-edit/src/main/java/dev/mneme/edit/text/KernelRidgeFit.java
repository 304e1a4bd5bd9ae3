package dev.mneme.edit.text;

import dev.mneme.edit.text.KernelRidge.Space;
import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Learns a {@link KernelRidge}. Solved exactly, so the same data give the same answer, and with the
 * answer comes what each example would have scored had it been left out.
 *
 * @param machine what was learned
 * @param leftOut [N × T] scores of each example by a regression on all others
 */
record KernelRidgeFit(KernelRidge machine, float[] leftOut) {
  private static final double RIDGE = 0.1;

  /** Keeps the equations solvable where two points are the same. */
  private static final double JITTER = 1e-6;

  /** Examples whose own share is found at once. */
  private static final long ROWS = 4096;

  /**
   * What to learn from.
   *
   * @param features N of width D
   * @param script of the texts
   * @param texts N, as {@link LetterGrams.Script#normal} has them
   * @param targets [N × T] what they are to score
   * @param importance [N] above 0; what weighs less may be missed by more
   */
  record Examples(
      List<float[]> features,
      LetterGrams.Script script,
      List<String> texts,
      float[] targets,
      double[] importance) {
    int count() {
      return features.size();
    }

    int outputs() {
      return targets.length / count();
    }

    /** By how much each may be missed. */
    private float[] slack() {
      float[] slack = new float[count()];
      for (int i = 0; i < slack.length; i++) {
        slack[i] = (float) (RIDGE / importance[i]);
      }
      return slack;
    }
  }

  /**
   * Learns from examples. Of more than {@code most} all are learned from, and so many are kept as
   * points: half of them evenly among all, the other half those that these alone miss by most.
   */
  static KernelRidgeFit of(Examples examples, int most) {
    Space space = Space.of(examples.features());
    float[] directions = space.directions(examples.features());
    if (examples.count() <= most) {
      return fit(space, directions, examples, IntStream.range(0, examples.count()).toArray());
    }
    int[] even = even(examples.count(), most / 2);
    float[] leftOut = fit(space, directions, examples, even).leftOut();
    return fit(space, directions, examples, withHardest(even, leftOut, examples, most));
  }

  private static int[] even(int count, int some) {
    return IntStream.range(0, some).map(i -> (int) ((long) i * count / some)).toArray();
  }

  private static int[] withHardest(int[] even, float[] leftOut, Examples examples, int most) {
    boolean[] kept = new boolean[examples.count()];
    Arrays.stream(even).forEach(i -> kept[i] = true);
    double[] missed = new double[examples.count()];
    for (int i = 0; i < leftOut.length; i++) {
      missed[i / examples.outputs()] += Math.abs(examples.targets()[i] - leftOut[i]);
    }
    IntStream.range(0, missed.length)
        .filter(i -> !kept[i])
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -missed[i]))
        .limit((long) most - even.length)
        .toList()
        .forEach(i -> kept[i] = true);
    return IntStream.range(0, kept.length).filter(i -> kept[i]).toArray();
  }

  /**
   * The least squares of all examples by a sum over those that are kept (subset of regressors;
   * Rasmussen and Williams, 2006, section 8.3.1): (K' K / slack + P) w = K' y / slack, where K is
   * [N, M] and P the kernel of the points among themselves.
   */
  private static KernelRidgeFit fit(
      Space space, float[] directions, Examples examples, int[] kept) {
    PackedPoints points =
        PackedPoints.of(rows(directions, space.width(), kept), space.width(), space.fine());
    LetterGrams letters =
        new LetterGrams(
            examples.script(), Arrays.stream(kept).mapToObj(examples.texts()::get).toList());
    int count = examples.count();
    float[][] solved = new float[2][];
    Scopes.run(
        () -> {
          Tensor places = Tensors.fromFloats(points.values(), kept.length, space.width());
          Tensor all = Tensors.fromFloats(directions, count, space.width());
          Tensor share = // [N, 1], one over the root of the slack
              Tensors.fromFloats(examples.slack(), count).to(ScalarType.Double).rsqrt();
          Tensor k = // [N, M]
              kernel(all, places, letters, examples.texts()).mul_(share.unsqueeze(1));
          Tensor y = // [N, T]
              Tensors.fromFloats(examples.targets(), count, examples.outputs())
                  .to(ScalarType.Double);
          Tensor factor = factor(k, kernel(places, places, letters, letters.texts()));
          Tensor weights = // [M, T]
              torch.cholesky_solve(k.t().matmul(y.mul(share.unsqueeze(1))), factor);
          Tensor own = own(k, factor).unsqueeze(1); // [N, 1]
          Tensor said = k.matmul(weights).div(share.unsqueeze(1)); // [N, T]
          Tensor leftOut = said.sub(own.mul(y)).div(own.neg().add(new Scalar(1.0)));
          solved[0] = Tensors.toFloats(weights.to(ScalarType.Float));
          solved[1] = Tensors.toFloats(leftOut.to(ScalarType.Float));
        });
    return new KernelRidgeFit(new KernelRidge(space, points, solved[0], letters), solved[1]);
  }

  private static float[] rows(float[] all, int width, int[] kept) {
    float[] rows = new float[kept.length * width];
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(all, kept[i] * width, rows, i * width, width);
    }
    return rows;
  }

  /** How near each of N is to each of M, [N, M] in double precision. */
  private static Tensor kernel(Tensor all, Tensor points, LetterGrams letters, List<String> texts) {
    return Scopes.call(
        () -> {
          Tensor near = all.to(ScalarType.Double).matmul(points.to(ScalarType.Double).t());
          near.sub_(new Scalar(1.0)).mul_(new Scalar(KernelRidge.SHARPNESS)).exp_();
          addLetters(near, letters, texts);
          return near;
        });
  }

  private static void addLetters(Tensor kernel, LetterGrams letters, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      int row = i;
      Scopes.run(
          () -> {
            float[] like = letters.like(texts.get(row));
            Tensor more = Tensors.fromFloats(like, like.length).to(ScalarType.Double);
            kernel.select(0, row).add_(more.mul(new Scalar(KernelRidge.LETTERS)));
          });
    }
  }

  /** Of K' K + P, [M, M] lower triangular; gigabytes, so each step writes over the one before. */
  private static Tensor factor(Tensor k, Tensor among) {
    return Scopes.call(
        () -> {
          Tensor all = k.t().matmul(k).add_(among);
          all.diagonal().add_(new Scalar(JITTER)); // two points may be one
          return torch.linalg_cholesky(all);
        });
  }

  /** How much of what is said of each example is its own target, [N] in [0, 1). */
  private static Tensor own(Tensor k, Tensor factor) {
    TensorVector parts = new TensorVector();
    for (long from = 0; from < k.size(0); from += ROWS) {
      Tensor some = k.narrow(0, from, Math.min(ROWS, k.size(0) - from));
      parts.push_back(
          Scopes.call(
              () -> torch.linalg_solve_triangular(factor, some.t(), false).square().sum(0)));
    }
    return torch.cat(parts, 0);
  }
}
