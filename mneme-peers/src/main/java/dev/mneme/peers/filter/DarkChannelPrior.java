package dev.mneme.peers.filter;

import dev.mneme.edit.picture.Picture;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Takes haze away: somewhere near every pixel a clear picture is nearly black in one channel, so
 * what light is there is the air's (He, Sun and Tang, "Single image haze removal using dark channel
 * prior", CVPR 2009). The air is the brightest pixel among the 0.1 % of the highest dark channel;
 * the transmission is refined by a guided filter (by the same authors, 2013) of four patches'
 * radius, and taken for at least 0.1.
 *
 * @param patch side of the square in which something is black, in pixels, odd
 * @param share how much of the haze is taken away, in (0, 1]
 */
public record DarkChannelPrior(int patch, double share) {
  private static final double BRIGHTEST = 0.001;
  private static final double LEAST_TRANSMISSION = 0.1;
  private static final double FLAT = 1e-3;

  public DarkChannelPrior {
    if (patch < 1 || patch % 2 == 0 || !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Expected an odd patch and a share in (0, 1], found %s and %s".formatted(patch, share));
    }
  }

  /** A clearer copy. */
  public Picture apply(Picture in) {
    int plane = in.plane();
    float[] air = air(in, darkChannel(in, new float[] {1, 1, 1}));
    float[] transmission = darkChannel(in, air);
    for (int i = 0; i < plane; i++) {
      transmission[i] = (float) (1 - share * transmission[i]);
    }
    float[] refined =
        new GuidedFilter(4 * patch, FLAT).apply(grey(in), transmission, in.width(), in.height());
    float[] out = new float[3 * plane];
    for (int i = 0; i < out.length; i++) {
      float behind = air[i / plane];
      double t = Math.max(LEAST_TRANSMISSION, refined[i % plane]);
      out[i] = (float) ((in.rgb()[i] - behind) / t + behind);
    }
    return new Picture(in.width(), in.height(), out).clamped();
  }

  /** The least of all channels, each as a share of the air's, in the patch around every pixel. */
  private float[] darkChannel(Picture in, float[] air) {
    int plane = in.plane();
    float[] least = new float[plane];
    for (int i = 0; i < plane; i++) {
      least[i] = Float.MAX_VALUE;
      for (int c = 0; c < 3; c++) {
        least[i] = Math.min(least[i], in.rgb()[c * plane + i] / air[c]);
      }
    }
    try (PointerScope scope = Mats.scope()) {
      Mat square =
          opencv_imgproc.getStructuringElement(opencv_imgproc.MORPH_RECT, new Size(patch, patch));
      Mat out = new Mat();
      opencv_imgproc.erode(Mats.plane(least, in.width(), in.height()), out, square);
      return Mats.floats(out);
    }
  }

  /** Red, green and blue of the air, none of them nothing. */
  private static float[] air(Picture in, float[] dark) {
    int plane = in.plane();
    int brightest =
        IntStream.range(0, plane)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -dark[i]))
            .limit((long) Math.max(1, BRIGHTEST * plane))
            .max(Comparator.comparingDouble(i -> sum(in, i)))
            .orElseThrow();
    float[] air = new float[3];
    for (int c = 0; c < 3; c++) {
      air[c] = Math.max(1 / 255f, in.rgb()[c * plane + brightest]);
    }
    return air;
  }

  private static float sum(Picture in, int i) {
    int plane = in.plane();
    return in.rgb()[i] + in.rgb()[i + plane] + in.rgb()[i + 2 * plane];
  }

  private static float[] grey(Picture in) {
    float[] grey = new float[in.plane()];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = sum(in, i) / 3;
    }
    return grey;
  }
}
