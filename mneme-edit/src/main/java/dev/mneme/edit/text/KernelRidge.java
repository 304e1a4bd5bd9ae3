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
 * @param space where points lie
 * @param points N of R axes
 * @param weights [N × T], one for each point and score
 * @param letters of the points' texts; of no text where letters do not count
 */
record KernelRidge(Space space, PackedPoints points, float[] weights, LetterGrams letters) {
  /** The kernel is exp(-SHARPNESS (1 - cosine)). */
  private static final double SHARPNESS = 2;

  /** What letters weigh beside it. */
  private static final double LETTERS = 0.5;

  private static final double RIDGE = 0.1;

  /** Most axes of a space: what examples differ in beyond these tells next to nothing. */
  private static final int AXES = 512;

  /** Of these the axes on which examples differ most, which points keep to a byte. */
  private static final int FINE = 32;

  /**
   * Directions from a centre, along the axes on which examples differ most (principal components).
   *
   * @param centre [D]
   * @param axes [R × D], orthonormal and representable in half precision; none where all D count
   */
  record Space(float[] centre, float[] axes) {
    /** R, how many numbers a direction has. */
    int width() {
      return axes.length == 0 ? centre.length : axes.length / centre.length;
    }

    /** How many of these, the last ones, say most; all where axes are as they came. */
    int fine() {
      return axes.length == 0 ? width() : FINE;
    }

    static Space of(List<float[]> examples) {
      float[] centre = mean(examples);
      Space whole = new Space(centre, new float[0]);
      int width = centre.length;
      if (width <= AXES) {
        return whole;
      }
      float[] all = whole.directions(examples);
      float[][] axes = new float[1][];
      Scopes.run(
          () -> {
            Tensor x = Tensors.fromFloats(all, examples.size(), width).to(ScalarType.Double);
            Tensor vectors = torch.linalg_eigh(x.t().matmul(x)).get1(); // columns, rising
            Tensor last = vectors.narrow(1, width - (long) AXES, AXES).t();
            axes[0] = Tensors.toFloats(last.to(ScalarType.Half).to(ScalarType.Float));
          });
      return new Space(centre, axes[0]);
    }

    private float[] directions(List<float[]> examples) {
      float[] all = new float[examples.size() * width()];
      for (int i = 0; i < examples.size(); i++) {
        System.arraycopy(direction(examples.get(i)), 0, all, i * width(), width());
      }
      return all;
    }

    private float[] direction(float[] features) {
      float[] from = new float[features.length];
      for (int i = 0; i < from.length; i++) {
        from[i] = features[i] - centre[i];
      }
      if (axes.length == 0) {
        return SentenceFeatures.unit(from);
      }
      float[] along = new float[width()];
      for (int r = 0; r < along.length; r++) {
        along[r] = product(from, axes, r * from.length);
      }
      return SentenceFeatures.unit(along);
    }
  }

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
   * @param letters of N texts, or of none
   * @param targets [N × T] what they are to score
   * @param importance [N] above 0; what weighs less may be missed by more
   */
  static Fit fit(
      List<float[]> examples, LetterGrams letters, float[] targets, double[] importance) {
    int count = examples.size();
    int outputs = targets.length / count;
    Space space = Space.of(examples);
    PackedPoints points = PackedPoints.of(space.directions(examples), space.width(), space.fine());
    float[] slack = new float[count];
    for (int i = 0; i < count; i++) {
      slack[i] = (float) (RIDGE / importance[i]);
    }
    float[][] solved = new float[2][];
    Scopes.run(
        () -> {
          Tensor y = Tensors.fromFloats(targets, count, outputs).to(ScalarType.Double);
          Tensor inverse = inverse(points.values(), letters, slack);
          Tensor weights = inverse.matmul(y); // [N, T]
          Tensor apart = weights.div(inverse.diagonal().unsqueeze(1));
          solved[0] = Tensors.toFloats(weights.to(ScalarType.Float));
          solved[1] = Tensors.toFloats(y.sub(apart).to(ScalarType.Float));
        });
    return new Fit(new KernelRidge(space, points, solved[0], letters), solved[1]);
  }

  /**
   * (K + slack)^-1, [N, N] in double precision. Gigabytes with all phrasings: each step writes over
   * the one before, or gives it back.
   */
  private static Tensor inverse(float[] points, LetterGrams letters, float[] slack) {
    int count = slack.length;
    return Scopes.call(
        () -> {
          Tensor factor =
              Scopes.call(
                  () -> {
                    Tensor x =
                        Tensors.fromFloats(points, count, points.length / count)
                            .to(ScalarType.Double);
                    Tensor kernel = x.matmul(x.t());
                    kernel.sub_(new Scalar(1.0)).mul_(new Scalar(SHARPNESS)).exp_();
                    addLetters(kernel, letters);
                    kernel.diagonal().add_(Tensors.fromFloats(slack, count));
                    return torch.linalg_cholesky(kernel);
                  });
          return torch.cholesky_inverse(factor);
        });
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
   * @param text as {@link LetterGrams.Script#normal} has it
   */
  double[] scores(float[] features, String text) {
    float[] like = letters.like(text); // of no text none
    int width = space.width();
    int count = points.count();
    int outputs = weights.length / count;
    float[] from = space.direction(features);
    double[] scores = new double[outputs];
    for (int i = 0; i < count; i++) {
      double near = Math.exp(SHARPNESS * (product(from, points.values(), i * width) - 1));
      near += i < like.length ? LETTERS * like[i] : 0;
      for (int t = 0; t < outputs; t++) {
        scores[t] += near * weights[i * outputs + t];
      }
    }
    return scores;
  }

  /** Of a vector and one that begins at an index of many; four sums, so that none waits. */
  private static float product(float[] from, float[] points, int at) {
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
}
