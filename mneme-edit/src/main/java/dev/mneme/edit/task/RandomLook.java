package dev.mneme.edit.task;

import dev.mneme.edit.picture.Picture;
import java.util.Random;

/**
 * A look that no sentence describes, such as a photographer's own: only example pairs can say what
 * it is. Every look has a smooth transform of colours (a rising curve for each channel, a mixture
 * of channels, a tint, and a gentle bend of the whole colour cube), and half of them parts that a
 * table of colours cannot have: local contrast, a glow, grain, a vignette, in any combination.
 *
 * @param seed another number, another look
 */
public record RandomLook(long seed) {
  private static final int WAVES = 4;

  /** Whether it has parts that look at more than a pixel's own colour. */
  public boolean local() {
    return Local.of(seed).any();
  }

  /** The picture in this look, of the same size, clamped to [0, 1]. */
  public Picture apply(Picture clean) {
    return Local.of(seed).apply(new Colour(seed).apply(clean).clamped()).clamped();
  }

  private static Random random(long seed, long part) {
    return new Random(seed * 0x9E3779B97F4A7C15L + part * 0xBF58476D1CE4E5B9L);
  }

  /** In [-1, 1]. */
  private static double signed(Random random) {
    return 2 * random.nextDouble() - 1;
  }

  /** What happens to a colour, wherever it stands. */
  private static final class Colour {
    private final double[] bend = new double[6];
    private final double[] mix = new double[9];
    private final double[] tint = new double[3];
    private final double[][] waves = new double[WAVES][7]; // direction, phase, displacement

    Colour(long seed) {
      Random random = random(seed, 1);
      for (int c = 0; c < 3; c++) {
        bend[c] = 0.14 * signed(random);
        bend[3 + c] = 0.05 * signed(random);
        tint[c] = 0.08 * signed(random);
        for (int k = 0; k < 3; k++) {
          mix[3 * c + k] = (c == k ? 1 : 0) + 0.15 * signed(random);
        }
      }
      double light = 0.14 * signed(random); // most looks are lighter or darker as a whole
      for (int c = 0; c < 3; c++) {
        bend[c] += light;
      }
      for (double[] wave : waves) {
        for (int i = 0; i < 3; i++) {
          wave[i] = 3 * signed(random);
          wave[4 + i] = 0.03 * signed(random);
        }
        wave[3] = Math.PI * signed(random);
      }
    }

    Picture apply(Picture picture) {
      return Pixels.tint(picture, this::change);
    }

    private void change(float[] rgb) {
      double[] bent = new double[3];
      for (int c = 0; c < 3; c++) {
        double x = rgb[c];
        bent[c] = x + bend[c] * Math.sin(Math.PI * x) + bend[3 + c] * Math.sin(2 * Math.PI * x);
      }
      double[] moved = new double[3];
      for (double[] wave : waves) {
        double at = Math.sin(wave[0] * rgb[0] + wave[1] * rgb[1] + wave[2] * rgb[2] + wave[3]);
        for (int c = 0; c < 3; c++) {
          moved[c] += wave[4 + c] * at;
        }
      }
      for (int c = 0; c < 3; c++) {
        double sum = mix[3 * c] + mix[3 * c + 1] + mix[3 * c + 2]; // grey stays near grey
        double mixed =
            (mix[3 * c] * bent[0] + mix[3 * c + 1] * bent[1] + mix[3 * c + 2] * bent[2]) / sum;
        rgb[c] = (float) (mixed + tint[c] + moved[c]);
      }
    }
  }

  /**
   * What depends on where a pixel stands; 0 where a look has no such part.
   *
   * @param clarity strength of {@link LocalLight#clarity}
   * @param glow strength of {@link Textures#softGlow}
   * @param grain strength of {@link Textures#addGrain}
   * @param vignette light that the corners lose
   */
  private record Local(double clarity, double glow, double grain, double vignette) {
    static Local of(long seed) {
      Random random = random(seed, 2);
      boolean some = random.nextBoolean();
      double[] parts = new double[4];
      int first = random.nextInt(4); // at least this one
      for (int i = 0; i < parts.length; i++) {
        double amount = 0.4 + 0.6 * random.nextDouble();
        boolean in = random.nextInt(3) == 0 || i == first;
        parts[i] = some && in ? amount : 0;
      }
      return new Local(parts[0], parts[1], parts[2], 0.6 * parts[3]);
    }

    boolean any() {
      return clarity + glow + grain + vignette > 0;
    }

    Picture apply(Picture picture) {
      Picture out = picture;
      out = clarity > 0 ? LocalLight.clarity(out, clarity).clamped() : out;
      out = glow > 0 ? Textures.softGlow(out, glow).clamped() : out;
      out = vignette > 0 ? vignette(out) : out;
      return grain > 0 ? Textures.addGrain(out, grain) : out;
    }

    private Picture vignette(Picture picture) {
      int width = picture.width();
      int height = picture.height();
      float[] out = picture.rgb().clone();
      for (int i = 0; i < out.length; i++) {
        int at = i % picture.plane();
        double u = (at % width + 0.5) / width - 0.5;
        double v = (at / width + 0.5) / height - 0.5;
        out[i] *= (float) (1 - vignette * 2 * (u * u + v * v));
      }
      return new Picture(width, height, out);
    }
  }
}
