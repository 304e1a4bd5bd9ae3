package dev.mneme.edit.base;

import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import dev.mneme.tensor.Tensors;
import java.util.Arrays;
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
   * @param learned [B, K - 38, T, T], features of the convolutions
   */
  PlaneSight(
      EditorConfig config, PixelFeatures known, Tensor tiles, Tensor learned, Tensor whitening) {
    this.config = config;
    this.whitening = whitening;
    float[] rgb = Tensors.toFloats(tiles);
    float[] more = Tensors.toFloats(learned);
    this.planes =
        IntStream.range(0, Math.toIntExact(tiles.size(0)))
            .parallel()
            .mapToObj(i -> planes(known.planes(rgb, i), more, i))
            .toArray(float[][][]::new);
  }

  private float[][] planes(float[][] known, float[] learned, int tile) {
    int plane = config.tile() * config.tile();
    float[][] all = Arrays.copyOf(known, config.lens());
    int more = config.lens() - known.length;
    for (int i = 0; i < more; i++) {
      int at = (tile * more + i) * plane;
      all[known.length + i] = Arrays.copyOfRange(learned, at, at + plane);
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

  private static float[][] sums(float[][] planes, float[] coefficients, int from) {
    float[][] sums = new float[3][planes[0].length];
    for (int c = 0; c < 3; c++) {
      for (int k = 0; k < planes.length; k++) {
        add(planes[k], coefficients[from + c * planes.length + k], sums[c]);
      }
    }
    return sums;
  }

  private static void add(float[] plane, float factor, float[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * plane[i];
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
