package dev.mneme.edit.region;

import dev.mneme.edit.picture.RasterImage;

/**
 * Enlarges amounts so that their edges follow those of the photograph: the fast guided filter (He
 * and Sun, arXiv 1505.00996). About each pixel of the reduced photograph the amounts are fitted by
 * a line over luminance; the lines' coefficients are enlarged, and read at the photograph's own
 * luminance.
 */
final class GuidedMask {
  /** Pixels of the reduced photograph that a fit looks at on either side. */
  private static final int RADIUS = 4;

  /** Luminance variance below which an area has no edge worth following. */
  private static final float FLAT = 2e-3f;

  private final int width;
  private final int height;
  private final float[] slope;
  private final float[] level;

  GuidedMask(Reduced photo, float[] amounts) {
    this.width = photo.width();
    this.height = photo.height();
    float[] light = photo.luma();
    float[] both = new float[light.length];
    float[] square = new float[light.length];
    for (int i = 0; i < light.length; i++) {
      both[i] = light[i] * amounts[i];
      square[i] = light[i] * light[i];
    }
    float[] meanLight = mean(light);
    float[] meanAmount = mean(amounts);
    float[] meanBoth = mean(both);
    float[] meanSquare = mean(square);
    float[] a = new float[light.length];
    float[] b = new float[light.length];
    for (int i = 0; i < a.length; i++) {
      float variance = Math.max(0, meanSquare[i] - meanLight[i] * meanLight[i]);
      a[i] = (meanBoth[i] - meanLight[i] * meanAmount[i]) / (variance + FLAT);
      b[i] = meanAmount[i] - a[i] * meanLight[i];
    }
    this.slope = mean(a);
    this.level = mean(b);
  }

  private float[] mean(float[] plane) {
    return Planes.mean(plane, width, height, RADIUS);
  }

  /** The amount at a pixel of the photograph itself, in [0, 1], exactly 0 and 1 far from edges. */
  float at(RasterImage photo, int x, int y) {
    int rgb = photo.rgbAt(x, y);
    float luma =
        (0.299f * (rgb >> 16 & 255) + 0.587f * (rgb >> 8 & 255) + 0.114f * (rgb & 255)) / 255;
    float u = Math.max(0, Math.min(width - 1, (x + 0.5f) * width / photo.width() - 0.5f));
    float v = Math.max(0, Math.min(height - 1, (y + 0.5f) * height / photo.height() - 0.5f));
    float amount = between(slope, u, v) * luma + between(level, u, v);
    return (float) Shape.smooth(amount, 0.1, 0.9);
  }

  private float between(float[] plane, float u, float v) {
    int left = (int) u;
    int top = (int) v;
    int right = Math.min(width - 1, left + 1);
    int bottom = Math.min(height - 1, top + 1);
    float upper = mix(plane[top * width + left], plane[top * width + right], u - left);
    float lower = mix(plane[bottom * width + left], plane[bottom * width + right], u - left);
    return mix(upper, lower, v - top);
  }

  private static float mix(float from, float to, float share) {
    return from + share * (to - from);
  }
}
