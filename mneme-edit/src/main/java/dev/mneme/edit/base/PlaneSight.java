package dev.mneme.edit.base;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Features as planes of pixels, computed once and mixed in loops, tile beside tile, without
 * gradient. The known ones are plain: coefficients are brought to these instead.
 */
final class PlaneSight implements LensSight {
  private final EditorConfig config;
  private final Tensor whitening;
  private final float[][][] planes; // [B][K][T * T]

  /**
   * @param tiles [B, 3, T, T]
   * @param learned [B, K - 38, T, T], features of the convolutions; 0 without
   */
  PlaneSight(
      EditorConfig config,
      PixelFeatures known,
      Tensor tiles,
      Optional<Tensor> learned,
      Tensor whitening) {
    this.config = config;
    this.whitening = whitening;
    float[] rgb = Tensors.toFloats(tiles);
    Optional<float[]> more = learned.map(Tensors::toFloats);
    this.planes =
        IntStream.range(0, Math.toIntExact(tiles.size(0)))
            .parallel()
            .mapToObj(i -> planes(known.planes(rgb, i), more, i))
            .toArray(float[][][]::new);
  }

  private float[][] planes(float[][] known, Optional<float[]> learned, int tile) {
    int plane = config.tile() * config.tile();
    float[][] all = Arrays.copyOf(known, config.lens());
    int more = config.lens() - known.length;
    if (learned.isEmpty()) {
      Arrays.fill(all, known.length, all.length, new float[plane]);
      return all;
    }
    for (int i = 0; i < more; i++) {
      int at = (tile * more + i) * plane;
      all[known.length + i] = Arrays.copyOfRange(learned.get(), at, at + plane);
    }
    return all;
  }

  @Override
  public Tensor painted(Tensor paint) {
    float[] coefficients = plain(paint, Lens.GAIN);
    int length = coefficients.length / planes.length;
    PlaneMixer mixer = new PlaneMixer(config);
    return rows(i -> mixer.mix(planes[i], coefficients, i * length));
  }

  @Override
  public Tensor mixed(Tensor mix) {
    float[] coefficients = plain(mix, 1);
    int length = mix.size(0) == 1 ? 0 : 3 * config.lens();
    return rows(i -> sums(planes[i], coefficients, i * length));
  }

  private Tensor rows(IntFunction<float[][]> tile) {
    int t = config.tile();
    return Tensors.fromRows(planes.length, tile, planes.length, 3, t, t);
  }

  /** Four planes at a time: a sum is read and written a quarter as often. */
  private static float[][] sums(float[][] planes, float[] coefficients, int from) {
    float[][] sums = new float[3][planes[0].length];
    for (int c = 0; c < 3; c++) {
      int at = from + c * planes.length;
      int k = 0;
      for (; k + 4 <= planes.length; k += 4) {
        float[] factors = Arrays.copyOfRange(coefficients, at + k, at + k + 4);
        add(planes[k], planes[k + 1], planes[k + 2], planes[k + 3], factors, sums[c]);
      }
      for (; k < planes.length; k++) {
        add(planes[k], coefficients[at + k], sums[c]);
      }
    }
    return sums;
  }

  private static void add(float[] plane, float factor, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * plane[i];
    }
  }

  private static void add(
      float[] a, float[] b, float[] c, float[] d, float[] factors, float[] sum) {
    float fa = factors[0];
    float fb = factors[1];
    float fc = factors[2];
    float fd = factors[3];
    for (int i = 0; i < sum.length; i++) {
      sum[i] += fa * a[i] + fb * b[i] + fc * c[i] + fd * d[i];
    }
  }

  /** Coefficients of plain planes in place of whitened ones, as many. */
  private float[] plain(Tensor mix, double gain) {
    try (PointerScope scope = new PointerScope();
        Autocast exact = Autocast.on(Precision.FP32)) {
      Tensor rows = mix.to(torch.ScalarType.Float).reshape(-1, config.lens());
      return Tensors.toFloats(rows.mm(unwhitening().mul_(new Scalar(gain))));
    }
  }

  /** [K, K]: known features through the whitening, learned ones as they are. */
  private Tensor unwhitening() {
    Tensor all = torch.eye(config.lens());
    all.narrow(0, 0, PixelFeatures.COUNT).narrow(1, 0, PixelFeatures.COUNT).copy_(whitening);
    return all;
  }
}
