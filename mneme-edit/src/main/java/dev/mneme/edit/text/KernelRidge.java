package dev.mneme.edit.text;

import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Kernel ridge regression (Saunders, Gammerman and Vovk, 1998): what a point scores is a sum over
 * the points it was fitted to, each weighing the more the nearer it lies. Points are directions
 * from a common centre, and near is what the Gaussian kernel says of two directions. Solved
 * exactly, so the same data give the same answer, and with the answer comes what each example would
 * have scored had it been left out.
 *
 * <p>Where points have texts, letters count too: {@link LetterGrams} are another kernel, added.
 *
 * @param centre [D]
 * @param points [N × D] unit vectors
 * @param weights [N × T], one for each point and score
 * @param letters of the points' texts; of no text where letters do not count
 */
record KernelRidge(float[] centre, float[] points, float[] weights, LetterGrams letters) {
  /** The kernel is exp(-SHARPNESS (1 - cosine)). */
  private static final double SHARPNESS = 2;

  /** What letters weigh beside it. */
  private static final double LETTERS = 0.5;

  private static final double RIDGE = 0.1;

  /**
   * What was learned, and what each example scores without it.
   *
   * @param leftOut [N × T] scores of each example by a regression on all others
   */
  record Fit(KernelRidge machine, float[] leftOut) {}

  /**
   * Learns from examples.
   *
   * @param examples N of width D
   * @param texts N of them, as {@link LetterGrams#normal} has them, or none
   * @param targets [N × T] what they are to score
   * @param importance [N] above 0; what weighs less may be missed by more
   */
  static Fit fit(List<float[]> examples, List<String> texts, float[] targets, double[] importance) {
    LetterGrams letters = new LetterGrams(texts);
    int count = examples.size();
    int width = examples.get(0).length;
    int outputs = targets.length / count;
    float[] centre = mean(examples);
    float[] points = new float[count * width];
    float[] slack = new float[count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(direction(examples.get(i), centre), 0, points, i * width, width);
      slack[i] = (float) (RIDGE / importance[i]);
    }
    float[][] solved = new float[2][];
    Scopes.run(
        () -> {
          Tensor x = Tensors.fromFloats(points, count, width).to(ScalarType.Double);
          Tensor y = Tensors.fromFloats(targets, count, outputs).to(ScalarType.Double);
          Tensor kernel =
              x.matmul(x.t()).sub(new Scalar(1.0)).mul(new Scalar(SHARPNESS)).exp(); // [N, N]
          addLetters(kernel, letters);
          Tensor ridge = Tensors.fromFloats(slack, count).to(ScalarType.Double).diag();
          Tensor inverse = torch.cholesky_inverse(torch.linalg_cholesky(kernel.add(ridge)));
          Tensor weights = inverse.matmul(y); // [N, T]
          Tensor apart = weights.div(inverse.diagonal().unsqueeze(1));
          solved[0] = Tensors.toFloats(weights.to(ScalarType.Float));
          solved[1] = Tensors.toFloats(y.sub(apart).to(ScalarType.Float));
        });
    return new Fit(new KernelRidge(centre, points, solved[0], letters), solved[1]);
  }

  private static void addLetters(Tensor kernel, LetterGrams letters) {
    for (int i = 0; i < letters.texts().size(); i++) {
      int row = i;
      Scopes.run(
          () -> {
            float[] like = letters.like(letters.texts().get(row));
            Tensor more = Tensors.fromFloats(like, like.length).to(ScalarType.Double);
            kernel.select(0, row).add_(more.mul(new Scalar(LETTERS)));
          });
    }
  }

  /**
   * Scores of a point: as many as there are columns of weights.
   *
   * @param text as {@link LetterGrams#normal} has it
   */
  double[] scores(float[] features, String text) {
    float[] like = letters.like(text); // of no text none
    int width = centre.length;
    int count = points.length / width;
    int outputs = weights.length / count;
    float[] from = direction(features, centre);
    double[] scores = new double[outputs];
    for (int i = 0; i < count; i++) {
      double near = Math.exp(SHARPNESS * (product(from, i * width) - 1));
      near += i < like.length ? LETTERS * like[i] : 0;
      for (int t = 0; t < outputs; t++) {
        scores[t] += near * weights[i * outputs + t];
      }
    }
    return scores;
  }

  /** Of a direction and the point that begins at {@code at}; four sums, so that none waits. */
  private float product(float[] from, int at) {
    int whole = from.length / 4 * 4;
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int k = 0; k < whole; k += 4) {
      a += from[k] * points[at + k];
      b += from[k + 1] * points[at + k + 1];
      c += from[k + 2] * points[at + k + 2];
      d += from[k + 3] * points[at + k + 3];
    }
    for (int k = whole; k < from.length; k++) {
      a += from[k] * points[at + k];
    }
    return a + b + (c + d);
  }

  private static float[] mean(List<float[]> examples) {
    double[] sum = new double[examples.get(0).length];
    for (float[] example : examples) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += example[k];
      }
    }
    float[] mean = new float[sum.length];
    for (int k = 0; k < sum.length; k++) {
      mean[k] = (float) (sum[k] / examples.size());
    }
    return mean;
  }

  private static float[] direction(float[] features, float[] centre) {
    float[] from = new float[features.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = features[i] - centre[i];
    }
    return SentenceFeatures.unit(from);
  }
}
