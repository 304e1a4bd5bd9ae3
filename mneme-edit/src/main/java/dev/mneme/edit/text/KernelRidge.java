package dev.mneme.edit.text;

import dev.mneme.tensor.Scopes;
import dev.mneme.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Kernel ridge regression (Saunders, Gammerman and Vovk, 1998): what a point scores is a sum over
 * the points it was fitted to, each weighing the more the nearer it lies. Points are directions
 * from a common centre, and near is what the Gaussian kernel says of two directions. {@link
 * KernelRidgeFit} finds the weights.
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
  static final double SHARPNESS = 2;

  /** What letters weigh beside it. */
  static final double LETTERS = 0.5;

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

    float[] directions(List<float[]> examples) {
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
